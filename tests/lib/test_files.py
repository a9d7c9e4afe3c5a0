"""What may come in, what may not, and how it lies and leaves."""

import zipfile
import zlib
from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from celabiedrs.lib import clock
from celabiedrs.lib.files import storage, uploads
from celabiedrs.lib.files.damage import Damaged, open_whole
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.pdf_scan import make_pdf_scan
from celabiedrs.lib.files.refusal import UploadRefused
from celabiedrs.lib.files.serving import as_download
from celabiedrs.lib.files.sweeping import sweep_orphans
from celabiedrs.lib.files.uploads import store_upload

PDF = make_pdf_scan("Iesniegums")


def picture(format_name: str, **extra: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 20), "teal").save(out, format_name, **extra)
    return out.getvalue()


def taken_at_home() -> bytes:
    notes = Image.Exif()
    notes.get_ifd(0x8825)[2] = (56.0, 57.0, 0.0)
    notes[0x0112] = 6
    notes[0x010F] = "Kamera"
    return picture("JPEG", exif=notes)


def container(
    mimetype: str = "application/vnd.etsi.asic-e+zip", signature: str = "META-INF/signatures0.xml"
) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        made.writestr("ligums.pdf", PDF)
        made.writestr(signature, "<asic:XAdESSignatures/>")
    return out.getvalue()


def scripted(words: bytes) -> bytes:
    return PDF.replace(b"/Type /Catalog", b"/Type /Catalog " + words).replace(
        b"startxref\n" + PDF.split(b"startxref\n")[1].split(b"\n")[0],
        b"startxref\n%d" % (int(PDF.split(b"startxref\n")[1].split(b"\n")[0]) + len(words) + 1),
    )


def with_object_stream(inside: bytes) -> bytes:
    packed = zlib.compress(inside)
    at = PDF.index(b"xref\n0 6")
    stream = b"6 0 obj\n<< /Type /ObjStm /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    stream += packed + b"\nendstream\nendobj\n"
    grown = PDF[:at] + stream + PDF[at:]
    return grown.replace(b"startxref\n%d" % at, b"startxref\n%d" % (at + len(stream)))


def coming_in(content: bytes, name: str = "skenēts.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def bytes_of(stored: StoredFile) -> bytes:
    with storage.open_file(stored) as file:
        return file.read()


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (PDF, "līgums.pdf", uploads.PDF),
        (picture("JPEG"), "foto.jpg", uploads.JPEG),
        (picture("PNG"), "foto.png", uploads.PNG),
        (container(), "līgums.edoc", uploads.ASICE),
        (with_object_stream(b"1 0 << /Type /Page >>"), "jauns.pdf", uploads.PDF),
        (PDF.replace(b"(Iesniegums)", b"(/JavaScript)"), "vārdi-lapā.pdf", uploads.PDF),
        (PDF[:-8], "bez-beigām.pdf", uploads.PDF),
        (PDF.replace(b"startxref\n", b"startxref\n9"), "tabula-nav-vietā.pdf", uploads.PDF),
    ],
)
def test_ilze_uploads_what_is_taken(ilze: Any, content: bytes, name: str, media_type: str) -> None:
    stored = store_upload(coming_in(content, name), by=ilze, kind="request")
    assert (stored.media_type, stored.original_name, stored.kind) == (media_type, name, "request")
    assert stored.stored_by == ilze
    open_whole(stored).close()
    assert stored.size == len(bytes_of(stored))
    assert name not in stored.path


