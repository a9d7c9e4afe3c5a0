"""The task of the reading process that makes one PDF of several photographs, a page each, in their order."""

from io import BytesIO
from typing import Any

TASK = "celabiedrs.lib.files.joining:join"
ACROSS = 2000
"""Points along a page's longer side: an A4 at 170 dpi."""


def prepare(_content: bytes) -> None:
    """Load the libraries before no file can be opened any more."""
    import celabiedrs.lib.files.pictures  # noqa: F401


def join(content: bytes, *, lengths: list[int]) -> tuple[dict[str, Any], bytes]:
    """`content`: the photographs one after another, each as long as `lengths` says, drawn again already."""
    from PIL import Image, ImageOps

    out, start = BytesIO(), 0
    for number, length in enumerate(lengths):
        with Image.open(BytesIO(content[start : start + length]), formats=["JPEG", "PNG"]) as picture:
            picture.draft("RGB", (ACROSS, ACROSS))
            page = ImageOps.exif_transpose(picture).convert("RGB")
        page.thumbnail((ACROSS, ACROSS))
        page.save(out, "PDF", resolution=170.0, quality=85, append=number > 0)
        start += length
    return {"pages": len(lengths)}, out.getvalue()
