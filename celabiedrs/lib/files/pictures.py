"""Pictures are drawn anew: what was hidden in the file, the place it was taken at above all, stays behind."""

from io import BytesIO
from typing import Literal

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from celabiedrs.lib.files.refusal import UploadRefused

PIXELS_AT_MOST = 60_000_000


def redrawn(content: bytes, format_name: Literal["JPEG", "PNG"]) -> bytes:
    """The picture as fresh bytes of the same format, upright, bare. UploadRefused where it can't be."""
    damaged = UploadRefused(
        _("The picture is damaged or has been cut off."), _("Take or save the picture again and upload it.")
    )
    try:
        with Image.open(BytesIO(content), formats=[format_name]) as picture:
            if picture.width * picture.height > PIXELS_AT_MOST:
                raise UploadRefused(
                    _("The picture has too many pixels."),
                    _("Make it smaller, or upload the document as a PDF."),
                )
            upright = ImageOps.exif_transpose(picture)
            upright.load()
    except UploadRefused:
        raise
    except Exception as error:  # a broken picture makes Pillow raise almost anything
        raise damaged from error
    return _encoded(upright, format_name)


def _encoded(picture: Image.Image, format_name: Literal["JPEG", "PNG"]) -> bytes:
    out = BytesIO()
    if format_name == "JPEG":
        plain = picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
        _bare(plain).save(out, "JPEG", quality=88, optimize=True)
    else:
        plain = picture if picture.mode in ("1", "L", "LA", "RGB", "RGBA") else picture.convert("RGBA")
        _bare(plain).save(out, "PNG", optimize=True)
    return out.getvalue()


def _bare(picture: Image.Image) -> Image.Image:
    """The pixels alone, on a new picture that has never heard of the old one's notes."""
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare
