"""[I5] Five hundred bad files and more: none makes an error, none comes in as what it is not, each refusal says why."""

import random
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO

import pypdfium2
import pytest
from django.utils import translation
from PIL import Image

from celabiedrs.lib.files import uploads
from celabiedrs.lib.files.refusal import UploadRefused
from celabiedrs.lib.files.uploads import looked_at
from celabiedrs.lib.tables.columns import Column
from celabiedrs.lib.tables.reading import TableRefused, read_table
from celabiedrs.lib.tables.writing import csv_bytes, xlsx_bytes
from tests.lib import untidy

AT_LEAST = 500
SHAPE = (Column("vārds"), Column("stundas"))
WHOLE = {
    "pdf": untidy.PDF,
    "jpeg": untidy.picture("JPEG", size=(300, 200)),
    "progressive": untidy.picture("JPEG", size=(300, 200), progressive=True),
    "png": untidy.picture("PNG", size=(300, 200)),
    "tiff": untidy.pages_of_a_scanner(2),
    "asice": untidy.container(),
    "locked": untidy.locked("", "owner"),
    "xlsx": xlsx_bytes(("vārds", "stundas"), [("Anna", 36)]),
    "csv": csv_bytes(("vārds", "stundas"), [("Anna", 36)]),
}


def bad_files() -> Iterator[tuple[str, bytes]]:
    chance = random.Random(5)
    for name, content in WHOLE.items():
        for part in range(1, 20):
            yield f"{name} cut at {part}/20", content[: len(content) * part // 20]
        for number in range(20):
            spoiled = bytearray(content)
            for _ in range(chance.randint(1, 40)):
                spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
            yield f"{name} spoiled {number}", bytes(spoiled)
        for number in range(9):
            at, size = chance.randrange(len(content)), chance.randint(1, 200)
            yield f"{name} with a hole {number}", content[:at] + content[at + size :]
        for other, more in WHOLE.items():
            yield f"{name} before {other}", content + more
        yield f"the beginning of {name} alone", content[:8] + chance.randbytes(400)
    yield from bombs()


def bombs() -> Iterator[tuple[str, bytes]]:
    swelling = zlib.compress(bytes(120 * 1024 * 1024))
    page = "/Contents 4 0 R"
    yield (
        "a page that swells",
        untidy.pdf(page=page, more=(untidy.stream(swelling, b"/Filter /FlateDecode"),)),
    )
    yield "a page without an end", untidy.PDF.replace(b"endstream", b"stream\n" * 20_000)
    yield "nested lists", untidy.pdf("/A " + "[" * 50_000)
    yield "nested dictionaries", untidy.pdf("/A " + "<< /A " * 20_000)
    yield "pages in a circle", untidy.PDF.replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
    yield (
        "zip bomb",
        untidy.zipped(
            {"mimetype": untidy.ASICE, "a": bytes(250 * 1024 * 1024), "META-INF/signatures0.xml": ""}
        ),
    )
    yield "zip in a zip", untidy.zipped({"a.zip": untidy.zipped({"b.zip": untidy.container()})})
    yield (
        "a thousand entries",
        untidy.zipped({f"{number}": b"" for number in range(1_000)} | {"mimetype": untidy.ASICE}),
    )
    yield (
        "a picture of 3 gigapixels",
        untidy.picture("PNG", "1", size=(10, 10)).replace(
            b"\x00\x00\x00\x0a\x00\x00\x00\x0a", b"\x00\x00\xd6\xd8\x00\x00\xd6\xd8"
        ),
    )


def seen_as(content: bytes, kind: str) -> bool:
    """Whether another reader takes the stored bytes for what we say that they are."""
    if kind == uploads.PDF:
        return len(pypdfium2.PdfDocument(content)) > 0
    if kind == uploads.ASICE:
        return "mimetype" in zipfile.ZipFile(BytesIO(content)).namelist()
    with Image.open(BytesIO(content)) as picture:
        picture.load()
        return picture.get_format_mimetype() == kind


@pytest.mark.long
def test_five_hundred_bad_files_make_no_error_and_none_is_taken_for_what_it_is_not(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told: Counter[str] = Counter()
    wrong: list[str] = []
    silent: list[str] = []
    for name, content in bad_files():
        try:
            stored, kind = looked_at(content)
        except UploadRefused as refusal:
            with translation.override("en"):
                told[str(refusal.text)] += 1
            silent += [name] * (not str(refusal.text) or not str(refusal.remedy))
        else:
            told[f"taken {kind}"] += 1
            if not seen_as(stored, kind):
                wrong.append(name)
        try:
            read_table(content, columns=SHAPE)
        except TableRefused as refused:
            silent += [name] * (not str(refused.text) or not str(refused.remedy))
    print(f"I5: {told.total()} files, {len(wrong)} of a wrong kind, 0 errors; {dict(told)}")
    assert told.total() >= AT_LEAST
    assert wrong == []
    assert silent == []
    assert "reading: celabiedrs" not in caplog.text, "a reader met an error that it did not expect"
