"""Hours, days and times of day as people type them (LOG-2, LOG-4, LOG-5)."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from celabiedrs.rules.breach import Breach
from celabiedrs.rules.reading import (
    read_clock,
    read_day,
    read_integer,
    read_money,
    read_month,
    read_text,
    whole_hours,
)

DAY = date(2026, 10, 6)


@pytest.mark.parametrize(
    ("raw", "hours"),
    [
        (1, 1),
        (24, 24),
        ("2", 2),
        (" 2 ", 2),
        ("+2", 2),
        ("1.0", 1),
        ("2,0", 2),
        ("2,00", 2),
        (2.0, 2),
        (Decimal("3.0"), 3),
        ("٢", 2),
        ("２", 2),
        ("2 st.", 2),
        ("2st", 2),
        ("1 stunda", 1),
        ("3 stundas", 3),
        ("2 h", 2),
    ],
)
def test_whole_hours_are_read_however_they_are_written(raw: object, hours: int) -> None:
    assert whole_hours(raw, day=DAY) == hours


@pytest.mark.parametrize(
    ("raw", "clause"),
    [
        ("1,5", "LOG-5"),
        ("1.5", "LOG-5"),
        (1.5, "LOG-5"),
        ("½", "LOG-5"),
        ("1½", "LOG-5"),
        ("1/2", "LOG-5"),
        (".5", "LOG-5"),
        ("0,5", "LOG-5"),
        ("٢٫٥", "LOG-5"),
        ("2,5 st.", "LOG-5"),
        (Decimal("0.5"), "LOG-5"),
        (0, "LOG-4"),
        ("0", "LOG-4"),
        ("0,0", "LOG-4"),
        (-1, "LOG-4"),
        ("-2", "LOG-4"),
        (None, "LOG-4"),
        ("", "LOG-4"),
        ("  ", "LOG-4"),
        ("abc", "LOG-4"),
        ("1e3", "LOG-4"),
        (True, "LOG-4"),
        (False, "LOG-4"),
        (25, "LOG-4"),
        (10**30, "LOG-4"),
        ("9" * 5000, "LOG-4"),
        (float("nan"), "LOG-4"),
        (float("inf"), "LOG-4"),
        ([2], "LOG-4"),
        ("1:20", "LOG-4"),
        ("²", "LOG-4"),
        ("=2", "LOG-4"),
    ],
)
def test_what_is_no_whole_number_of_hours_is_refused_by_its_clause(raw: object, clause: str) -> None:
    read = whole_hours(raw, day=DAY)
    assert isinstance(read, Breach) and read.clause == clause


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        (date(2026, 10, 12), date(2026, 10, 12)),
        ("2026-10-12", date(2026, 10, 12)),
        ("12.10.2026.", date(2026, 10, 12)),
        (" 12.10.2026 ", date(2026, 10, 12)),
        ("2028-02-29", date(2028, 2, 29)),
        ("2027-02-29", None),
        ("31.04.2027", None),
        ("12.10.26", None),
        ("20261012", None),
        (20261012, None),
        ("0001-01-01", None),
        (datetime(2026, 10, 12, 15), None),
        ("rīt", None),
        ("", None),
        (None, None),
        (True, None),
    ],
)
def test_a_day_is_a_full_date_or_nothing(raw: object, day: date | None) -> None:
    assert read_day(raw) == day


@pytest.mark.parametrize(
    ("raw", "clock"),
    [
        ("15:00", time(15)),
        ("9:05", time(9, 5)),
        ("15.30", time(15, 30)),
        ("15:00:00", time(15)),
        (time(8), time(8)),
        ("24:00", None),
        ("15", None),
        (900, None),
        ("15:60", None),
        ("", None),
        (None, None),
        ("trijos", None),
    ],
)
def test_a_time_of_day_is_read_or_nothing(raw: object, clock: time | None) -> None:
    assert read_clock(raw) == clock


def test_a_month_is_its_first_day() -> None:
    assert read_month("2026-10") == read_month(date(2026, 10, 31)) == date(2026, 10, 1)
    assert [read_month(raw) for raw in ("2026-13", "oktobris", "", None, 202610)] == [None] * 5


def test_money_has_two_places_and_is_never_a_float() -> None:
    assert read_money("11.40") == read_money("11,4") == read_money(Decimal("11.40")) == Decimal("11.40")
    assert read_money(12) == Decimal("12.00")
    for raw in (11.4, "11.401", "0", "-1", "", None, True, "1e2", "NaN", "11 EUR", "0,00"):
        assert read_money(raw) is None


def test_text_of_invisible_signs_is_empty_and_letters_are_composed() -> None:
    assert read_text("\u200b \u00a0\t") == ""
    assert read_text(" Ma\u0304ja ") == "Māja"
    assert read_text(None) == read_text(True) == read_text(["a"]) == ""


def test_integers_are_not_truth_values() -> None:
    assert read_integer("36") == 36
    assert read_integer(True) is None and read_integer("36,0") is None and read_integer(36.0) is None
