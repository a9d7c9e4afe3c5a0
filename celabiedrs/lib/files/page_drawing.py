"""The task of the reading process that draws one page of a PDF as a JPEG."""

import io
from typing import Any

from celabiedrs.lib.limited.refusal import Unreadable

POINTS_ACROSS = 1100


def prepare(_content: bytes) -> None:
    """Load the libraries before no file can be opened any more."""
    import pypdfium2
    from PIL import Image, JpegImagePlugin  # noqa: F401

    pypdfium2.PdfDocument.new().close()
    Image._initialized = 2  # no other format is looked for later


def draw(content: bytes, *, page: int) -> tuple[dict[str, Any], bytes]:
    """`pages`: how many there are. Unreadable where there is no such page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    if not 1 <= page <= len(document):
        raise Unreadable("no_such_page")
    sheet = document[page - 1]
    picture = sheet.render(scale=POINTS_ACROSS / max(sheet.get_width(), 1)).to_pil().convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return {"pages": len(document)}, out.getvalue()
