"""The task of the reading process for an upload: what it is, whether it may come in, and a picture drawn again."""

from typing import Any

from celabiedrs.lib.files import kinds
from celabiedrs.lib.limited.refusal import Unreadable

TASK = "celabiedrs.lib.files.looking:look"


def prepare(content: bytes) -> None:
    """Load the libraries that these bytes need, before no file can be opened any more."""
    kind = kinds.kind_of(content)
    if kind == kinds.PDF:
        import celabiedrs.lib.files.pdfs
    elif kind == kinds.ASICE:
        import celabiedrs.lib.files.containers
    elif kind is not None:
        import celabiedrs.lib.files.pictures  # noqa: F401


def look(content: bytes) -> tuple[dict[str, Any], bytes]:
    """`kind`: what the file will be stored as, and its fresh bytes if it is a picture. Unreadable with the reason."""
    kind = kinds.kind_of(content)
    if kind == kinds.PDF:
        from celabiedrs.lib.files.pdfs import check_pdf

        check_pdf(content)
    elif kind == kinds.ASICE:
        from celabiedrs.lib.files.containers import check_container

        check_container(content)
    elif kind is not None:
        from celabiedrs.lib.files.pictures import redrawn

        kind, fresh = redrawn(content, kind)
        return {"kind": kind}, fresh
    else:
        raise Unreadable(kinds.other_kind(content) or "unknown_kind")
    return {"kind": kind}, b""
