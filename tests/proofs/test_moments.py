"""R8: every moment lands in the right Riga day, month, semester and timesheet, whatever a clock does."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from celabiedrs.hours.models import Meeting
from celabiedrs.lib import clock
from celabiedrs.places.actions import load_calendar
from celabiedrs.places.facts import programme
from celabiedrs.rules.calendar import Stage, Where
from tests.cast.meetings import put_calendar, put_meeting, put_mentor, put_plan, put_school

# moment in UTC, its Riga day, its Riga month
MOMENTS = [
    # to summer time: 29.03.2026. 03:00 becomes 04:00 (01:00 UTC)
    ("2026-03-28T21:59:59", "2026-03-28", "2026-03"),
    ("2026-03-28T22:00:00", "2026-03-29", "2026-03"),
    ("2026-03-29T00:59:59", "2026-03-29", "2026-03"),
    ("2026-03-29T01:00:00", "2026-03-29", "2026-03"),
    ("2026-03-29T20:59:59", "2026-03-29", "2026-03"),
    ("2026-03-29T21:00:00", "2026-03-30", "2026-03"),
    # to winter time: 25.10.2026. 04:00 becomes 03:00 (01:00 UTC)
    ("2026-10-24T20:59:59", "2026-10-24", "2026-10"),
    ("2026-10-24T21:00:00", "2026-10-25", "2026-10"),
    ("2026-10-25T00:59:59", "2026-10-25", "2026-10"),
    ("2026-10-25T01:00:00", "2026-10-25", "2026-10"),
    ("2026-10-25T21:59:59", "2026-10-25", "2026-10"),
    ("2026-10-25T22:00:00", "2026-10-26", "2026-10"),
    # a day that most years do not have
    ("2028-02-28T21:59:59", "2028-02-28", "2028-02"),
    ("2028-02-28T22:00:00", "2028-02-29", "2028-02"),
    ("2028-02-29T21:59:59", "2028-02-29", "2028-02"),
    ("2028-02-29T22:00:00", "2028-03-01", "2028-03"),
    ("2027-02-28T22:00:00", "2027-03-01", "2027-03"),
    # months end by winter time and by summer time
    ("2026-11-30T21:59:59", "2026-11-30", "2026-11"),
    ("2026-11-30T22:00:00", "2026-12-01", "2026-12"),
    ("2026-09-30T20:59:59", "2026-09-30", "2026-09"),
    ("2026-09-30T21:00:00", "2026-10-01", "2026-10"),
    ("2026-10-31T21:59:59", "2026-10-31", "2026-10"),
    ("2026-10-31T22:00:00", "2026-11-01", "2026-11"),
    ("2026-03-31T20:59:59", "2026-03-31", "2026-03"),
    ("2026-03-31T21:00:00", "2026-04-01", "2026-04"),
    # the year, and the school year
    ("2026-12-31T21:59:59", "2026-12-31", "2026-12"),
    ("2026-12-31T22:00:00", "2027-01-01", "2027-01"),
    ("2026-08-31T20:59:59", "2026-08-31", "2026-08"),
    ("2026-08-31T21:00:00", "2026-09-01", "2026-09"),
]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("text", "day", "month"), MOMENTS)
def test_a_moment_is_in_its_riga_day_and_month(text: str, day: str, month: str) -> None:
    moment = _moment(text)
    assert str(clock.riga_day(moment)) == day
    assert clock.month_of(clock.riga_day(moment)) == date.fromisoformat(f"{month}-01")
    with clock.at(moment):
        assert str(clock.today()) == day


def test_the_table_sees_a_clock_that_goes_by_utc(capsys: pytest.CaptureFixture[str]) -> None:
    by_utc = [(str(_moment(text).date()), f"{_moment(text):%Y-%m}") for text, _, _ in MOMENTS]
    wrong_days = sum(day != known for (day, _), (_, known, _) in zip(by_utc, MOMENTS, strict=True))
    wrong_months = sum(month != known for (_, month), (_, _, known) in zip(by_utc, MOMENTS, strict=True))
    assert (wrong_days, wrong_months) == (13, 8)
    with capsys.disabled():
        print(
            f"\nclock: {len(MOMENTS)} moments in their Riga day and month; by UTC {wrong_days} would be wrong"
        )


@pytest.mark.parametrize(
    ("day", "at", "utc"),
    [
        ("2026-03-29", "02:59", "2026-03-29T00:59"),
        ("2026-03-29", "03:30", "2026-03-29T01:30"),  # no such time on the wall: an hour later, 04:30
        ("2026-03-29", "04:00", "2026-03-29T01:00"),
        ("2026-10-25", "02:59", "2026-10-24T23:59"),
        ("2026-10-25", "03:30", "2026-10-25T00:30"),  # twice on the wall: the first
        ("2026-10-25", "04:00", "2026-10-25T02:00"),
        ("2028-02-29", "00:00", "2028-02-28T22:00"),
        ("2027-01-01", "00:00", "2026-12-31T22:00"),
    ],
)
def test_a_time_on_the_wall_is_one_moment(day: str, at: str, utc: str) -> None:
    found = clock.moment_of(date.fromisoformat(day), time.fromisoformat(at))
    assert found == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert clock.riga_day(found) == date.fromisoformat(day)


def test_a_semester_ends_with_its_last_riga_second(db: None) -> None:
    load_calendar()
    calendar, checked = programme().calendar, 0
    for row in calendar.semesters:
        stage = {"class_9": Stage(9), "class_12": Stage(12), "vocational": Stage(course=1)}.get(
            row.group, Stage(5)
        )
        first = clock.moment_of(row.since, time(0, 0))
        last = clock.moment_of(row.until + timedelta(days=1), time(0, 0)) - timedelta(seconds=1)
        for moment, inside in (
            (first - timedelta(seconds=1), False),
            (first, True),
            (last, True),
            (last + timedelta(seconds=1), False),
        ):
            where = calendar.where(clock.riga_day(moment), stage).where
            assert (where is Where.SEMESTER) == inside, (row, moment, where)
            checked += 1
    assert checked >= 4 * 4


@pytest.mark.parametrize(
    ("day", "start", "month"),
    [
        ("2026-09-30", "23:10", "2026-09-01"),  # 20:10 UTC
        ("2026-10-01", "00:10", "2026-10-01"),  # 21:10 UTC of the day before
        ("2026-10-31", "23:10", "2026-10-01"),  # 21:10 UTC
        ("2026-11-01", "01:30", "2026-11-01"),  # 23:30 UTC of the day before
        ("2026-10-25", "02:30", "2026-10-01"),  # over the change to winter time
        ("2026-10-25", "03:30", "2026-10-01"),
    ],
)
def test_a_meeting_lies_in_the_sheet_of_its_riga_month(db: None, day: str, start: str, month: str) -> None:
    with clock.at(datetime(2026, 11, 10, 12, 0)):
        put_calendar()
        plan = put_plan(put_school(), put_mentor(), "Jānis Paraugs")
        row = put_meeting(plan, date.fromisoformat(day), 1, start=start, signed=False)
    row = Meeting.objects.select_related("timesheet").get(pk=row.pk)
    assert (str(row.held_on), str(row.timesheet.month)) == (day, month)
    assert clock.riga_day(row.starts_at) == row.held_on
    assert row.ends_at - row.starts_at == timedelta(minutes=40)
