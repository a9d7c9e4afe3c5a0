"""Hours, days and times of day as people type them (LOG-2, LOG-4, LOG-5)."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from celabiedrs.rules.breach import Breach
from celabiedrs.rules.reading import (
    READERS,
    clean_text,
    read_clock,
    read_day,
    read_integer,
    read_money,
    read_month,
    read_text,
    whole_hours,
    why_unread,
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
        ("12.  10. 2026", date(2026, 10, 12)),
        ("12.\u00a010.\u202f2026.", date(2026, 10, 12)),
        ("12.10.2026. g.", date(2026, 10, 12)),
        ("2026-10-12 00:00:00", date(2026, 10, 12)),
        ("2026\u201110\u201112", date(2026, 10, 12)),
        ("٢٠٢٦-١٠-١٢", date(2026, 10, 12)),
        ("\ufeff12.10.2026.", date(2026, 10, 12)),
        ("12. oktobris 2026", date(2026, 10, 12)),
        ("2026. gada 12. oktobrī", date(2026, 10, 12)),
        ("12 Oct 2026", date(2026, 10, 12)),
        ("12. jūnijā 2026", date(2026, 6, 12)),
        ("12.10.26", None),
        ("12.10.26.", None),
        ("02/04/1990", None),
        ("32965", None),
        ("12. maize 2026", None),
        ("2026-10-12 15:00", date(2026, 10, 12)),
        ("12.10.2026. 9:30", date(2026, 10, 12)),
        ("2026-10-12T15:00:07.5", date(2026, 10, 12)),
        ("2026-10-12 rīts", None),
        ("31.12.1899.", None),
        ("1.1.2201.", None),
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
        ("15", time(15)),
        ("15.", time(15)),
        ("15h", time(15)),
        ("930", time(9, 30)),
        ("1500", time(15)),
        ("15,00", time(15)),
        ("plkst. 15.00.", time(15)),
        ("١٥:٠٠", time(15)),
        (15, time(15)),
        (900, time(9)),
        (True, None),
        (-3, None),
        ("25", None),
        ("2460", None),
        ("15000", None),
        ("15:60", None),
        ("", None),
        (None, None),
        ("trijos", None),
    ],
)
def test_a_time_of_day_is_read_or_nothing(raw: object, clock: time | None) -> None:
    assert read_clock(raw) == clock


@pytest.mark.parametrize(
    "raw",
    [
        "2026-10", "10.2026", "10.2026.", " 10. 2026. ", "oktobris 2026", "Oktobrī 2026", "2026. gada oktobris",
        "2026.gada oktobrī", "October 2026", "2026-10-05", "05.10.2026.", date(2026, 10, 31), "2026\u201310",
    ],
)  # fmt: skip
def test_a_month_is_its_first_day(raw: object) -> None:
    assert read_month(raw) == date(2026, 10, 1)


@pytest.mark.parametrize("raw", ["2026-13", "oktobris", "", None, 202610, "10.26", "maize 2026", "1.1850"])
def test_what_names_no_month_is_none(raw: object) -> None:
    assert read_month(raw) is None


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        ("11.40", "11.40"), ("11,4", "11.40"), (Decimal("11.40"), "11.40"), (12, "12.00"), ("57,00 €", "57.00"),
        ("€57.00", "57.00"), ("57 EUR", "57.00"), ("1 234,50", "1234.50"), ("1\u00a0234,50", "1234.50"),
        ("1\u202f234,50\u00a0€", "1234.50"), ("1234,5", "1234.50"), ("٥٧", "57.00"),
    ],
)  # fmt: skip
def test_money_is_read_however_the_clerk_writes_it(raw: object, amount: str) -> None:
    assert read_money(raw) == Decimal(amount) and str(read_money(raw)) == amount


@pytest.mark.parametrize(
    "raw",
    [
        11.4, "11.401", "0", "-1", "", None, True, "1e2", "NaN", "11 USD", "0,00", "1.234,50", "1.234", "12 34,50",
        "5,7,0", "57,005", "12345678", "€", Decimal("11.401"),
    ],
)  # fmt: skip
def test_money_is_never_rounded_guessed_or_a_float(raw: object) -> None:
    assert read_money(raw) is None


def test_text_of_invisible_signs_is_empty_and_letters_are_composed() -> None:
    assert read_text("\u200b \u00a0\t") == ""
    assert read_text(" Ma\u0304ja ") == "Māja"
    assert read_text(None) == read_text(True) == read_text(["a"]) == ""


def test_integers_may_have_zeros_behind_the_comma_and_are_no_truth_values() -> None:
    assert [read_integer(raw) for raw in ("36", "36,0", "36.0", 36.0, " 36 ", "٣٦")] == [36] * 6
    assert [read_integer(raw) for raw in (True, "36,5", 36.5, "", None, "daudz", "36 st.", "²")] == [None] * 8


def test_text_loses_controls_and_what_nobody_sees_but_keeps_its_lines() -> None:
    assert (
        clean_text("a\u0304\x00\x07\u202e b\r\nc ") == read_text("a\u0304\x00\x07\u202e b\r\nc ") == "ā b\nc"
    )
    assert read_text("anna3@piemers.lv\u200b") == "anna3@piemers.lv"
    assert read_text("\U0001f469\u200d\U0001f33e") == "\U0001f469\u200d\U0001f33e"


@pytest.mark.parametrize(
    ("kind", "raw", "word"),
    [
        ("day", "12.10.26", "four digits"), ("day", "02/04/1990", "which the month"), ("day", "rīt", "not a day"),
        ("day", "30.02.2026.", "not a day"), ("month", "10.26", "not a month"), ("clock", "trijos", "time of day"),
        ("money", "1.234,50", "not an amount"), ("number", "36,5", "whole number"), ("day", 32965, "not a day"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_a_word(kind: str, raw: object, word: str) -> None:
    said = why_unread(kind, raw)
    assert said is not None and word in said[0] and said[1] == str(raw)


def test_what_is_read_or_absent_needs_no_word() -> None:
    for raw in ("12.10.2026.", "", "  ", None, True):
        assert why_unread("day", raw) is None


DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(DAYS, st.sampled_from(["", " ", "  ", "\u00a0", "\u202f"]), st.booleans())
def test_every_day_is_read_in_every_dress(day: date, gap: str, dot: bool) -> None:
    latvian = f"{day.day}.{gap}{day.month:02}.{gap}{day.year}{'.' if dot else ''}"
    assert read_day(latvian) == read_day(day.isoformat()) == read_day(f"{gap}{latvian}{gap}") == day
    assert (
        read_month(f"{day.month}.{gap}{day.year}{'.' if dot else ''}")
        == read_month(latvian)
        == day.replace(day=1)
    )


@given(st.times())
def test_every_time_of_day_is_read_with_a_colon_a_stop_a_comma_or_nothing(at: time) -> None:
    read = at.replace(second=0, microsecond=0)
    assert {read_clock(f"{at:%H}{mark}{at:%M}") for mark in (":", ".", ",", "")} == {read}


@given(st.decimals("0.01", "9999999.99", places=2), st.sampled_from([" ", "\u00a0", "\u202f"]))
def test_every_amount_is_read_as_it_is_shown(amount: Decimal, gap: str) -> None:
    grouped = f"{amount:,.2f}".replace(",", gap).replace(".", ",")
    assert read_money(grouped) == read_money(f"{grouped}{gap}€") == read_money(f"{amount}") == amount


@given(st.text(max_size=30) | st.integers() | st.floats() | st.none() | st.booleans())
def test_nothing_that_is_typed_breaks_a_reader(raw: object) -> None:
    for kind, reader in READERS.items():
        read = reader(raw)
        said = why_unread(kind, raw)
        assert read is None or said is None
    whole_hours(raw, day=DAY)
    read_text(raw)
