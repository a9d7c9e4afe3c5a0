"""Signed containers (eDoc, ASiC-E): a zip that says what it is and is signed. Looked into, never unpacked."""

import re
import zipfile
from io import BytesIO

from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.files.refusal import UploadRefused

MIMETYPES = (b"application/vnd.etsi.asic-e+zip", b"application/vnd.etsi.asic-s+zip")
SIGNATURE = re.compile(r"META-INF/[^/]*signatures?[^/]*\.(xml|p7s)", re.IGNORECASE)
ENTRIES_AT_MOST = 200
INFLATED_AT_MOST = 200 * 1024 * 1024


def check_container(content: bytes) -> None:
    """Raise UploadRefused for a zip that is not a whole signed container. Whose signature, is not asked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as container:
            entries = container.infolist()
            _check_listing(entries, content, container.comment)
            _check_kind(container, entries)
            if container.testzip() is not None:
                raise _damaged()
    except UploadRefused:
        raise
    except Exception as error:  # a broken zip raises BadZipFile, zlib.error, EOFError, NotImplementedError, …
        raise _damaged() from error


def _check_listing(entries: list[zipfile.ZipInfo], content: bytes, comment: bytes) -> None:
    names = [entry.filename for entry in entries]
    strange = (
        len(entries) > ENTRIES_AT_MOST
        or len(set(names)) != len(names)
        or sum(entry.file_size for entry in entries) > INFLATED_AT_MOST
        or any(name.startswith(("/", "\\")) or ".." in name.split("/") for name in names)
        or any(entry.flag_bits & 0x1 for entry in entries)
        or comment
        or content[-22:-18] != b"PK\x05\x06"
    )
    if strange:
        raise _damaged()


def _check_kind(container: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    by_name = {entry.filename: entry for entry in entries}
    kind = by_name.get("mimetype")
    says = container.read(kind).strip() if kind and kind.file_size < 100 else b""
    signed = any(SIGNATURE.fullmatch(name) for name in by_name)
    holds = any(name != "mimetype" and not name.startswith("META-INF/") for name in by_name)
    if says not in MIMETYPES or not signed or not holds:
        raise UploadRefused(
            _("This is a zip file and not a signed eDoc or ASiC-E document."),
            _("Upload the signed file itself (.edoc or .asice), or a PDF."),
        )


def _damaged() -> UploadRefused:
    return UploadRefused(
        _("The signed document is damaged or has been cut off."), _("Download it again where it was signed.")
    )
