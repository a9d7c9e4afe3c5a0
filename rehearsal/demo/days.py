"""On which days the demonstration plays: the months before today, or before the last school day there was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from celabiedrs.lib import clock
from celabiedrs.rules.calendar import Calendar, ClassGroup, Period, Stage, month_end

MONTHS = 3
GENERAL = Stage(school_class=8)
HOLIDAYS = {(1, 1), (5, 1), (5, 4), (6, 23), (6, 24), (11, 18), (12, 24), (12, 25), (12, 26), (12, 31)}


@dataclass(frozen=True)
class StoryMonth:
    """A month of the story: its school days from `since` to `until`, of the semester `label`."""

    month: date
    since: date
    until: date
    label: str

    def days(self) -> Iterator[date]:
        """Its weekdays on which people meet."""
        for number in range((self.until - self.since).days + 1):
            day = self.since + timedelta(days=number)
            if day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS:
                yield day

    def over_on(self) -> date:
        """The first day on which the month can be submitted."""
        return min(month_end(self.month), self.until) + timedelta(days=1)


def semesters(calendar: Calendar) -> list[Period]:
    """The semesters of general education, in the order of time."""
    rows = (row for row in calendar.semesters if row.group == ClassGroup.GENERAL)
    return [
        Period(f"{row.year}-{row.number}", row.since, row.until)
        for row in sorted(rows, key=lambda row: row.since)
    ]


def demo_today(today: date, calendar: Calendar) -> date:
    """Today inside a semester; else the last day of the nearest semester that has been.

    Never a day to come: the pages go by the real clock, and nothing is entered before it has happened (LOG-1). Only
    where no semester has been, the first one that is known has to do.
    """
    known = semesters(calendar)
    if not known:
        raise LookupError("no semester is known")
    begun = [period for period in known if period.since <= today]
    return min(today, begun[-1].until) if begun else known[0].until


def story_months(today: date, calendar: Calendar) -> list[StoryMonth]:
    """The last months with school days up to a day of a semester, the earliest first."""
    found: list[StoryMonth] = []
    for period in reversed(semesters(calendar)):
        month = clock.month_of(min(period.until, today))
        while period.since <= today and month >= clock.month_of(period.since) and len(found) < MONTHS:
            since, until = max(month, period.since), min(month_end(month), period.until, today)
            found.append(StoryMonth(month, since, until, period.label))
            month = clock.month_of(month - timedelta(days=1))
    return found[::-1]


def story_now(today: date, real_now: datetime) -> datetime:
    """The moment up to which the story goes: now, or an evening of the day to which it was moved."""
    return real_now if clock.riga_day(real_now) == today else clock.moment_of(today, time(19, 30))


def step_in(since: date, until: datetime, step: int, steps: int = 9) -> datetime:
    """A moment for step 1 … `steps` - 1 of what follows one upon the other from a day on, all of it before `until`.

    A day for each step in working hours where there is room, else all of them in what there is.
    """
    begins = clock.moment_of(since, time(0, 0))
    if (clock.riga_day(until) - since).days > steps:
        return clock.moment_of(since + timedelta(days=step - 1), time(8 + step, 10 + 3 * step))
    return begins + (until - begins) * step / (steps + 1)
