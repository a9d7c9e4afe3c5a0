"""Data and a template in, a PDF out: tagged, titled, made to be kept (PDF/A-2a and PDF/UA-1 together)."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from celabiedrs.lib.documents.printable import MARK, Markup, marked, not_shown, printable

if TYPE_CHECKING:
    import typst

STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]
PDF = "application/pdf"
PACKAGE = Path(__file__).resolve().parents[2]
"""The root of every template's imports."""
KIT = Path(__file__).parent / "typst" / "paper.typ"
WITH_FILES: "list[typst.PDFStandard]" = ["a-3a", "ua-1"]
"""What a paper with files inside meets: PDF/A-3 is the one that may carry them."""
ROUNDS = 8
"""How often signs are replaced before the typesetter's complaint is believed: it names only some of them at once."""


def typeset(
    template_path: Path,
    data: Mapping[str, Any],
    *,
    timestamp: datetime,
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """Typeset a template over data: the same template, data and timestamp give the same bytes anywhere.

    The data reaches the template as JSON in `sys.inputs.data` and never as its source, so no text can become
    markup. Days and moments arrive as ISO text, money as text, pictures (bytes) as a list of numbers that
    typst's `bytes(…)` takes back. Signs that no font shows are replaced with a mark, and the paper says so (I6).
    `files`: by name, for `pdf.attach`; the paper is a PDF/A-3 then.
    Raises `typst.TypstError` where the result would not meet the standards.
    """
    import typst  # large: a web process that typesets nothing does without it (S10)

    text = json.dumps(printable(data), default=_plain, ensure_ascii=False, sort_keys=True)
    replaced = MARK in text
    for _ in range(ROUNDS):
        try:
            return _compiled(
                template_path, {"data": text, "replaced": "yes" if replaced else ""}, timestamp, files
            )
        except typst.TypstError as error:
            shown = marked(text, not_shown(str(getattr(error, "diagnostic", error))))
            if shown == text:
                raise
            text, replaced = shown, True
    return _compiled(template_path, {"data": text, "replaced": "yes"}, timestamp, files)


def _compiled(
    template_path: Path, inputs: dict[str, str], timestamp: datetime, files: Mapping[str, bytes] | None
) -> bytes:
    ours = template_path.is_relative_to(PACKAGE)
    if files is None:
        return _set(template_path, PACKAGE if ours else template_path.parent, inputs, timestamp, STANDARDS)
    with TemporaryDirectory(prefix="celabiedrs-") as folder:
        root = Path(folder)
        for path in (KIT, KIT.parent / "flag.svg"):
            copy = root / path.relative_to(PACKAGE)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
        for name, content in files.items():
            (root / name).write_bytes(content)
        main = root / "main.typ"
        main.write_bytes(template_path.read_bytes())
        return _set(main, root, inputs, timestamp, WITH_FILES)


def _set(
    source: Path,
    root: Path,
    inputs: dict[str, str],
    timestamp: datetime,
    standards: "list[typst.PDFStandard]",
) -> bytes:
    import typst

    made = typst.compile(
        str(source),
        root=str(root),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=standards,
        timestamp=int(timestamp.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single PDF")
    return made


def template_version(template_path: Path) -> str:
    """A short hash of the template and the kit: what a document looked like when it was issued."""
    return hashlib.sha256(template_path.read_bytes() + KIT.read_bytes()).hexdigest()[:12]


def qr_svg(text: str) -> Markup:
    """A QR code as SVG: sturdy enough (level M) to be read from a scanned page."""
    import segno

    return Markup(segno.make(text, error="m", micro=False).svg_inline(border=0, omitsize=True))


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
