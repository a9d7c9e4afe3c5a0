"""Tables out that harm nobody; tables in that are read whole or refused with the place."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.utils import translation

from celabiedrs.lib.tables.reading import TableRefused, read_csv
from celabiedrs.lib.tables.writing import csv_bytes, csv_response, xlsx_bytes

HEADER = ("Vārds", "Stundas", "Summa", "Diena")
ROWS = [("Ieva; Šķēle", 12, Decimal("57.00"), date(2026, 10, 12)), ("=1+1", -3, Decimal("-1.5"), None)]


def test_a_csv_opens_in_latvian_excel() -> None:
    assert (
        csv_bytes(HEADER, ROWS)
        == (
            '\ufeffVārds;Stundas;Summa;Diena\r\n"Ieva; Šķēle";12;57,00;12.10.2026.\r\n\'=1+1;-3;-1,50;\r\n'
        ).encode()
    )


@pytest.mark.parametrize("text", ["=1+1", "+371", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_text_never_becomes_a_formula(text: str) -> None:
    assert csv_bytes(("a",), [(text,)]).decode("utf-8-sig").splitlines()[1].lstrip('"').startswith("'")
    cell = openpyxl.load_workbook(BytesIO(xlsx_bytes(("a",), [(text,)])))["Lapa1"]["A2"]
    assert cell.data_type == "s"


def test_numbers_and_days_stay_what_they_are_in_xlsx() -> None:
    page = openpyxl.load_workbook(BytesIO(xlsx_bytes(HEADER, ROWS, sheet="Oktobris")))["Oktobris"]
    assert [cell.value for cell in page[1]] == list(HEADER)
    assert [cell.value for cell in page[2]] == ["Ieva; Šķēle", 12, 57, datetime(2026, 10, 12)]
    assert page["C2"].number_format == "#,##0.00"
    assert page["B3"].value == -3


def test_the_same_rows_give_the_same_bytes() -> None:
    assert xlsx_bytes(HEADER, ROWS) == xlsx_bytes(HEADER, ROWS)
    assert b"2026-01-01" in xlsx_core(xlsx_bytes(HEADER, ROWS))


def xlsx_core(content: bytes) -> bytes:
    import zipfile

    return zipfile.ZipFile(BytesIO(content)).read("docProps/core.xml")


def test_moments_are_rigas() -> None:
    late = datetime(2026, 10, 31, 22, 30, tzinfo=UTC)
    assert "01.11.2026. 00:30" in csv_bytes(("a",), [(late,)]).decode("utf-8-sig")


def test_a_download_says_its_name() -> None:
    assert (
        "filename*=utf-8''algas%20p%C4%93c.csv"
        in csv_response("algas pēc.csv", ("a",), [])["Content-Disposition"]
    )


def test_mark_line_ends_semicolons_order_and_decomposed_letters_do_not_matter() -> None:
    plain = [row.cells for row in read_csv("key,name\n1,Ņina\n2,Āris\n".encode(), columns=("key", "name"))]
    assert plain == [{"key": "1", "name": "Ņina"}, {"key": "2", "name": "Āris"}]
    for other in (
        "\ufeffkey,name\r\n1,Ņina\r\n2,Āris",
        "name;key\nŅina;1\n\nĀris;2\n",
        'key , name\n"1", N\u0327ina\n2,Āris\n',
        "key,name\r1,Ņina\r2,Āris\r",
    ):
        assert [row.cells for row in read_csv(other.encode(), columns=("key", "name"))] == plain, other


def test_lines_are_counted_as_in_the_file() -> None:
    rows = read_csv(b'key,name\n1,"two\nlines"\n\n2,b\n', columns=("key", "name"), optional=("note",))
    assert [(row.line_no, row["note"]) for row in rows] == [(2, ""), (5, "")]


BAD = {
    "empty": (b"", None, "", "empty"),
    "only a mark": (b"\xef\xbb\xbf\n", None, "", "empty"),
    "missing column": (b"key,nam\n1,a\n", 1, "name", "name"),
    "unknown column": (b"key,name,shoe\n1,a,b\n", 1, "shoe", "shoe"),
    "column twice": (b"key,name,key\n1,a,b\n", 1, "key", "Twice"),
    "other encoding": ("key,name\n1,a\n2,Āris\n".encode("cp1257"), 3, "", "UTF-8"),
    "a workbook": (xlsx_bytes(("key",), []), None, "", "UTF-8"),
    "half a row": (b"key,name\n1,a\n2", 3, "name", "breaks off"),
    "open quotation": (b'key,name\n1,a\n2,"b', 3, "", "quotation"),
    "too many cells": (b"key,name\n1,a,b\n", 2, "", "instead of"),
    "same key": (b"key,name\n1,a\n2,b\n1,c\n", 4, "key", "same"),
}


@pytest.mark.parametrize(("content", "line_no", "column", "says"), BAD.values(), ids=BAD.keys())
def test_a_bad_table_is_refused_with_the_place_and_a_remedy(
    content: bytes, line_no: int | None, column: str, says: str
) -> None:
    with translation.override(None), pytest.raises(TableRefused) as refusal:
        read_csv(content, columns=("key", "name"), key="key")
    with translation.override("en"):
        assert says in str(refusal.value)
        assert str(refusal.value.remedy)
    if line_no is not None:
        assert refusal.value.line_no == line_no
    assert refusal.value.column == column


def test_without_a_key_rows_may_be_alike() -> None:
    assert len(read_csv(b"key,name\n1,a\n1,a\n", columns=("key", "name"))) == 2
