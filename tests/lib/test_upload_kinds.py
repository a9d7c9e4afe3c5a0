"""What phones, scanners, office programs and attackers send, and what becomes of each."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.utils import translation
from PIL import Image, ImageStat

from celabiedrs.lib.files import uploads
from celabiedrs.lib.files.refusal import UploadRefused
from celabiedrs.lib.files.uploads import looked_at
from tests.lib import untidy
from tests.lib.untidy import PDF, container, moved, pdf, picture, stream, zipped

TAKEN_AS_THEY_ARE = {
    "text behind the end": PDF + b"<!-- archived -->\n",
    "a boundary of mail behind the end": PDF + b"\n--=_Part_0--\n",
    "two ends": PDF + b"%%EOF\n",
    "3,000 zeros behind the end": PDF + bytes(3_000),
    "80,000 zeros behind the end": PDF + bytes(80_000),
    "a pointer one byte off": moved(PDF, 1),
    "a pointer nine bytes off": moved(PDF, 9),
    "a byte mark before the beginning": b"\xef\xbb\xbf" + PDF,
    "a line before the beginning": b"\r\n" + PDF,
    "200 bytes before the beginning": b"\xaa" * 200 + PDF,
    "no end": PDF.removesuffix(b"%%EOF\n"),
    "a remark before the end": PDF.replace(b"%%EOF", b"% scanner v2\n%%EOF"),
    "an owner's password alone": untidy.locked("", "owner"),
    "a title that speaks of a script": pdf(trailer="/Info 4 0 R", more=(b"<< /Title (/JavaScript /JS /Launch) >>",)),
    "a form without scripts": pdf("/AcroForm << /Fields [4 0 R] >>", more=(b"<< /FT /Tx /T (vards) /V (Anna) >>",)),
    "a link to click on": pdf(page="/Annots [4 0 R]", more=(
        b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://example.lv) >> >>",)),
    "a page to begin with": pdf("/OpenAction [3 0 R /Fit]"),
    "a signed container": container(),
    "a container whose comment says its kind": container(comment=b"mimetype=" + untidy.ASICE.encode()),
    "a container whose comment names its tool": container(comment=b"LIB DigiDoc4j/5.3.0 format: ASiC-E"),
    "a container with a signature of its own name": container(signature="META-INF/edoc-signatures-S1.xml"),
    "a container with a byte mark": container(kind="\ufeff" + untidy.ASICE),
    "a container with an entry for a folder": zipped({
        "mimetype": untidy.ASICE, "META-INF/": b"", "ligums.pdf": PDF, "META-INF/signatures0.xml": "<x/>"}),
}  # fmt: skip
JS = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
REFUSED = {
    "a script on opening": (pdf("/OpenAction 4 0 R", more=(JS,)), "script"),
    "a script between remarks": (pdf("/OpenAction 4 0 R", more=(b"%stream\n" + JS + b"\n%endstream",)), "script"),
    "a script in other letters": (pdf("/OpenAction 4 0 R", more=(b"<< /S /Java#53cript /J#53 (x) >>",)), "script"),
    "a script on closing": (pdf("/AA << /WC 4 0 R >>", more=(JS,)), "script"),
    "a script by name": (pdf("/Names << /JavaScript << /Names [(a) 4 0 R] >> >>", more=(JS,)), "script"),
    "a script in a field": (pdf("/AcroForm << /Fields [4 0 R] >>", more=(
        b"<< /FT /Tx /T (d) /AA << /K << /S /JavaScript /JS (AFDate_Format\\(1\\)) >> >> >>",)), "script"),
    "a script that no table lists": (PDF.replace(b"xref\n0 6", b"9 0 obj\n" + JS + b"\nendobj\nxref\n0 6"), "script"),
    "a program inside": (pdf("/Names << /EmbeddedFiles << /Names [(a.exe) 4 0 R] >> >>", more=(
        b"<< /Type /Filespec /F (a.exe) /EF << /F 5 0 R >> >>", stream(b"MZ", b"/Type /EmbeddedFile"))), "inside"),
    "a program that is started": (pdf("/OpenAction << /S /Launch /F (a.exe) >>"), "by itself"),
    "a file of another machine": (pdf(r"/OpenAction << /S /GoToR /F (\\\\evil\\share) /D [0 /Fit] >>"), "by itself"),
    "an address on opening": (pdf("/OpenAction << /S /URI /URI (https://evil.example) >>"), "by itself"),
    "an address on turning the page": (pdf(page="/AA << /O << /S /URI /URI (https://evil.example) >> >>"), "itself"),
    "an address after a page": (
        pdf("/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next << /S /URI /URI (x:) >> >>"), "by itself"),
    "a film": (pdf("/OpenAction << /S /Rendition /OP 0 >>"), "by itself"),
    "a form of forms": (pdf("/AcroForm << /XFA 4 0 R >>", more=(stream(b"<xdp/>"),)), "XFA"),
    "an endless page": (pdf(page="/MediaBox [0 0 9999999 9999999]"), "larger than any paper"),
    "a user's password": (untidy.locked("secret", "owner"), "password"),
    "a PDF that is a zip as well": (PDF + zipped({"a": b"b"}), "two things"),
    "half a PDF": (PDF[: len(PDF) // 2], "damaged"),
    "a web page that calls itself PDF": (b"<html>%PDF-1.7</html>" + PDF, "web page"),
    "a Word document": (
        zipped({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}), "Word document. Save it as PDF"),
    "an old Word document": (untidy.OLD_WORD, "Word document. Save it as PDF"),
    "a document of OpenOffice": (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "Word document"),
    "a table": (zipped({"xl/workbook.xml": "<a/>"}), "table"),
    "an old eDoc": (zipped({"a.doc": b"a", "package/services/digital-signature/origin.psdsor": b""}), "old kind"),
    "a time stamp alone": (container(kind=untidy.ASICS, signature="META-INF/timestamp.tst"), "time stamp"),
    "an unsigned container": (container(signature="META-INF/manifest.xml"), "no signature"),
    "bytes before the first entry": (b"PK\x03\x04" + b"x" * 60 + container(), "different documents"),
    "one name for two documents": (untidy.twice_named(), "different documents"),
    "a heading that says otherwise": (untidy.other_heading(container()), "signed document|different documents"),
    "a directory inside the comment": (container(comment=zipped({"a": b"b"})), "different documents|zip file"),
    "a photograph of an iPhone": (untidy.HEIC, "HEIC.*Most Compatible"),
    "a WebP picture": (untidy.WEBP, "WebP"),
    "a photograph that was cut off": (picture("JPEG", size=(600, 400))[:-700], "cut off"),
    "an endless picture": (picture("PNG", "1", size=(9000, 9000)), "too many pixels: 81 million"),
}  # fmt: skip


@pytest.mark.parametrize("content", TAKEN_AS_THEY_ARE.values(), ids=TAKEN_AS_THEY_ARE.keys())
def test_what_readers_open_is_taken_with_every_byte(content: bytes) -> None:
    kept, kind = looked_at(content)
    assert kept == content
    assert kind == (uploads.ASICE if content.startswith(b"PK") else uploads.PDF)


@pytest.mark.parametrize(("content", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_what_may_not_come_in_is_refused_in_words_of_its_own(content: bytes, says: str) -> None:
    with translation.override("en"), pytest.raises(UploadRefused, match=says):
        looked_at(content)


@pytest.mark.parametrize("mode", ["1", "L", "I;16", "LA", "P+", "RGB", "RGBA"])
def test_a_png_stays_as_bright_as_it_was(mode: str) -> None:
    fresh, kind = looked_at(picture("PNG", mode))
    assert kind == uploads.PNG
    assert brightness(fresh) == pytest.approx(brightness(picture("PNG", "L")), abs=2)


@pytest.mark.parametrize("how", [{"mode": "CMYK"}, {"progressive": True}, {"mode": "L"}])
def test_a_photograph_stays_as_bright_as_it_was(how: dict[str, Any]) -> None:
    fresh, kind = looked_at(picture("JPEG", size=(600, 400), **how))
    assert kind == uploads.JPEG
    assert brightness(fresh) == pytest.approx(brightness(picture("PNG", "L", size=(600, 400))), abs=2)


def test_a_transparent_picture_stays_transparent_where_it_was() -> None:
    fresh, _kind = looked_at(picture("PNG", "P+"))
    assert Image.open(BytesIO(fresh)).convert("RGBA").getpixel((1, 1))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "TIFF"])
def test_a_turned_picture_stands_upright_and_tells_nothing_about_its_place(format_name: str) -> None:
    raw = picture(format_name, size=(400, 200), exif=untidy.turned_notes())
    fresh, _kind = looked_at(
        raw + (b"\x00\x00\x00\x18ftypmp42" + bytes(500) if format_name == "JPEG" else b"")
    )
    seen = Image.open(BytesIO(fresh))
    assert seen.size == (200, 400)
    assert seen.convert("L").getpixel((190, 10)) < 60  # type: ignore[operator]
    assert not seen.getexif() and b"Kamera" not in fresh and b"ftyp" not in fresh


def test_a_photograph_of_108_megapixels_is_kept_as_a_smaller_one() -> None:
    fresh, _kind = looked_at(picture("JPEG", "L", size=(12_000, 9_000)))
    assert Image.open(BytesIO(fresh)).size == (3_000, 2_250)
    assert brightness(fresh) == pytest.approx(155, abs=2)


def test_a_scanner_with_several_pages_gives_a_pdf_of_as_many() -> None:
    made, kind = looked_at(untidy.pages_of_a_scanner(3))
    assert kind == uploads.PDF and len(pypdf.PdfReader(BytesIO(made)).pages) == 3
    assert looked_at(untidy.pages_of_a_scanner(1))[1] == uploads.PNG


def brightness(content: bytes) -> float:
    return ImageStat.Stat(Image.open(BytesIO(content)).convert("RGB").convert("L")).mean[0]


# ------------------------------------------------------------------ the virus scanner


@contextmanager
def scanner(folder: Path, answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A scanner that has read everything and gives one answer; its address, and what it was given."""
    address, given = str(folder / "clamd.ctl"), []
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen()

    def serve() -> None:
        line, _ = listening.accept()
        with line, line.makefile("rb") as read:
            assert read.read(10) == b"zINSTREAM\0"
            while size := struct.unpack(">I", read.read(4))[0]:
                given.append(read.read(size))
            line.sendall(answer)

    serving = threading.Thread(target=serve, daemon=True)
    serving.start()
    try:
        yield address, given
    finally:
        serving.join(5)
        listening.close()


