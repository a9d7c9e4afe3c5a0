"""Tables in: a CSV or a sheet is read whole and strictly, or refused with the row, the column and what to do."""

import csv
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import python_calamine
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

LONGEST_CELL = 100_000
LARGEST_BOOK = 50 * 1024 * 1024
"""Bytes of an unpacked workbook; a packed bomb stops here."""


@dataclass(frozen=True)
class Row:
    """One row. `line_no` is its line in the file, the heading being line 1; cells are NFC text, stripped."""

    line_no: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


class TableRefused(Exception):
    """A table that can't be taken in. `line_no` and `column` say where, if one place; `remedy` what to do."""

    def __init__(self, text: Any, remedy: Any, *, line_no: int | None = None, column: str = "") -> None:
        super().__init__(text, remedy)
        self.text = text
        self.remedy = remedy
        self.line_no = line_no
        self.column = column

    def __str__(self) -> str:
        return f"{self.text} {self.remedy}"


def read_csv(
    source: Path | str | bytes,
    *,
    columns: Sequence[str],
    optional: Collection[str] = (),
    key: str | Sequence[str] = (),
) -> list[Row]:
    """Read a CSV from a path or from bytes: UTF-8 with or without mark, comma or semicolon, any line ends.

    The heading must have all of `columns` and may have the `optional` ones, in any order; an absent optional
    column reads as "". `key` names the column, or columns together, in which no two rows may be alike.
    Raises TableRefused; nothing is guessed.
    """
    text = _decoded(source if isinstance(source, bytes) else Path(source).read_bytes())
    return _table(_lines(text), columns, optional, key)


def read_table(
    content: bytes, *, columns: Sequence[str], optional: Collection[str] = (), key: str | Sequence[str] = ()
) -> list[Row]:
    """As `read_csv`, and takes the first sheet of an XLSX too; days in its cells read as 2026-10-12."""
    if content.startswith(b"PK\x03\x04"):
        return _table(_sheet(content), columns, optional, key)
    return read_csv(content, columns=columns, optional=optional, key=key)


def _table(
    lines: Iterator[tuple[int, list[str]]],
    columns: Sequence[str],
    optional: Collection[str],
    key: str | Sequence[str],
) -> list[Row]:
    header = _header(lines, columns, optional)
    absent = {column: "" for column in optional if column not in header}
    rows = [
        Row(line_no, dict(zip(header, cells, strict=True)) | absent)
        for line_no, cells in _full(lines, header)
    ]
    _no_doubles(rows, (key,) if isinstance(key, str) else tuple(key))
    return rows


def _sheet(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each row of the first sheet with its number, as wide as the heading; blank rows are passed over."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_BOOK:
                raise TableRefused(_("The workbook is too large."), _("Leave only the sheet with the table."))
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (BadZipFile, python_calamine.CalamineError, IndexError):
        raise TableRefused(
            _("This file is no workbook that can be read."), _("Save the sheet as XLSX or “CSV UTF-8”.")
        ) from None
    full = [(number, [_cell(cell) for cell in row]) for number, row in enumerate(rows, start=1)]
    full = [(number, cells) for number, cells in full if any(cells)]
    if not full:
        raise TableRefused(_("The file is empty."), _("Choose the file again."))
    width = max(index for index, cell in enumerate(full[0][1], start=1) if cell)
    for number, cells in full:
        last = max(index for index, cell in enumerate(cells, start=1) if cell)
        yield number, (cells + [""] * width)[: max(width, last)]


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unicodedata.normalize("NFC", str(value)).strip()


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line_no = content.count(b"\n", 0, error.start) + 1
        raise TableRefused(
            _("Line %(line)s is not UTF-8 text.") % {"line": line_no},
            _("Save the file as “CSV UTF-8” and take it in again."),
            line_no=line_no,
        ) from None
    if "\x00" in text:
        raise TableRefused(
            _("This is not a text table."), _("Save the sheet as “CSV UTF-8” and take that in.")
        )
    if not text.strip():
        raise TableRefused(_("The file is empty."), _("Choose the file again."))
    return unicodedata.normalize("NFC", text)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it starts on; blank lines are passed over."""
    first = text.lstrip("\r\n").splitlines()[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line_no = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise TableRefused(
                _("Line %(line)s opens a quotation mark that is not closed as it should be.")
                % {"line": line_no},
                _("Part of the file may be missing. Save it again and compare the last lines."),
                line_no=line_no,
            ) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line_no, [cell.strip() for cell in cells]


def _header(
    lines: Iterator[tuple[int, list[str]]], columns: Sequence[str], optional: Collection[str]
) -> list[str]:
    line_no, header = next(lines)
    missing = [column for column in columns if column not in header]
    unknown = [column for column in header if column not in columns and column not in optional]
    double = sorted({column for column in header if header.count(column) > 1})
    if missing:
        raise _wrong_header(
            ngettext_lazy(
                "The column %(columns)s is missing.", "The columns %(columns)s are missing.", len(missing)
            ),
            missing,
            columns,
            line_no,
        )
    if unknown:
        raise _wrong_header(
            ngettext_lazy(
                "The column %(columns)s is unknown.", "The columns %(columns)s are unknown.", len(unknown)
            ),
            unknown,
            columns,
            line_no,
        )
    if double:
        raise _wrong_header(_("Twice in the heading: %(columns)s."), double, columns, line_no)
    return header


def _wrong_header(text: Any, named: Sequence[str], columns: Sequence[str], line_no: int) -> TableRefused:
    quoted = ", ".join(f"“{column}”" for column in named)
    return TableRefused(
        text % {"columns": quoted},
        _("The heading should read: %(columns)s.") % {"columns": ", ".join(columns)},
        line_no=line_no,
        column=named[0],
    )


def _full(lines: Iterator[tuple[int, list[str]]], header: list[str]) -> Iterator[tuple[int, list[str]]]:
    for line_no, cells in lines:
        if len(cells) < len(header):
            raise TableRefused(
                _("Line %(line)s breaks off: %(found)s cells instead of %(wanted)s.")
                % {"line": line_no, "found": len(cells), "wanted": len(header)},
                _("Part of the file may be missing. Save it again and compare the last lines."),
                line_no=line_no,
                column=header[len(cells)],
            )
        if len(cells) > len(header):
            raise TableRefused(
                _("Line %(line)s has %(found)s cells instead of %(wanted)s.")
                % {"line": line_no, "found": len(cells), "wanted": len(header)},
                _("Put quotation marks around text that holds a comma or semicolon."),
                line_no=line_no,
            )
        yield line_no, cells


def _no_doubles(rows: list[Row], key: tuple[str, ...]) -> None:
    if not key:
        return
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        value = tuple(row[column] for column in key)
        earlier = first.setdefault(value, row.line_no)
        if earlier != row.line_no:
            raise TableRefused(
                _("Line %(line)s has the same “%(column)s” as line %(earlier)s: %(value)s.")
                % {
                    "line": row.line_no,
                    "earlier": earlier,
                    "column": ", ".join(key),
                    "value": ", ".join(value),
                },
                _("Give each row its own, or delete one of the two."),
                line_no=row.line_no,
                column=key[0],
            )
