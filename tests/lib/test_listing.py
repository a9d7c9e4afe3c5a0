"""One way for every list: words in any order and without marks, the Latvian order, pages, and the same as a table."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import RequestFactory

from celabiedrs.lib.look.listing import LENGTH, Column, Listing
from celabiedrs.lib.ordering import latvian

NAMES = ["Zane Āboliņa", "Aija Ozola", "Ēriks Bērziņš", "Čiekurs Cālis", "Cilda Žagata"]
COLUMNS = (
    Column[str]("name", "Vārds", lambda row: row),
    Column[str]("letters", "Burti", lambda row: len(row) if row[0] != "A" else None),
)


def listing(query: str = "", words: str = "", names: list[str] = NAMES) -> Listing[str]:
    request: Any = RequestFactory().get(f"/saraksts/?s=k&{query}")
    request.session = {"searched": {"k": words}}
    return Listing(request, names, COLUMNS, text=str)


def test_words_are_found_without_marks_and_in_any_order() -> None:
    assert listing(words="abolina zane").rows == ["Zane Āboliņa"]
    assert listing(words="nav tāda").rows == [] and listing(words="nav tāda").any_at_all


def test_the_order_is_latvian_and_turns_round() -> None:
    assert listing("sort=name").rows == [
        "Aija Ozola", "Cilda Žagata", "Čiekurs Cālis", "Ēriks Bērziņš", "Zane Āboliņa",
    ]  # fmt: skip
    head = listing("sort=name").heads[0]
    assert head.sorted == "ascending" and "sort=-name" in head.url
    assert listing("sort=-name").rows[0] == "Zane Āboliņa"


@pytest.mark.parametrize("sort", ["letters", "-letters"])
def test_what_says_nothing_stands_last(sort: str) -> None:
    assert listing(f"sort={sort}").rows[-1] == "Aija Ozola"


def test_pages_and_the_table_of_all_of_them() -> None:
    names = [f"Vārds {number}" for number in range(LENGTH + 5)]
    listed = listing("page=2&table=xlsx", names=names)
    assert len(listed.rows) == 5 and listed.pager.paginator.num_pages == 2
    answer = listed.table("saraksts.xlsx")
    assert answer is not None
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[1]] == ["Vārds", "Burti"] and sheet.max_row == LENGTH + 6
    assert listing("page=2", names=names).table("saraksts.xlsx") is None


def test_a_search_carries_the_filters_on_and_not_the_page() -> None:
    assert listing("state=active&sort=name&page=3").kept == [("state", "active"), ("sort", "name")]


def test_long_vowels_stand_by_short_ones_and_other_marks_after() -> None:
    assert sorted(["ābele", "abola", "cilvēks", "čiekurs", "cālis"], key=latvian) == [
        "ābele", "abola", "cālis", "cilvēks", "čiekurs",
    ]  # fmt: skip