BAD = {
    "empty": b"",
    "text": b"Labdien!",
    "page": b"<html><script>alert(1)</script></html>",
    "half a PDF": PDF[: len(PDF) // 2],
    "PDF with a zip behind": PDF + container(),
    "PDF without its table": PDF[: PDF.index(b"xref\n0 6")],
    "scripted PDF": scripted(b"/OpenAction << /S /JavaScript /JS (app.alert) >>"),
    "disguised script": scripted(b"/OpenAction << /S /J#61vaScript >>"),
    "PDF that launches": scripted(b"/AA << /S /Launch >>"),
    "script in an object stream": with_object_stream(b"1 0 << /S /JavaScript /JS (x) >>"),
    "PDF bomb": with_object_stream(b"\x00" * (40 * 1024 * 1024)),
    "half a JPEG": picture("JPEG")[:300],
    "half a PNG": picture("PNG")[:60],
    "JPEG by its first bytes only": b"\xff\xd8\xff" + b"x" * 500,
    "half a container": container()[:-30],
    "any zip": container(mimetype="application/zip"),
    "unsigned container": container(signature="META-INF/manifest.xml"),
    "container with a tail": container() + b"tail",
    "GIF": picture("GIF"),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_turned_away_with_a_word_and_nothing_is_stored(ilze: Any, content: bytes) -> None:
    with pytest.raises(UploadRefused) as refusal:
        store_upload(coming_in(content), by=ilze, kind="request")
    assert str(refusal.value.text)
    assert str(refusal.value.remedy)
    assert not StoredFile.objects.exists()


def test_the_script_tests_use_pdfs_that_would_pass_without_the_script(ilze: Any) -> None:
    assert store_upload(coming_in(scripted(b"/Lang (lv)")), by=ilze, kind="request")


def test_a_file_over_the_limit_is_turned_away(ilze: Any, settings: Any) -> None:
    settings.UPLOAD_MEGABYTES = 1
    with pytest.raises(UploadRefused, match=r"too large|liel"):
        store_upload(coming_in(PDF + b" " * 1024 * 1024), by=ilze, kind="request")


def test_only_the_kinds_that_the_caller_takes_come_in(ilze: Any) -> None:
    with pytest.raises(UploadRefused):
        store_upload(coming_in(PDF), by=ilze, kind="photo", allowed={uploads.JPEG})


def test_the_place_a_picture_was_taken_at_stays_behind_and_it_stands_upright(ilze: Any) -> None:
    raw = taken_at_home()
    assert Image.open(BytesIO(raw)).getexif().get_ifd(0x8825)
    stored = store_upload(coming_in(raw, "foto.jpg"), by=ilze, kind="scan")
    redrawn = Image.open(BytesIO(bytes_of(stored)))
    assert not redrawn.getexif()
    assert redrawn.size == (20, 40)
    assert b"Kamera" not in bytes_of(stored)


def test_a_signed_container_keeps_every_byte(ilze: Any) -> None:
    signed = container()
    assert bytes_of(store_upload(coming_in(signed, "l.asice"), by=ilze, kind="contract")) == signed


def test_names_lose_folders_control_characters_and_false_endings() -> None:
    assert uploads.plain_name("../../etc/passwd", uploads.PDF) == "passwd.pdf"
    assert uploads.plain_name("C:\\dati\\Līgums.PDF", uploads.PDF) == "Līgums.pdf"
    assert uploads.plain_name("rē\u202egnp.exe\r\n", uploads.JPEG) == "rēgnp.exe.jpg"
    assert uploads.plain_name("", uploads.PNG) == "document.png"


def test_a_download_is_an_attachment_that_can_do_nothing(ilze: Any) -> None:
    answer = as_download(store_upload(coming_in(PDF, "Līgums.pdf"), by=ilze, kind="contract"))
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[arg-type]
    answer.close()
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''L%C4%ABgums.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_a_full_disk_is_a_clean_word(ilze: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    before = {path for path in storage.files_root().rglob("*") if path.is_file()}
    with pytest.raises(UploadRefused):
        store_upload(coming_in(PDF), by=ilze, kind="request")
    assert {path for path in storage.files_root().rglob("*") if path.is_file()} == before


def test_a_changed_file_is_noticed(ilze: Any) -> None:
    stored = store_upload(coming_in(PDF), by=ilze, kind="request")
    (storage.files_root() / stored.path).write_bytes(PDF + b" ")
    with pytest.raises(Damaged):
        open_whole(stored)


def test_files_without_a_row_are_swept_after_a_day_and_others_never(
    ilze: Any, settings: Any, tmp_path: Any
) -> None:
    settings.FILES_ROOT = tmp_path
    kept = store_upload(coming_in(PDF), by=ilze, kind="request")
    lost = store_upload(coming_in(PDF), by=ilze, kind="request")
    lost_at = tmp_path / lost.path
    lost.delete()
    assert sweep_orphans() == 0
    with clock.at(clock.now() + timedelta(days=2)):
        assert sweep_orphans() == 1
    assert not lost_at.exists()
    open_whole(kept).close()


def test_the_scan_made_on_the_spot_is_a_real_pdf() -> None:
    page = pypdfium2.PdfDocument(make_pdf_scan("Sheet (1)"))[0]
    assert page.get_textpage().get_text_range().strip() == "Sheet (1)"
