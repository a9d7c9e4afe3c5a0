"""A drawn signature as a device sends it."""

from io import BytesIO

from PIL import Image, ImageDraw


def drawn() -> bytes:
    canvas = Image.new("RGB", (300, 100), "white")
    ImageDraw.Draw(canvas).line([(10, 75), (100, 20), (190, 80), (280, 30)], fill="black", width=4)
    out = BytesIO()
    canvas.save(out, "PNG")
    return out.getvalue()
