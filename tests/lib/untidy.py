"""Small files as phones, scanners, office programs and attackers make them, each made here from nothing."""

import struct
import zipfile
from io import BytesIO
from typing import Any

from PIL import Image

from celabiedrs.lib.files.pdf_scan import make_pdf_scan

PDF = make_pdf_scan("Iesniegums")
ASICE = "application/vnd.etsi.asic-e+zip"
ASICS = "application/vnd.etsi.asic-s+zip"


def pdf(catalog: str = "", page: str = "", more: tuple[bytes, ...] = (), trailer: str = "") -> bytes:
    """A PDF of one page whose catalog, page and trailer say more than needed; objects from 4 on are `more`."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {'' if 'MediaBox' in page else '/MediaBox [0 0 595 842]'} {page} >>".encode(),
        *more,
    ]
    made, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    ends = f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(made)}\n%%EOF\n"
    return made + table + ends.encode()


def moved(content: bytes, by: int) -> bytes:
    """The same PDF with its last pointer some bytes off."""
    head, _, tail = content.rpartition(b"startxref\n")
    number, rest = tail.split(b"\n", 1)
    return head + b"startxref\n%d\n" % (int(number) + by) + rest


def locked(user: str, owner: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(PDF)))
    writer.encrypt(user, owner, algorithm="AES-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def stream(body: bytes, says: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(body), says, body)


def zipped(entries: dict[str, bytes | str], comment: bytes = b"") -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
        made.comment = comment
    return out.getvalue()


def container(kind: str = ASICE, signature: str = "META-INF/signatures0.xml", **how: Any) -> bytes:
    return zipped({"mimetype": kind, "ligums.pdf": PDF, signature: "<asic:XAdESSignatures/>"}, **how)


def twice_named() -> bytes:
    """A container whose directory names one document twice: which of them was signed, depends on the reader."""
    import warnings

    out = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as made:
        warnings.simplefilter("ignore")
        for name, content in (("mimetype", ASICE), ("ligums.pdf", b"one"), ("ligums.pdf", b"two")):
            made.writestr(name, content)
        made.writestr("META-INF/signatures0.xml", "<x/>")
    return out.getvalue()


def other_heading(content: bytes) -> bytes:
    """A container whose own heading calls a document otherwise than its directory does."""
    return content.replace(b"ligums.pdf", b"ligumi.pdf", 1)


def picture(format_name: str, mode: str = "RGB", size: tuple[int, int] = (60, 40), **how: Any) -> bytes:
    out = BytesIO()
    drawn(mode, size).save(out, format_name, **how)
    return out.getvalue()


def drawn(mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> Image.Image:
    """A light picture with a dark left upper corner."""
    made = Image.new("L", size, 200)
    made.paste(20, (0, 0, size[0] // 2, size[1] // 2))
    if mode == "I;16":
        return Image.frombytes(
            "I;16", size, b"".join(struct.pack("<H", value * 257) for value in made.tobytes())
        )
    if mode == "P+":
        seen = made.convert("P")
        seen.info["transparency"] = 20
        return seen
    return made.convert(mode)


def turned_notes(**more: Any) -> Image.Exif:
    """What a phone writes beside a picture: turned by a quarter, made by, taken at."""
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = 6, "Kamera"
    notes.get_ifd(0x8825)[2] = (56.0, 57.0, 0.0)
    return notes


def pages_of_a_scanner(count: int) -> bytes:
    out = BytesIO()
    pages = [drawn("1", (80, 50 + number)) for number in range(count)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    return out.getvalue()


HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 200
WEBP = b"RIFF\x64\x00\x00\x00WEBPVP8 " + b"\x00" * 100
OLD_WORD = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "WordDocument".encode("utf-16-le") + b"\x00" * 400
)
OLD_EXCEL = OLD_WORD.replace("WordDocument".encode("utf-16-le"), "Workbook".encode("utf-16-le"))
