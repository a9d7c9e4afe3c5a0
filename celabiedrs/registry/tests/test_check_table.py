"""A table of mentors as spreadsheets make it, read without a database: what goes in, and what is said of the rest."""

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command

from celabiedrs.lib import clock
from celabiedrs.registry.reading.round_table import COLUMNS, EMAIL, PAPER, PHONE

HEADER = (*COLUMNS, PAPER, EMAIL, PHONE)
PAULA = ("Paula Lauka", "02.04.1990.", "vispārējā vidējā", "Rīga", "FLD-1", "12.12.2025.", "36", "1", "VI 1",
         "paula@piemers.lv", "20000101")  # fmt: skip


@pytest.fixture(autouse=True)
def the_twentieth_of_november() -> Iterator[None]:
    with clock.at(datetime(2026, 11, 20, 9, 0)):
        yield


def paula(**other: str) -> tuple[str, ...]:
    return tuple((dict(zip(HEADER, PAULA, strict=True)) | other).values())


def text(*rows: Iterable[str], head: str = "", sign: str = ";", end: str = "\r\n") -> str:
    return head + end.join(sign.join(row) for row in (HEADER, *rows)) + end


def book(*rows: Iterable[Any], above: int = 0, sheets: int = 1) -> bytes:
    made = openpyxl.Workbook()
    page = made.active if sheets == 1 else made.create_sheet("Saraksts")
    for place, row in enumerate((HEADER, *rows), 1 + above):
        for column, cell in enumerate(row, 1):
            page.cell(place, column, cell)
    if above:
        page.cell(1, 1, "1. mācību kārta")
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def cell(place: int, value: Any) -> tuple[Any, ...]:
    return (*PAULA[:place], value, *PAULA[place + 1 :])


