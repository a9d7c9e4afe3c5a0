"""The task of the reading process for a table: the rows of each of its sheets, as text, nothing understood yet.

Text comes as UTF-8 or, with its mark, UTF-16; divided by semicolons, commas, tabs, or what `sep=` says. A workbook's
parts are walked through before it is opened: a declaration that can swell, or a cell far away, refuses it.
"""

import csv
import json
import math
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any
from xml.parsers import expat

import python_calamine

from celabiedrs.lib.limited.refusal import Unreadable

TASK = "celabiedrs.lib.tables.grid:read_grid"
LONGEST_CELL = 100_000
LARGEST_BOOK = 50 * 1024 * 1024
"""Bytes of an unpacked workbook; a packed bomb stops here."""
FURTHEST_ROW, FURTHEST_COLUMN = 20_000, 200
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CELL = re.compile(r"([A-Z]{1,4})([0-9]{1,8})")
_WEB = re.compile(rb"\s*<(?:!doctype|html|head|body|table|style|meta|\?xml)", re.IGNORECASE)
Numbered = tuple[int, list[str]]


def read_grid(content: bytes) -> tuple[dict[str, Any], bytes]:
    """Nothing in the result; in the bytes, as JSON, each sheet with its name, whether its columns have places of their
    own ("placed"), and its rows that are not empty, each with its number."""
    if content.startswith(b"PK\x03\x04"):
        sheets = [{"name": name, "placed": True, "rows": list(rows)} for name, rows in _book(content)]
    elif content.startswith(b"\xd0\xcf\x11\xe0") or _WEB.match(content.removeprefix(b"\xef\xbb\xbf")):
        raise Unreadable("old_excel")
    else:
        sheets = [{"name": "", "placed": False, "rows": list(lines(decoded(content)))}]
    if not any(sheet["rows"] for sheet in sheets):
        raise Unreadable("empty")
    return {}, json.dumps(sheets).encode()


def decoded(content: bytes) -> str:
    """The text of a table; Unreadable with the first line that is in no encoding we take."""
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("not_utf8", line=content.count(b"\n", 0, error.start) + 1) from None
    if "\x00" in text:
        raise Unreadable("not_text")
    if not text.strip():
        raise Unreadable("empty")
    return text


def lines(text: str) -> Iterator[Numbered]:
    """Each record with the line it starts on; blank lines are passed over."""
    said = re.match(r"\s*\"?sep=(.)\"?[ \t;,]*(?=\r|\n)", text)
    if said:
        text = text[said.end() :]
    delimiter = said[1] if said else _delimiter(text)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise Unreadable("quotation", line=line) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _delimiter(text: str) -> str:
    """The sign that divides one of the first lines into the most cells."""
    first = re.split(r"\r\n|\r|\n", text[:20_000].lstrip())[:20]
    return max(";,\t", key=lambda sign: max(line.count(sign) for line in first))


def _book(content: bytes) -> Iterator[tuple[str, Iterator[Numbered]]]:
    try:
        errors = _walked_through(content)
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        for name, wrong in zip(book.sheet_names, errors, strict=False):
            yield name, _sheet(book.get_sheet_by_name(name), wrong)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # a broken workbook makes its reader raise many things
        raise Unreadable("workbook_damaged") from error


def _sheet(sheet: Any, wrong: dict[tuple[int, int], str]) -> Iterator[Numbered]:
    if not sheet.total_height:
        return
    for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
        cells = [_cell(value) or wrong.get((row, column), "") for column, value in enumerate(values)]
        if any(cell.strip() for cell in cells):
            yield row + 1, cells


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        return str(int(value))
    return str(value)[:LONGEST_CELL]


def _walked_through(content: bytes) -> list[dict[tuple[int, int], str]]:
    """The error cells ("#N/A") of each sheet, in the order of the sheets; Unreadable for what must not be opened."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        parts = packed.infolist()
        if len(parts) > 2_000 or sum(part.file_size for part in parts) > LARGEST_BOOK:
            raise Unreadable("workbook_large")
        names = {part.filename: _Walk(packed.read(part)) for part in parts if part.filename.endswith(".xml")}
        for part in parts:
            if part.filename.endswith(".rels"):
                _Walk(packed.read(part))
    sheets = [name for name in names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]
    if not sheets:
        raise Unreadable("workbook_not")
    numbered = sorted(sheets, key=lambda name: (int((re.findall(r"\d+", name) or ["0"])[-1]), name))
    return [names[name].errors for name in numbered]


class _Walk:
    """One part of a workbook, walked through once: no declarations, no cell far away; which cells hold errors."""

    def __init__(self, part: bytes) -> None:
        self.errors: dict[tuple[int, int], str] = {}
        self.row = self.column = -1
        self.wrong = self.value = False
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self.declared
        parser.StartElementHandler = self.begins
        parser.EndElementHandler = self.ends
        parser.CharacterDataHandler = self.says
        parser.Parse(part, True)

    def declared(self, *_: Any) -> None:
        raise Unreadable("workbook_declares")

    def begins(self, name: str, said: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            self.row, self.column = int(said.get("r", self.row + 2)) - 1, -1
        elif name == "c":
            found = _CELL.fullmatch(said.get("r", ""))
            if found:
                self.row, self.column = int(found[2]) - 1, _number(found[1]) - 1
            else:
                self.column += 1
            if self.row >= FURTHEST_ROW or self.column >= FURTHEST_COLUMN:
                raise Unreadable("workbook_far", cell=said.get("r", ""))
            self.wrong = said.get("t") == "e"
        self.value = name == "v"

    def ends(self, _name: str) -> None:
        self.value = False

    def says(self, text: str) -> None:
        if self.wrong and self.value:
            self.errors[self.row, self.column] = self.errors.get((self.row, self.column), "") + text


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
