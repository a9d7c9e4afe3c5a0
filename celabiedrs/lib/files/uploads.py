"""What may come in: PDF, JPEG, PNG and signed containers, told by their content and never by their name."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.files.joining import TASK as JOIN
from celabiedrs.lib.files.kinds import ASICE, JPEG, PDF, PNG
from celabiedrs.lib.files.looking import TASK
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.refusal import UploadRefused
from celabiedrs.lib.files.scanning import scan
from celabiedrs.lib.files.storage import store_bytes
from celabiedrs.lib.files.words import refusal_of
from celabiedrs.lib.limited import process
from celabiedrs.lib.limited.refusal import Unreadable

__all__ = [
    "ASICE",
    "DOCUMENTS",
    "JPEG",
    "PDF",
    "PNG",
    "looked_at",
    "plain_name",
    "store_upload",
    "store_uploads",
    "upload_limit",
]
DOCUMENTS = frozenset({PDF, JPEG, PNG, ASICE})
SUFFIXES = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), PNG: (".png",), ASICE: (".edoc", ".asice", ".sce")}
OTHER_NAMES = (".tif", ".tiff", ".heic", ".heif", ".mpo")
"""Endings that a picture may come with and loses."""
PHOTOGRAPHS_AT_MOST = 12
MEGABYTE = 1024 * 1024


def store_upload(
    upload: "File[bytes]", *, by: Any, kind: str, allowed: Collection[str] = DOCUMENTS
) -> StoredFile:
    """Look at an uploaded file, and store it. `kind` is the caller's word for what it is.

    Pictures are drawn again, without the place they were taken at; PDF and signed containers keep every byte.
    Raises UploadRefused with what is wrong and what to do; then nothing is stored.
    """
    content, media_type = looked_at(_read(upload), allowed=allowed)
    name = plain_name(upload.name or "", media_type)
    try:
        return store_bytes(content, kind=kind, media_type=media_type, name=name, by=by)
    except OSError as error:
        raise UploadRefused(
            _("The file could not be stored just now."), _("Nothing was saved. Try again in a while.")
        ) from error


def store_uploads(
    uploads: "Sequence[File[bytes]]", *, by: Any, kind: str, allowed: Collection[str] = DOCUMENTS
) -> StoredFile:
    """One paper that came in as one file, or as a photograph of each of its pages: these become one PDF."""
    if len(uploads) == 1:
        return store_upload(uploads[0], by=by, kind=kind, allowed=allowed)
    if len(uploads) > PHOTOGRAPHS_AT_MOST:
        raise UploadRefused(
            _("A paper has at most %(most)s photographs here.") % {"most": PHOTOGRAPHS_AT_MOST},
            _("Scan it into one PDF."),
        )
    photographs = []
    for upload in uploads:
        content, media_type = looked_at(_read(upload), allowed=allowed)
        if media_type not in (JPEG, PNG):
            raise UploadRefused(
                _("Several files become one paper only where all of them are photographs."),
                _("Choose the photographs of the pages, or one PDF."),
            )
        photographs.append(content)
    try:
        lengths = [len(content) for content in photographs]
        joined = process.read(JOIN, b"".join(photographs), lengths=lengths).payload
    except Unreadable as why:
        raise refusal_of(why) from None
    return store_upload(ContentFile(joined, name="lapas.pdf"), by=by, kind=kind, allowed=allowed)


def looked_at(content: bytes, *, allowed: Collection[str] = DOCUMENTS) -> tuple[bytes, str]:
    """The bytes to be stored and their media type; UploadRefused for what may not come in. Stores nothing."""
    if not content:
        raise UploadRefused(_("The file is empty."), _("Choose the file again."))
    if len(content) > upload_limit():
        raise UploadRefused(
            _("The file is too large."),
            _("Scan it at 200 dpi, or in shades of grey, so that it stays under %(limit)s MB.")
            % {"limit": upload_limit() // MEGABYTE},
        )
    scan(content)
    try:
        read = process.read(TASK, content)
    except Unreadable as why:
        raise refusal_of(why) from None
    if read.result["kind"] not in allowed:
        raise refusal_of(Unreadable("unknown_kind"))
    return read.payload or content, str(read.result["kind"])


def plain_name(name: str, media_type: str) -> str:
    """The sender's file name without folders, control characters and false endings, cut to 120."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip(" .")
    suffixes = SUFFIXES.get(media_type, ("",))
    suffix = next((suffix for suffix in suffixes if shown.lower().endswith(suffix)), None)
    dropped = suffix or next((other for other in OTHER_NAMES if shown.lower().endswith(other)), "")
    stem = shown[: -len(dropped)] if dropped else shown
    return (stem[:110].rstrip(" .") or "document") + (suffix or suffixes[0])


def upload_limit() -> int:
    """The most that one file may weigh, in bytes (setting UPLOAD_MEGABYTES, 20 by default)."""
    return int(getattr(settings, "UPLOAD_MEGABYTES", 20)) * MEGABYTE


def _read(upload: "File[bytes]") -> bytes:
    upload.seek(0)
    content: bytes = upload.read(upload_limit() + 1)
    return content
