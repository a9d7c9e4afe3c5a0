"""Which semester a day is in, for whom (CAL-1 … CAL-5, CON-2), and birthdays."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from celabiedrs.rules.calendar import (
    RIGA,
    Calendar,
    Override,
    Period,
    Stage,
    Where,
    birthday,
    month_end,
    months_later,
    of_age,
    parse_label,
    riga_day,
    school_year_of,
)
from tests.cast.rules import CALENDAR, CLASS_8, shipped

NINE, TWELVE, COURSE_1 = Stage(school_class=9), Stage(school_class=12), Stage(course=1)


@pytest.mark.parametrize(
    ("day", "stage", "where"),
    [
        ("2025-08-31", CLASS_8, "unknown"),
        ("2025-09-01", CLASS_8, "semester"),
        ("2025-12-19", CLASS_8, "semester"),
        ("2025-12-20", CLASS_8, "between"),
        ("2025-12-21", CLASS_8, "between"),
        ("2026-01-04", CLASS_8, "between"),
        ("2026-01-05", CLASS_8, "semester"),
        ("2026-05-29", CLASS_8, "semester"),
        ("2026-05-30", CLASS_8, "summer"),
        ("2026-06-12", NINE, "semester"),
        ("2026-06-13", NINE, "summer"),
        ("2026-06-19", TWELVE, "semester"),
        ("2026-06-20", TWELVE, "summer"),
        ("2026-08-31", CLASS_8, "summer"),
        ("2026-09-01", CLASS_8, "semester"),
        ("2026-10-21", CLASS_8, "semester"),
        ("2026-11-18", CLASS_8, "semester"),
        ("2026-10-25", CLASS_8, "semester"),
        ("2026-12-18", CLASS_8, "semester"),
        ("2026-12-19", CLASS_8, "between"),
        ("2027-01-03", CLASS_8, "between"),
        ("2027-01-04", CLASS_8, "semester"),
        ("2027-05-31", CLASS_8, "semester"),
        ("2027-06-01", CLASS_8, "summer"),
        ("2027-06-11", NINE, "semester"),
        ("2027-06-12", NINE, "summer"),
        ("2027-06-18", TWELVE, "semester"),
        ("2027-05-31", COURSE_1, "semester"),
        ("2027-06-01", COURSE_1, "summer"),
        ("2027-08-31", CLASS_8, "summer"),
        ("2027-09-01", CLASS_8, "unknown"),
    ],
)
def test_each_border_day_is_where_the_regulation_puts_it(day: str, stage: Stage, where: str) -> None:
    assert CALENDAR.where(date.fromisoformat(day), stage).where == where


def test_a_course_without_own_dates_has_the_general_ones_marked_as_assumed() -> None:
    assert CALENDAR.semester_for("2026/27-2", COURSE_1, "college") == Period(
        "2026/27-2", date(2027, 1, 4), date(2027, 5, 31), assumed=True
    )
    assert not CALENDAR.semester_for("2026/27-2", NINE, "school").assumed  # type: ignore[union-attr]


def test_a_college_that_has_set_its_semester_moves_its_own_learners_only() -> None:
    calendar = shipped(Override("college", "2026/27-1", date(2026, 8, 27), date(2026, 12, 23)))
    assert calendar.semester_for("2026/27-1", COURSE_1, "college") == Period(
        "2026/27-1", date(2026, 8, 27), date(2026, 12, 23)
    )
    for day in (date(2026, 8, 27), date(2026, 12, 23)):
        assert calendar.where(day, COURSE_1, "college").where is Where.SEMESTER
        assert calendar.where(day, COURSE_1, "other").where is not Where.SEMESTER
    assert calendar.where(date(2026, 8, 26), COURSE_1, "college").where is Where.SUMMER
    assert calendar.where(date(2026, 12, 24), COURSE_1, "college").where is Where.BETWEEN


def test_a_contract_runs_to_the_class_that_ends_last_or_to_the_own_end_of_an_institution() -> None:
    both = ("2026/27-2", "2026/27-1")
    assert CALENDAR.contract_span(both) == Period("2026/27-1…2026/27-2", date(2026, 9, 1), date(2027, 6, 18))
    calendar = shipped(Override("college", "2026/27-1", date(2026, 9, 1), date(2026, 12, 23)))
    assert calendar.latest_end("2026/27-1", ("school",)) == date(2026, 12, 18)
    assert calendar.latest_end("2026/27-1", ("school", "college")) == date(2026, 12, 23)
    early = shipped(Override("college", "2026/27-1", date(2026, 9, 1), date(2026, 12, 11)))
    assert early.latest_end("2026/27-1", ("college",)) == date(2026, 12, 18)
    for labels in ((), ("2027/28-1",), ("2026/27-1", "autumn"), ("2026/27-3",)):
        assert CALENDAR.contract_span(labels) is None


@pytest.mark.parametrize(
    "raw", ["2026/28-1", "2026/27-0", "2026/27-3", "2026/27", "2026-1", "", None, 1, "2026/27-1 x", "26/27-1"]
)
def test_a_malformed_label_is_no_semester(raw: object) -> None:
    assert parse_label(raw) is None
    assert not CALENDAR.knows(raw)
    assert CALENDAR.semester_for(raw, CLASS_8) is None


def test_labels_and_school_years() -> None:
    assert str(parse_label("2099/00-2")) == "2099/00-2"
    assert CALENDAR.labels() == ("2025/26-1", "2025/26-2", "2026/27-1", "2026/27-2")
    assert school_year_of(date(2026, 8, 31)) == "2025/26" and school_year_of(date(2026, 9, 1)) == "2026/27"
    assert CALENDAR.summer_ends("2026/27-2") == date(2027, 8, 31)
    assert CALENDAR.summer_ends("2026/27-1") is None
    assert Calendar().where(date(2026, 10, 1), CLASS_8).where is Where.UNKNOWN


def test_who_is_born_on_29_february_has_the_birthday_on_1_march_in_other_years() -> None:
    born = date(2012, 2, 29)
    assert birthday(born, 13) == date(2025, 3, 1)
    assert birthday(born, 16) == date(2028, 2, 29)
    assert not of_age(born, 18, date(2030, 2, 28)) and of_age(born, 18, date(2030, 3, 1))


def test_the_same_day_months_later_is_clipped_to_a_shorter_month() -> None:
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert months_later(date(2026, 12, 1), 1) == date(2027, 1, 1)
    assert month_end(date(2028, 2, 3)) == date(2028, 2, 29)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 240))
def test_months_later_keeps_the_day_or_takes_the_last_one(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == min(day.day, month_end(later).day)


@given(st.dates(date(2024, 9, 1), date(2028, 8, 31)), st.sampled_from([CLASS_8, NINE, TWELVE, COURSE_1]))
def test_a_day_is_in_a_semester_exactly_when_that_semester_holds_it(day: date, stage: Stage) -> None:
    spot = CALENDAR.where(day, stage)
    periods = [CALENDAR.semester_for(label, stage) for label in CALENDAR.labels()]
    inside = [period for period in periods if period and day in period]
    assert (spot.where is Where.SEMESTER) == bool(inside)
    assert spot.period == (inside[0] if inside else None)


def test_half_past_midnight_in_riga_is_the_new_day() -> None:
    moment = datetime(2026, 10, 16, 0, 30, tzinfo=RIGA)
    assert riga_day(moment) == date(2026, 10, 16)
    assert riga_day(moment - timedelta(hours=1)) == date(2026, 10, 15)
