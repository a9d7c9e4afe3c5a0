"""What may come in: PDF, JPEG, PNG and signed containers, told by their content and never by their name."""

import re
import unicodedata
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.files.containers import check_container
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.pdfs import check_pdf
from celabiedrs.lib.files.pictures import redrawn
from celabiedrs.lib.files.refusal import UploadRefused
from celabiedrs.lib.files.storage import store_bytes

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
ASICE = "application/vnd.etsi.asic-e+zip"
DOCUMENTS = frozenset({PDF, JPEG, PNG, ASICE})
SUFFIXES = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), PNG: (".png",), ASICE: (".edoc", ".asice", ".sce")}
BEGINNINGS = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG, b"PK\x03\x04": ASICE}
MEGABYTE = 1024 * 1024


def store_upload(
    upload: "File[bytes]", *, by: Any, kind: str, allowed: Collection[str] = DOCUMENTS
) -> StoredFile:
    """Look at an uploaded file, and store it. `kind` is the caller's word for what it is.

    Pictures are drawn anew, without the place they were taken at; PDF and signed containers keep every byte.
    Raises UploadRefused with what is wrong and what to do; then nothing is stored.
    """
    content = _read(upload)
    media_type = sniff(content)
    if media_type is None or media_type not in allowed:
        raise UploadRefused(
            _("Files of this kind are not taken."),
            _("Upload a PDF, a JPEG or PNG picture, or a signed eDoc file."),
        )
    content = _looked_at(content, media_type)
    name = plain_name(upload.name or "", media_type)
    try:
        return store_bytes(content, kind=kind, media_type=media_type, name=name, by=by)
    except OSError as error:
        raise UploadRefused(
            _("The file could not be stored just now."), _("Nothing was saved. Try again in a while.")
        ) from error


def sniff(content: bytes) -> str | None:
    """The media type that the first bytes speak of, or None. The rest is looked at later."""
    return next((kind for beginning, kind in BEGINNINGS.items() if content.startswith(beginning)), None)


def plain_name(name: str, media_type: str) -> str:
    """The sender's file name without folders, control characters and false endings, cut to 120."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip(" .")
    suffixes = SUFFIXES.get(media_type, ("",))
    suffix = next((suffix for suffix in suffixes if shown.lower().endswith(suffix)), None)
    stem = shown[: -len(suffix)] if suffix else shown
    return (stem[:110].rstrip(" .") or "document") + (suffix or suffixes[0])


def upload_limit() -> int:
    """The most that one file may weigh, in bytes (setting UPLOAD_MEGABYTES, 20 by default)."""
    return int(getattr(settings, "UPLOAD_MEGABYTES", 20)) * MEGABYTE


def _read(upload: "File[bytes]") -> bytes:
    limit = upload_limit()
    upload.seek(0)
    content: bytes = upload.read(limit + 1)
    if not content:
        raise UploadRefused(_("The file is empty."), _("Choose the file again."))
    if len(content) > limit:
        raise UploadRefused(
            _("The file is too large."),
            _("Scan it at 200 dpi, or in shades of grey, so that it stays under %(limit)s MB.")
            % {"limit": limit // MEGABYTE},
        )
    return content


def _looked_at(content: bytes, media_type: str) -> bytes:
    if media_type == PDF:
        check_pdf(content)
    elif media_type == ASICE:
        check_container(content)
    elif media_type == JPEG:
        return redrawn(content, "JPEG")
    else:
        return redrawn(content, "PNG")
    return content
