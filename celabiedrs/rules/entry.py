"""Reading a row of the diary from what was typed, and what each of its fields is asked (LOG-2 … LOG-6, CON-9,
PAY-5).

What cannot be read is None and has its breach, so that the rules of hours.py can still be asked about the
rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from celabiedrs.rules.breach import N_, Breach, Finding, rule
from celabiedrs.rules.calendar import RIGA
from celabiedrs.rules.parameters import whole
from celabiedrs.rules.reading import any_hours, read_clock, read_day, read_text, too_many_hours

MINUTES_OF_A_DAY = 24 * 60
OVERNIGHT_MINUTES = 12 * 60  # an end on the next day lies less than this after the start
OUTCOMES = ("held", "learner_absent", "cancelled")


@dataclass(frozen=True, slots=True)
class MeetingEntry:
    """A row as far as it could be read. `minutes` is how long it occupies both: the clock times where an end
    was given, otherwise the hours; 0 for a meeting that was not held."""

    day: date | None
    start: time | None
    hours: int | None
    minutes: int | None
    topic: str
    outcome: str

    @property
    def starts_at(self) -> datetime | None:
        """The moment at which it starts, in Riga time."""
        if self.day is None or self.start is None:
            return None
        return datetime.combine(self.day, self.start, RIGA)

    @property
    def ends_at(self) -> datetime | None:
        """The moment at which it ends; real minutes, also in the night when the clock is moved."""
        begins = self.starts_at
        if begins is None or self.minutes is None:
            return None
        return (begins.astimezone(UTC) + timedelta(minutes=self.minutes)).astimezone(RIGA)


def read_meeting(
    *,
    day: object,
    start: object,
    topic: object,
    hours: object = None,
    end: object = None,
    outcome: object = "held",
    today: date,
) -> tuple[MeetingEntry, tuple[Finding, ...]]:
    """Read a row from raw values: page, import, scenario. What cannot be read is None and has its breach.

    `end` may stand in the place of `hours`. A meeting that was not held has no hours and needs no topic. Where the day
    cannot be read, the values of `today` hold.
    """
    findings: list[Finding] = []
    read_on, begins = read_day(day), read_clock(start)
    held = outcome == "held"
    findings.extend(day_given(day=read_on))
    findings.extend(start_given(start=begins))
    findings.extend(outcome_known(outcome=outcome))
    value_day = read_on or today
    text = read_text(topic)
    findings.extend(topic_given(topic=text, held=held, day=value_day))
    counted: int | None = 0
    minutes: int | None = 0
    if held or outcome not in OUTCOMES:
        counted, minutes, missed = _length(value_day, begins, hours, end)
        findings.extend(missed)
    elif hours not in (None, "", 0, "0"):
        read = any_hours(hours)
        findings.extend([read] if isinstance(read, Breach) else [])
    outcome_read = str(outcome) if outcome in OUTCOMES else "held"
    return MeetingEntry(read_on, begins, counted, minutes, text, outcome_read), tuple(findings)


def _length(
    day: date, begins: time | None, hours: object, end: object
) -> tuple[int | None, int | None, list[Finding]]:
    """Hours and minutes of a held meeting from its hours or its end; None with findings where they cannot be
    told."""
    academic = whole("academic_hour_minutes", day)
    findings: list[Finding] = []
    if end in (None, ""):
        read = any_hours(hours)
        if isinstance(read, Breach):
            return None, None, [read]
        return read, min(read * academic, MINUTES_OF_A_DAY), list(too_many_hours(read, day))
    ends = time(0) if end == "24:00" else read_clock(end)
    minutes = None if begins is None or ends is None else minutes_between(day, begins, ends)
    findings.extend(end_after_start(start=begins, end=ends, minutes=minutes, day=day))
    if minutes is None or findings:
        return None, None, findings
    fitting = minutes // academic
    if hours not in (None, ""):
        read = any_hours(hours)
        findings.extend(
            [read] if isinstance(read, Breach) else hours_fit(hours=read, fitting=fitting, day=day)
        )
    return fitting, minutes, findings


def minutes_between(day: date, begins: time, ends: time) -> int | None:
    """Real minutes from a start to an end on the wall clock in Riga, also in the night when the clock is moved.

    An end at or before the start lies on the next day; None where that is twelve hours after it or more. In the hour
    that a night has twice, an end that would lie before the start is taken as of the second time.
    """
    start = datetime.combine(day, begins, RIGA).astimezone(UTC)
    for moment in (
        datetime.combine(day, ends, RIGA),
        datetime.combine(day, ends.replace(fold=1), RIGA),
        datetime.combine(day + timedelta(days=1), ends, RIGA),
    ):
        minutes = int((moment.astimezone(UTC) - start).total_seconds()) // 60
        if minutes > 0:
            return minutes if moment.date() == day or minutes < OVERNIGHT_MINUTES else None
    return None


@rule("LOG-2")
def day_given(*, day: date | None) -> Iterator[Finding]:
    """[LOG-2] A meeting has its full date: day, month and year."""
    if day is None:
        yield Breach(
            "LOG-2",
            N_("The day of the meeting is missing or is no date."),
            N_("Enter day, month and year, for example 12.10.2026."),
            field="day",
        )


@rule("CON-9")
def start_given(*, start: time | None) -> Iterator[Finding]:
    """[CON-9] The start is asked for, so that hours which another project pays can be seen."""
    if start is None:
        yield Breach(
            "CON-9",
            N_("The time at which the meeting began is missing or is no time of day."),
            N_("Enter hours and minutes, for example 15:00."),
            field="start",
        )


@rule("PAY-5")
def outcome_known(*, outcome: object) -> Iterator[Finding]:
    """[PAY-5] A row says whether the meeting was held, the learner did not come, or it was cancelled."""
    if outcome not in OUTCOMES:
        yield Breach(
            "PAY-5",
            N_("It is not said whether the meeting was held."),
            N_("Choose held, learner absent or cancelled."),
            field="outcome",
        )


@rule("LOG-6")
def topic_given(*, topic: str, held: bool, day: date) -> Iterator[Finding]:
    """[LOG-6] A meeting that was held has a short topic."""
    limit = whole("topic_characters", day)
    if held and not topic:
        yield Breach(
            "LOG-6", N_("The topic is missing."), N_("Say in a few words what was done."), field="topic"
        )
    elif len(topic) > limit:
        yield Breach(
            "LOG-6",
            N_("The topic is longer than %(limit)s characters."),
            N_("Shorten it; the school reads it, so nothing sensitive belongs here."),
            {"limit": limit},
            field="topic",
        )


@rule("LOG-3")
def end_after_start(
    *, start: time | None, end: time | None, minutes: int | None, day: date
) -> Iterator[Finding]:
    """[LOG-3] Between the start and the end of a meeting at least one academic hour fits.

    `minutes`: those between the two, None where the end does not follow the start.
    """
    academic = whole("academic_hour_minutes", day)
    if end is None:
        yield Breach(
            "LOG-3",
            N_("The end of the meeting is no time of day."),
            N_("Enter it, for example 16:20."),
            field="end",
        )
    elif start is not None and minutes is None:
        yield Breach(
            "LOG-3",
            N_("The meeting ends before it begins."),
            N_("Correct the start or the end."),
            field="end",
        )
    elif minutes is not None and minutes < academic:
        yield Breach(
            "LOG-3",
            N_("An academic hour lasts %(academic)s minutes; this meeting lasted %(minutes)s."),
            N_("A shorter meeting cannot be counted; correct the times if they are wrong."),
            {"academic": academic, "minutes": minutes},
            field="end",
        )


@rule("LOG-3")
def hours_fit(*, hours: int, fitting: int, day: date) -> Iterator[Finding]:
    """[LOG-3] Where both an end and hours are given, the hours are the whole 40 minutes that fit."""
    if hours != fitting:
        yield Breach(
            "LOG-3",
            N_("Between these times %(fitting)s academic hours of %(academic)s minutes fit, not %(hours)s."),
            N_("Correct the times or the hours."),
            {"fitting": fitting, "hours": hours, "academic": whole("academic_hour_minutes", day)},
            field="hours",
        )
