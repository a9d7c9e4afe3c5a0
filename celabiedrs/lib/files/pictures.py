"""Pictures are drawn again: what was hidden in the file, the place it was taken at above all, stays behind.

Runs in the reading process. What is seen stays: upright, as bright as before; a very large photograph becomes a smaller
one, since its memory is limited and a paper is read as well at 3,000 points across.
"""

import warnings
from io import BytesIO

from PIL import (
    Image,
    ImageOps,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PdfImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
)

from celabiedrs.lib.files.kinds import JPEG, PDF, PNG, TIFF
from celabiedrs.lib.limited.refusal import Unreadable

PIXELS_AT_MOST = 60_000_000
PHOTOGRAPH_AT_MOST = 250_000_000
PAGES_AT_MOST = 50
DRAWN_WHOLE = 26_000_000
"""Pixels up to which a photograph keeps its size; beyond, it is read at a half, a quarter or an eighth."""
_FORMATS = {JPEG: ("JPEG", "MPO"), PNG: ("PNG",), TIFF: ("TIFF",)}
_PLUGINS = (
    JpegImagePlugin,
    Jpeg2KImagePlugin,
    MpoImagePlugin,
    PdfImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
)
Image._initialized = 2  # these formats alone: no other is looked for, and none is loaded later
Image.MAX_IMAGE_PIXELS = None  # our own measure stands below


def redrawn(content: bytes, kind: str) -> tuple[str, bytes]:
    """The kind it becomes and its fresh bytes, upright and bare. Unreadable where the picture cannot be drawn."""
    warnings.simplefilter("ignore")
    try:
        with Image.open(BytesIO(content), formats=_FORMATS[kind]) as picture:
            pages = getattr(picture, "n_frames", 1) if kind == TIFF else 1
            if pages > PAGES_AT_MOST:
                raise Unreadable("picture_pages", pages=pages, most=PAGES_AT_MOST)
            if pages > 1:
                return PDF, _as_pdf(picture, pages)
            return _encoded(_turned(picture, kind), kind)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # a broken picture makes Pillow raise almost anything
        cut = isinstance(error, (OSError, EOFError)) and "truncated" in str(error)
        raise Unreadable("picture_cut" if cut else "picture_damaged") from error


def _turned(picture: Image.Image, kind: str) -> Image.Image:
    _check_size(picture, kind)
    return ImageOps.exif_transpose(_loaded(picture))


def _as_pdf(picture: Image.Image, pages: int) -> bytes:
    """A scanner's TIFF of several pages, as a PDF of as many: no page of a paper is lost."""
    out = BytesIO()
    for page in range(pages):
        picture.seek(page)
        fresh = _eight_bits(_turned(picture.copy(), TIFF))
        plain = fresh if fresh.mode in ("1", "L", "RGB") else fresh.convert("RGB")
        how = {"quality": 88} if plain.mode != "1" else {}
        _bare(plain).save(out, "PDF", resolution=_dots_an_inch(picture), append=page > 0, **how)
    return out.getvalue()


def _dots_an_inch(picture: Image.Image) -> float:
    """As the scanner says, where that gives a page that can be; else 200."""
    try:
        told = float(picture.info["dpi"][0])
    except (KeyError, TypeError, ValueError, IndexError, ZeroDivisionError):
        return 200.0
    return told if 50 <= told <= 2400 else 200.0


def _check_size(picture: Image.Image, kind: str) -> None:
    pixels = picture.width * picture.height
    if kind == JPEG and picture.info.get(
        "progressive"
    ):  # its reader holds all of it in memory, whatever the scale
        most = PIXELS_AT_MOST // 2
    else:
        most = PHOTOGRAPH_AT_MOST if kind == JPEG else PIXELS_AT_MOST
    if pixels > most:
        raise Unreadable("picture_pixels", megapixels=round(pixels / 1_000_000), most=most // 1_000_000)


def _loaded(picture: Image.Image) -> Image.Image:
    scale = 1
    while picture.width * picture.height > DRAWN_WHOLE * scale * scale and scale < 8:
        scale *= 2
    if scale > 1 and picture.format in ("JPEG", "MPO"):
        picture.draft(picture.mode, (picture.width // scale, picture.height // scale))
    picture.load()
    return picture


def _encoded(picture: Image.Image, kind: str) -> tuple[str, bytes]:
    out = BytesIO()
    if kind == JPEG:
        _bare(picture if picture.mode in ("L", "RGB") else picture.convert("RGB")).save(
            out, "JPEG", quality=88
        )
        return JPEG, out.getvalue()
    _bare(_eight_bits(picture)).save(out, "PNG")
    return PNG, out.getvalue()


def _eight_bits(picture: Image.Image) -> Image.Image:
    """The same picture in a mode that our PNG has; of 16 bits of grey the upper eight stay, so it is as bright."""
    mode = picture.mode
    if mode in ("1", "L", "LA", "RGB", "RGBA"):
        return picture
    if mode.startswith("I;16"):
        upper = 0 if mode.endswith("B") else 1
        return Image.frombytes("L", picture.size, picture.tobytes()[upper::2])
    if mode in ("P", "PA"):
        return picture.convert("RGBA" if mode == "PA" or "transparency" in picture.info else "RGB")
    if mode in ("CMYK", "YCbCr", "RGBX", "RGBa", "La", "LAB"):
        return picture.convert("RGBA" if mode == "RGBa" else "LA" if mode == "La" else "RGB")
    raise Unreadable("picture_colours")


def _bare(picture: Image.Image) -> Image.Image:
    """The pixels alone: what the old file said about itself is not handed on to the new one."""
    picture.info = {}
    return picture