def changed(content: bytes, part: str, before: bytes, after: bytes) -> bytes:
    """A workbook with one part written otherwise."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, body.replace(before, after) if name == part else body)
    return out.getvalue()


def checked(folder: Path, content: str | bytes) -> dict[str, Any]:
    path = folder / "table"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    out = StringIO()
    call_command("check-table", "mentors", str(path), "--json", stdout=out)
    (found,) = json.loads(out.getvalue())
    return found  # type: ignore[no-any-return]


LAUMA = paula(
    **{"apliecības numurs": "FLD-2", "e-pasts": "lauma@piemers.lv", "vārds un uzvārds": "Lauma Lauka"}
)
WHOLE = {
    "a mark and semicolons": "\ufeff" + text(PAULA),
    "tabs": text(PAULA, sign="\t"),
    "UTF-16 with tabs": text(PAULA, sign="\t").encode("utf-16"),
    "headings in capitals": text(PAULA).replace("vārds un uzvārds", "VĀRDS UN UZVĀRDS"),
    "headings with hard and double spaces": text(PAULA).replace("vārds un uzvārds", "vārds\u00a0 un  uzvārds"),
    "headings with invisible signs": "\u200b" + text(PAULA),
    "letters in two parts": text(PAULA).replace("ā", "a\u0304").replace("ī", "i\u0304"),
    "empty columns behind": text(PAULA).replace("tālrunis", "tālrunis;;;"),
    "a line that says sep": "sep=;\r\n" + text(PAULA),
    "a title above": "Mentoru saraksts;;;;;;;;;;\r\n" + text(PAULA),
    "line ends of an old Mac": text(PAULA, end="\r"),
    "a name over two lines": text(PAULA).replace("Paula Lauka", '"Paula\nLauka"'),
    "hard spaces around": text(paula(**{"vārds un uzvārds": "  Paula\u00a0 Lauka\u00a0 "})),
    "days with a time": text(cell(1, "1990-04-02 00:00:00"), LAUMA),
    "days with g.": text(cell(1, "02.04.1990. g.")),
    "days with a month in words": text(cell(1, "1990. gada 2. aprīlis")),
    "hours with a fraction of nothing": text(cell(6, "36,0"), LAUMA),
    "hours with a unit": text(cell(6, "36,00 st.")),
    "no cells for what may be left out": text(PAULA[:9]),
    "a municipality in short": text(cell(3, "Rīgas valstspilsēta un Mārupes nov./Ādažu novads")),
    "two addresses in one cell": text(paula(**{"e-pasts": "paula@piemers.lv; otra@piemers.lv"})),
    "no address by word": text(cell(9, "nav")),
    "a workbook": book(cell(1, date(1990, 4, 2))),
    "a title above the workbook": book(PAULA, above=2),
    "instructions on the first sheet": book(PAULA, sheets=2),
    "a day with a time in a workbook": book(cell(1, datetime(1990, 4, 2, 23, 0))),
    "numbers in a workbook": book((*PAULA[:4], 125, PAULA[5], 36, 1, "VI", "p@piemers.lv", 37120000123)),
}  # fmt: skip


@pytest.mark.parametrize("content", WHOLE.values(), ids=WHOLE.keys())
def test_what_cannot_change_the_meaning_does_not_matter(tmp_path: Path, content: str | bytes) -> None:
    found = checked(tmp_path, content)
    assert found["taken"], found


ROWS = {
    "02/04/1990": (text(cell(1, "02/04/1990")), "cannot be read: “02/04/1990”"),
    "a year of two digits": (text(cell(1, "02.04.90.")), "cannot be read: “02.04.90.”"),
    "no month": (text(cell(1, "1990. gada 2. maize")), "cannot be read: “1990. gada 2. maize”"),
    "a day as the number of Excel": (book(cell(1, 32965)), "cannot be read: “32965”"),
    "half an hour": (book(cell(6, 36.5)), "whole numbers: “36.5”"),
    "an error of Excel": (book(cell(9, "#N/A")), "cannot be read: “#N/A”"),
    "one unknown municipality": (text(cell(3, "Rīga, Mārupe")), "no municipality: “Mārupe”"),
    "a total": (text(("Kopā:", *[""] * 5, "36", *[""] * 4)), "a total and no person: “Kopā:”"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "says"), ROWS.values(), ids=ROWS.keys())
def test_what_would_have_to_be_guessed_is_refused_in_its_row_with_the_cell(
    tmp_path: Path, content: str | bytes, says: str
) -> None:
    (row,) = checked(tmp_path, content)["rows"]
    assert row["state"] == "refused" and says in " ".join(row["why"])


FILES = {
    "another encoding": (text(PAULA).encode("cp1257"), "Line 1 is not UTF-8"),
    "an old Excel file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old Excel file.*XLSX"),
    "a web page": ("<html><table></table></html>", "old Excel file, or a web page"),
    "only signs": (";;;\n", "empty"),
    "no headings": ("a;b\n1;2\n", "vārds un uzvārds"),
    "a column missing": (text(PAULA).replace("kārta", "kartīte"), "kārta"),
    "a cell too many": (text((*PAULA, "x")), "Line 2 has 12 cells"),
    "a far cell": (changed(book(PAULA), "xl/worksheets/sheet1.xml", b'r="A2"', b'r="XFD1048576"'), "XFD1048576"),
    "a declaration that swells": (
        changed(book(PAULA), "xl/workbook.xml", b"<workbook ", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook '), "declar"),
    "a Word document": (b"PK\x03\x04" + bytes(60), "no workbook"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "says"), FILES.values(), ids=FILES.keys())
def test_what_is_no_table_is_refused_whole_with_a_remedy(
    tmp_path: Path, content: str | bytes, says: str
) -> None:
    found = checked(tmp_path, content)
    assert not found["taken"] and not found["rows"]
    assert re.search(says, found["why"]), found["why"]


def test_each_row_says_whose_double_it_is(tmp_path: Path) -> None:
    number = checked(
        tmp_path,
        text(PAULA, paula(**{"apliecības numurs": "fld – 1", "e-pasts": "", "vārds un uzvārds": "A B"})),
    )
    assert [row["why"][0].split(".")[0] for row in number["rows"]] == [
        "The same certificate number as in row 3", "The same certificate number as in row 2"]  # fmt: skip
    person = checked(
        tmp_path,
        text(
            PAULA, paula(**{"apliecības numurs": "FLD-2", "e-pasts": "", "vārds un uzvārds": "LAUKA, Paula"})
        ),
    )
    assert [row["state"] for row in person["rows"]] == ["asked", "asked"]
    address = checked(tmp_path, text(PAULA, (*LAUMA[:9], "PAULA@piemers.lv", LAUMA[10])))
    assert [row["state"] for row in address["rows"]] == ["refused", "refused"]


def test_unknown_columns_are_named_and_left_out(tmp_path: Path) -> None:
    numbered = "Nr.p.k.;" + text(PAULA).replace("\r\nPaula", "\r\n1;Paula")
    assert checked(tmp_path, numbered)["left_out"] == ["Nr.p.k."]
    assert checked(tmp_path, book((*PAULA, "", "piezīme")))["left_out"] == ["…"]


def test_a_phone_that_a_spreadsheet_has_spoiled_goes_in_with_a_warning(tmp_path: Path) -> None:
    (row,) = checked(tmp_path, text(cell(10, "2.00E+07")))["rows"]
    assert row["taken"] and "“2.00E+07”" in row["warnings"][0]
