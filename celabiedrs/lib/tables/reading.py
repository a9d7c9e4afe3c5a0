"""Tables in: read whole, or refused with the row, the column and what to do.

`read_table` takes what people upload: it is forgiving about everything that cannot change the meaning. `read_csv` takes
the files of a season, made by a program, and is strict.
"""

import json
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from celabiedrs.lib.files.refusal import UploadRefused
from celabiedrs.lib.files.scanning import scan
from celabiedrs.lib.files.words import refusal_of
from celabiedrs.lib.limited import process
from celabiedrs.lib.limited.refusal import BROKE, TOO_MUCH, Unreadable
from celabiedrs.lib.tables import grid
from celabiedrs.lib.tables.columns import Column, by_heading, heading, tidy

HEADING_WITHIN = 30
"""Rows from the top among which the heading is looked for."""


@dataclass(frozen=True)
class Row:
    """One row. `line_no` is its line in the file; `cells` are read, `typed` the same cells as they stood, tidied."""

    line_no: int
    cells: dict[str, str]
    typed: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(frozen=True)
class Table:
    """The rows under the heading, and the headings of columns that nobody asked for and that were left out."""

    rows: list[Row]
    left_out: tuple[str, ...] = ()


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


def read_table(content: bytes, *, columns: Sequence[Column]) -> Table:
    """Read what was uploaded as a table with these columns, in a limited process (decision 0050).

    The heading row is looked for below a title and on every sheet. Unknown columns are named and left out, an optional
    column that is absent reads as "". Raises TableRefused where the table cannot be read as a whole.
    """
    try:
        scan(content)
        sheets = json.loads(process.read(grid.TASK, content).payload)
    except UploadRefused as refusal:
        raise TableRefused(refusal.text, refusal.remedy) from None
    except Unreadable as why:
        raise _refused(why) from None
    known = by_heading(columns)
    sheet, place = _found(sheets, known)
    return _shaped(sheet, place, columns, known)


def _found(sheets: Sequence[Mapping[str, Any]], known: Mapping[str, Column]) -> tuple[Mapping[str, Any], int]:
    """The sheet and the row of it that has the most of the headings; the first of equals."""
    best: tuple[int, Mapping[str, Any], int] = (0, {}, 0)
    for sheet in sheets:
        for place, (_line, cells) in enumerate(sheet["rows"][:HEADING_WITHIN]):
            count = len({known[heading(cell)].name for cell in cells if heading(cell) in known})
            if count > best[0]:
                best = (count, sheet, place)
    if best[0] < min(2, len({column.name for column in known.values()})):
        first = next(iter(dict.fromkeys(column.name for column in known.values())))
        raise _wrong_header(
            _("No row with the headings was found: there is no %(columns)s."),
            [first],
            _names(known.values()),
            1,
        )
    return best[1], best[2]


def _shaped(
    sheet: Mapping[str, Any], place: int, columns: Sequence[Column], known: Mapping[str, Column]
) -> Table:
    line_no, headings = sheet["rows"][place]
    wanted = [known.get(heading(cell)) for cell in headings]
    there = [column.name for column in wanted if column]
    missing = [column.name for column in columns if column.needed and column.name not in there]
    if missing:
        text = ngettext_lazy(
            "The column %(columns)s is missing.", "The columns %(columns)s are missing.", len(missing)
        )
        raise _wrong_header(text, missing, _names(columns), line_no)
    double = sorted({name for name in there if there.count(name) > 1})
    if double:
        raise _wrong_header(_("Twice in the heading: %(columns)s."), double, _names(columns), line_no)
    rows, beyond = [], False
    for number, cells in sheet["rows"][place + 1 :]:
        if not sheet["placed"]:
            cells = _fitting(number, cells, wanted)
        spare = zip_longest(wanted, headings, cells[: len(wanted)], fillvalue="")
        beyond = (
            beyond
            or any(tidy(cell) for cell in cells[len(wanted) :])
            or any(
                column is None and not tidy(str(title)) and tidy(str(cell)) for column, title, cell in spare
            )
        )
        row = _row(number, cells, wanted, columns)
        if any(row.typed.values()):
            rows.append(row)
    left_out = [
        tidy(cell) for cell, column in zip(headings, wanted, strict=True) if column is None and tidy(cell)
    ]
    return Table(rows, (*left_out, *(("…",) if beyond else ())))


