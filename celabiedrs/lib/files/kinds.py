"""What a file is, told by its content and never by its name. Known without Django, for the reading process too."""

import re
from collections.abc import Callable

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
TIFF = "image/tiff"
ASICE = "application/vnd.etsi.asic-e+zip"
HEADER_WITHIN = 1024
"""Readers look for the beginning of a PDF in its first bytes; mail programs and scanners put something before it."""

_BEGINNINGS = {
    b"\xff\xd8\xff": JPEG,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"II*\x00": TIFF,
    b"MM\x00*": TIFF,
    b"PK\x03\x04": ASICE,
}
_OTHERS: tuple[tuple[str, Callable[[bytes], object]], ...] = (
    ("old_office", lambda head: head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
    ("heic", lambda head: _brand(head) in {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}),
    ("avif", lambda head: _brand(head) in {b"avif", b"avis"}),
    ("webp", lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
    ("other_picture", lambda head: head.startswith((b"GIF87a", b"GIF89a", b"BM"))),
    ("video", lambda head: head[4:8] == b"ftyp"),
    ("word", lambda head: head.startswith(b"{\\rtf")),
    ("web_page", lambda head: re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|script|table|svg|\?xml)",
                                       head, re.IGNORECASE)),
    ("program", lambda head: head.startswith((b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe"))),
    ("archive", lambda head: head.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"PK\x05\x06"))),
)  # fmt: skip


def _brand(head: bytes) -> bytes:
    return head[8:12] if head[4:8] == b"ftyp" else b""


def kind_of(content: bytes) -> str | None:
    """The media type that the first bytes speak of, of those that can be taken; None for all others."""
    head = content[:HEADER_WITHIN]
    for beginning, kind in _BEGINNINGS.items():
        if head.startswith(beginning):
            return kind
    return PDF if b"%PDF-" in head and other_kind(content) is None else None


def other_kind(content: bytes) -> str | None:
    """The word for a kind that is not taken and that is known by name; None for what nobody knows."""
    head = content[:HEADER_WITHIN]
    found = next((word for word, fits in _OTHERS if fits(head)), None)
    if found == "old_office":
        return "old_excel" if "Workbook".encode("utf-16-le") in content else "word"
    return found
