"""What is asked of a PDF that comes in, without opening it as a reader would: whole, plain, without script.

Also `make_pdf_scan`, which makes a real small PDF for demonstrations, scenarios and tests.
"""

import re
import zlib

from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.files.refusal import UploadRefused

STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z0-9_.-])")
ENCRYPTED = re.compile(rb"/Encrypt(?![A-Za-z0-9_.-])")
POINTER = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\x00*\s*\Z")
INFLATED_AT_MOST = 32 * 1024 * 1024


def check_pdf(content: bytes) -> None:
    """Raise UploadRefused for a PDF that is cut off, locked, scripted or made to swell."""
    pointer = POINTER.search(content, max(0, len(content) - 2048))
    if pointer is None or not _leads_to_a_table(content, int(pointer[1])):
        raise UploadRefused(
            _("The PDF is damaged or has been cut off."), _("Scan or save the document again.")
        )
    spoken = _outside_streams(content)
    if ENCRYPTED.search(spoken):
        raise UploadRefused(
            _("The PDF is locked with a password."), _("Save it without a password and upload it again.")
        )
    if ACTIVE.search(spoken):
        raise UploadRefused(
            _("The PDF holds a script or a form that runs something."),
            _("Print it to a new PDF or scan it, and upload that."),
        )


def _leads_to_a_table(content: bytes, at: int) -> bool:
    return re.match(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)", content[at : at + 40]) is not None


def _outside_streams(content: bytes) -> bytes:
    """The PDF's own words: all but pictures and page contents, object streams unpacked, escapes undone."""
    words = [STREAM.sub(b"stream endstream", content)]
    left = INFLATED_AT_MOST
    for found in STREAM.finditer(content):
        head = content[max(0, found.start() - 512) : found.start()]
        if b"/ObjStm" not in _unescaped(head[head.rfind(b" obj") :]):
            continue
        unpacker = zlib.decompressobj()
        try:
            inflated = unpacker.decompress(found[1], left)
        except zlib.error:
            inflated = found[1]
        left -= len(inflated)
        if left <= 0 or unpacker.unconsumed_tail:
            raise UploadRefused(
                _("The PDF swells beyond all measure when it is opened."), _("Scan the document again.")
            )
        words.append(inflated)
    return _unescaped(b"\n".join(words))


def _unescaped(words: bytes) -> bytes:
    return NAME_ESCAPE.sub(lambda escape: bytes([int(escape[1], 16)]), words)


def make_pdf_scan(text: str) -> bytes:
    """A real one-page PDF that says `text` (letters that Helvetica's WinAnsi lacks are printed plain)."""
    plain = text.encode("cp1257", "replace").decode("cp1257").encode("cp1252", "replace")
    shown = re.sub(rb"([\\()])", rb"\\\1", plain)
    page = b"BT /F1 14 Tf 60 760 Td (" + shown + b") Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length " + str(len(page)).encode() + b" >>\nstream\n" + page + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    made = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    table = b"xref\n0 6\n0000000000 65535 f \n"
    for number, body in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return made + table + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(made)
