"""When somebody is reminded: working days, holidays, the week's letter."""

from datetime import date, datetime

import pytest

from celabiedrs.rules.calendar import RIGA, Break, Calendar, ClassGroup, Semester, Stage
from celabiedrs.rules.holidays import easter, is_working_day, public_holidays, working_days_after
from celabiedrs.rules.reminding import (
    last_digest,
    meeting_missed_from,
    meetings_rest,
    month_late_from,
    next_meeting,
    period,
    turn,
)

CALENDAR = Calendar(
    [
        Semester("2026/27", 1, ClassGroup.GENERAL, date(2026, 9, 1), date(2026, 12, 18)),
        Semester("2026/27", 2, ClassGroup.GENERAL, date(2027, 1, 4), date(2027, 5, 31)),
    ],
    [Break("2026/27", "autumn", date(2026, 10, 19), date(2026, 10, 23))],
)


@pytest.mark.parametrize(
    ("year", "sunday"), [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))]
)
def test_easter_is_where_the_almanac_has_it(year: int, sunday: tuple[int, int]) -> None:
    assert easter(year) == date(year, *sunday)


def test_the_public_holidays_of_2026() -> None:
    expected = [
        "01-01",
        "04-03",
        "04-06",
        "05-01",
        "05-04",
        "06-23",
        "06-24",
        "11-18",
        "12-24",
        "12-25",
        "12-26",
        "12-31",
    ]
    assert [f"{day:%m-%d}" for day in sorted(public_holidays(2026))] == expected


def test_a_holiday_of_the_state_on_a_weekend_frees_the_monday_after() -> None:
    """18.11.2028. is a Saturday."""
    assert date(2028, 11, 20) in public_holidays(2028)
    assert not is_working_day(date(2028, 11, 20))
    assert is_working_day(date(2028, 11, 21))


@pytest.mark.parametrize(
    ("planned", "missed"),
    [
        ("2026-10-12", "2026-10-14"),  # a Monday
        ("2026-10-15", "2026-10-19"),  # a Thursday: over the weekend
        ("2026-10-17", "2026-10-20"),  # a Saturday
        ("2026-11-16", "2026-11-19"),  # over 18 November
    ],
)
def test_a_meeting_is_missed_two_working_days_after_it_was_planned(planned: str, missed: str) -> None:
    assert meeting_missed_from(date.fromisoformat(planned)) == date.fromisoformat(missed)
    assert working_days_after(date.fromisoformat(planned), 2) == date.fromisoformat(missed)


@pytest.mark.parametrize(
    ("day", "rest"),
    [
        ("2026-10-16", False),
        ("2026-10-19", True),  # autumn holidays
        ("2026-10-23", True),
        ("2026-10-24", False),
        ("2026-12-18", False),
        ("2026-12-19", True),  # between the semesters
        ("2027-01-04", False),
        ("2027-06-01", True),  # summer
    ],
)
def test_nobody_is_asked_about_meetings_in_holidays(day: str, rest: bool) -> None:
    assert meetings_rest(date.fromisoformat(day), CALENDAR, Stage(school_class=8), None) is rest


@pytest.mark.parametrize(
    ("now", "digest"),
    [
        ("2026-10-12 06:59", "2026-10-05 07:00"),
        ("2026-10-12 07:00", "2026-10-12 07:00"),
        ("2026-10-18 23:59", "2026-10-12 07:00"),
        ("2026-10-26 07:00", "2026-10-26 07:00"),  # the first Monday of winter time
    ],
)
def test_the_letter_of_the_week_is_due_on_monday_at_seven_in_riga(now: str, digest: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=RIGA)
    assert last_digest(moment) == datetime.fromisoformat(digest).replace(tzinfo=RIGA)


def test_a_reminder_comes_again_every_week_and_not_for_ever() -> None:
    since = date(2026, 11, 3)
    turns = [turn(since, date.fromordinal(since.toordinal() + days), 7) for days in (-1, 0, 6, 7, 55, 56)]
    assert turns == [None, 0, 0, 1, 7, None]


def test_a_period_of_seven_days_begins_on_monday() -> None:
    sunday, monday = date(2026, 10, 11), date(2026, 10, 12)
    assert period(monday, 7) == period(sunday, 7) + 1
    assert period(date(2026, 10, 18), 7) == period(monday, 7)


def test_october_is_late_from_the_third_of_november() -> None:
    assert month_late_from(date(2026, 10, 1)) == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("day", "start", "clauses"),
    [
        ("2026-10-12", "", []),
        ("2026-12-18", "15:00", []),
        ("2026-10-11", "", ["LOG-1"]),
        ("2026-12-19", "", ["IAP-2"]),
        ("", "", ["LOG-1"]),
        ("2026-10-12", "after school", ["LOG-1"]),
    ],
)
def test_a_planned_meeting_lies_ahead_and_within_the_plan(day: str, start: str, clauses: list[str]) -> None:
    found = next_meeting(day=day, start=start, today=date(2026, 10, 12), last_day=date(2026, 12, 18))
    assert [finding.clause for finding in found] == clauses
