"""Data and a template in, a PDF out: tagged, titled, made to be kept (PDF/A-2a and PDF/UA-1 together)."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]
PDF = "application/pdf"


def typeset(template_path: Path, data: Mapping[str, Any], *, timestamp: datetime) -> bytes:
    """Typeset a template over data: the same template, data and timestamp give the same bytes anywhere.

    The data reaches the template as JSON in `sys.inputs.data` and never as its source, so no text can become
    markup. Days and moments arrive as ISO text, money as text, pictures (bytes) as a list of numbers that
    typst's `bytes(…)` takes back. Raises `typst.TypstError` where the result would not meet the standards.
    """
    import typst  # large: a web process that typesets nothing does without it (S10)

    made = typst.compile(
        str(template_path),
        root=str(template_path.parent),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, default=_plain, ensure_ascii=False, sort_keys=True)},
        pdf_standards=STANDARDS,
        timestamp=int(timestamp.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single PDF")
    return made


def template_version(template_path: Path) -> str:
    """A short hash of the template's text: what it looked like when a document was issued from it."""
    return hashlib.sha256(template_path.read_bytes()).hexdigest()[:12]


def qr_svg(text: str) -> str:
    """A QR code as SVG: sturdy enough (level M) to be read from a scanned page."""
    import segno

    return segno.make(text, error="m", micro=False).svg_inline(border=0, omitsize=True)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, bytes):
        return list(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"no way to print a {type(value).__name__}")