def _fitting(line_no: int, cells: list[str], wanted: Sequence[Column | None]) -> list[str]:
    """The cells of a line of text, no more than there are headings: a dividing sign inside a cell is put back."""
    while cells and len(cells) > len(wanted) and not tidy(cells[-1]):
        cells = cells[:-1]
    for place, column in enumerate(wanted):
        while column and column.spills and len(cells) > len(wanted) and column.spills(cells[place + 1]):
            cells = [*cells[:place], f"{cells[place]}; {cells[place + 1]}", *cells[place + 2 :]]
    if len(cells) > len(wanted):
        raise TableRefused(
            _("Line %(line)s has %(found)s cells instead of %(wanted)s.")
            % {"line": line_no, "found": len(cells), "wanted": len(wanted)},
            _("Put quotation marks around text that holds a comma or semicolon."),
            line_no=line_no,
        )
    return cells


def _row(
    line_no: int, cells: Sequence[str], wanted: Sequence[Column | None], columns: Sequence[Column]
) -> Row:
    typed = {column.name: "" for column in columns}
    typed |= {column.name: tidy(cell) for column, cell in zip(wanted, cells, strict=False) if column}
    return row_of(line_no, typed, columns)


def row_of(line_no: int, typed: Mapping[str, str], columns: Sequence[Column]) -> Row:
    """A row from its cells as they were typed."""
    return Row(line_no, {column.name: column.read(typed[column.name]) for column in columns}, dict(typed))


def _names(columns: Collection[Column]) -> list[str]:
    return list(dict.fromkeys(column.name for column in columns if column.needed))


_WORKBOOK = _("Save the sheet as XLSX or “CSV UTF-8”.")
_WHOLE = _("Part of the file may be missing. Save it again and compare the last lines.")
_WORDS: dict[str, tuple[Any, Any]] = {
    "empty": (_("The file is empty."), _("Choose the file again.")),
    "old_excel": (
        _("This is an old Excel file, or a web page that is named so."),
        _("Save it as XLSX and take that in."),
    ),
    "not_utf8": (
        _("Line %(line)s is not UTF-8 text."),
        _("Save the file as “CSV UTF-8” and take it in again."),
    ),
    "not_text": (_("This is not a text table."), _("Save the sheet as “CSV UTF-8” and take that in.")),
    "quotation": (
        _("Line %(line)s opens a quotation mark that is not closed as it should be."),
        _WHOLE,
    ),
    "workbook_damaged": (_("This file is no workbook that can be read."), _WORKBOOK),
    "workbook_not": (_("This file is no workbook that can be read."), _WORKBOOK),
    "workbook_large": (_("The workbook is too large."), _("Leave only the sheet with the table.")),
    "workbook_far": (
        _("The workbook has a cell far away from the table: %(cell)s."),
        _("Delete what stands there, or copy the table into a new workbook."),
    ),
    "workbook_declares": (
        _("The workbook holds declarations that no spreadsheet program writes."),
        _("Copy the table into a new workbook."),
    ),
    BROKE: (_("This file is no workbook that can be read."), _WORKBOOK),
    TOO_MUCH: (_("The workbook is too large."), _("Leave only the sheet with the table.")),
}


def _refused(why: Unreadable) -> TableRefused:
    if why.code not in _WORDS:
        refusal = refusal_of(why)
        return TableRefused(refusal.text, refusal.remedy)
    text, remedy = _WORDS[why.code]
    return TableRefused(text % why.values if why.values else text, remedy, line_no=why.values.get("line"))


def read_csv(
    source: Path | str | bytes,
    *,
    columns: Sequence[str],
    optional: Collection[str] = (),
    key: str | Sequence[str] = (),
) -> list[Row]:
    """Read a CSV from a path or from bytes, strictly: no unknown column, no row that is too short or too long.

    The heading must have all of `columns` and may have the `optional` ones, in any order; an absent optional
    column reads as "". `key` names the column, or columns together, in which no two rows may be alike.
    Raises TableRefused; nothing is guessed.
    """
    try:
        text = grid.decoded(source if isinstance(source, bytes) else Path(source).read_bytes())
        stripped = [(line, [cell.strip() for cell in cells]) for line, cells in grid.lines(_normal(text))]
    except Unreadable as why:
        raise _refused(why) from None
    lines = iter(stripped)
    header = _header(lines, columns, optional)
    absent = {column: "" for column in optional if column not in header}
    rows = [
        Row(line_no, dict(zip(header, cells, strict=True)) | absent)
        for line_no, cells in _full(lines, header)
    ]
    _no_doubles(rows, (key,) if isinstance(key, str) else tuple(key))
    return rows


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text)


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