def test_what_the_scanner_lets_pass_is_taken_and_it_has_seen_every_byte(
    tmp_path: Path, settings: Any
) -> None:
    with scanner(tmp_path, b"stream: OK\0") as (settings.CLAMAV, given):
        assert looked_at(PDF)[1] == uploads.PDF
    assert b"".join(given) == PDF


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (b"stream: Eicar-Signature FOUND\0", "harmful"),
        (b"INSTREAM size limit exceeded. ERROR\0", "none is taken in"),
        (b"", "none is taken in"),
    ],
)
def test_what_the_scanner_finds_or_cannot_look_at_is_not_taken(
    tmp_path: Path, settings: Any, answer: bytes, says: str
) -> None:
    with (
        translation.override("en"),
        scanner(tmp_path, answer) as (settings.CLAMAV, _given),
        pytest.raises(UploadRefused, match=says),
    ):
        looked_at(PDF)


@pytest.mark.parametrize("address", ["/nowhere/clamd.ctl", "127.0.0.1:1", "nonsense"])
def test_a_scanner_that_is_configured_and_away_lets_nothing_in(settings: Any, address: str) -> None:
    settings.CLAMAV = address
    with translation.override("en"), pytest.raises(UploadRefused, match="none is taken in"):
        looked_at(PDF)
