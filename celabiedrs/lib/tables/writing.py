"""Tables out: CSV for the spreadsheets of Latvia, and XLSX. Numbers stay numbers; no cell is a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, TypeAlias

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from celabiedrs.lib.clock import RIGA

if TYPE_CHECKING:
    import xlsxwriter

Cell: TypeAlias = str | int | Decimal | date | datetime | None
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
MADE_ON = datetime(2026, 1, 1)  # noqa: DTZ001 – a workbook knows no zone
WIDEST = 60


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a mark at the start, semicolons, comma for the decimals: Excel in Latvian opens it as it is.

    Text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_harmless(name) for name in header])
    writer.writerows([_as_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """The CSV as a download called `name`."""
    return _download(csv_bytes(header, rows), name, CSV)


def xlsx_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str = "Lapa1") -> bytes:
    """One sheet with a frozen heading, filters, real days, money with two places. Same rows, same bytes."""
    return workbook_bytes([(sheet, header, rows)])


def workbook_bytes(sheets: Sequence[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]]) -> bytes:
    """The same of several sheets: name, heading and rows of each."""
    import xlsxwriter  # slow to load, seldom asked for (S10)

    out = BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": MADE_ON, "title": sheets[0][0]})
    for name, header, rows in sheets:
        _fill(book, name, header, [list(row) for row in rows])
    book.close()
    return out.getvalue()


def xlsx_response(
    name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str = "Lapa1"
) -> HttpResponse:
    """The XLSX as a download called `name`."""
    return _download(xlsx_bytes(header, rows, sheet=sheet), name, XLSX)


def workbook_response(
    name: str, sheets: Sequence[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]]
) -> HttpResponse:
    """The workbook as a download called `name`."""
    return _download(workbook_bytes(sheets), name, XLSX)


def _fill(book: "xlsxwriter.Workbook", name: str, header: Sequence[str], rows: list[list[Cell]]) -> None:
    page = book.add_worksheet(name[:31])
    heading = book.add_format(
        {"bold": True, "bg_color": "#F1F4F6", "bottom": 1, "text_wrap": True, "valign": "top"}
    )
    formats = {
        "day": book.add_format({"num_format": "dd.mm.yyyy."}),
        "moment": book.add_format({"num_format": "dd.mm.yyyy. hh:mm"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
    }
    page.freeze_panes(1, 0)
    for column, width in enumerate(_widths(header, rows)):
        page.set_column(column, column, width)
    for column, title in enumerate(header):
        page.write_string(0, column, title, heading)
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            _write(page, line, column, cell, formats)
    if header:
        page.autofilter(0, 0, max(len(rows), 1), len(header) - 1)


def _write(
    page: "xlsxwriter.worksheet.Worksheet", line: int, column: int, cell: Cell, formats: dict[str, object]
) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        page.write_string(line, column, cell)
    elif isinstance(cell, datetime):
        page.write_datetime(line, column, cell.astimezone(RIGA).replace(tzinfo=None), formats["moment"])
    elif isinstance(cell, date):
        page.write_datetime(line, column, cell, formats["day"])
    elif isinstance(cell, Decimal):
        page.write_number(line, column, cell, formats["money"])
    else:
        page.write_number(line, column, cell)


def _widths(header: Sequence[str], rows: list[list[Cell]]) -> list[int]:
    widths = [len(title) for title in header]
    for row in rows:
        for column, cell in enumerate(row[: len(widths)]):
            widths[column] = max(widths[column], len(_as_text(cell)))
    return [min(max(width + 2, 8), WIDEST) for width in widths]


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _harmless(cell)
    if isinstance(cell, datetime):
        return cell.astimezone(RIGA).strftime("%d.%m.%Y. %H:%M")
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y.")
    if isinstance(cell, Decimal):
        return f"{cell:.2f}".replace(".", ",")
    return str(cell)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _download(content: bytes, name: str, media_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
