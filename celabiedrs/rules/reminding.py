"""When somebody is reminded, how often, and when the week's letter goes out. What is reminded of, the desk finds."""

from collections.abc import Hashable, Iterator
from datetime import date, datetime, time, timedelta

from celabiedrs.rules.breach import N_, Breach, Finding, rule
from celabiedrs.rules.calendar import RIGA, Calendar, Stage, Where, month_end, riga_day
from celabiedrs.rules.holidays import working_days_after
from celabiedrs.rules.parameters import whole
from celabiedrs.rules.reading import read_clock, read_day


def last_digest(now: datetime) -> datetime:
    """The latest moment, not after now, at which the week's letter is due."""
    today = riga_day(now)
    hour = time(whole("digest_hour", today))
    day = today - timedelta(days=(today.isoweekday() - whole("digest_weekday", today)) % 7)
    moment = datetime.combine(day, hour, tzinfo=RIGA)
    return moment if moment <= now else datetime.combine(day - timedelta(days=7), hour, tzinfo=RIGA)


def meeting_missed_from(planned_on: date) -> date:
    """[LOG-1] The day from which the mentor is asked about a planned meeting of which nothing is written down."""
    return working_days_after(planned_on, whole("reminder_meeting_days", planned_on))


def month_late_from(month: date) -> date:
    """[LOG-11] The day from which the mentor is reminded to submit a month."""
    return month_end(month) + timedelta(days=whole("reminder_month_days", month))


def verifying_late_from(submitted_on: date) -> date:
    """[DUT-1] The day from which the school is reminded to verify."""
    return submitted_on + timedelta(days=whole("reminder_verify_days", submitted_on))


def deciding_late_from(submitted_on: date) -> date:
    """[IAP-1] The day from which the expert is reminded to decide."""
    return submitted_on + timedelta(days=whole("reminder_decide_days", submitted_on))


def group_late_from(session_on: date) -> date:
    """[SUP-6] The day from which the supervisor is warned that the group is not confirmed yet."""
    return session_on - timedelta(days=whole("supervision_remind_days", session_on))


def meetings_rest(today: date, calendar: Calendar, stage: Stage, institution: Hashable) -> bool:
    """[CAL-3] [CAL-4] Whether nobody is asked about meetings today: in school holidays and between the semesters."""
    if any(row.since <= today <= row.until for row in calendar.breaks):
        return True
    return calendar.where(today, stage, institution).where is not Where.SEMESTER


def turn(since: date, today: date, repeat_days: int) -> int | None:
    """Which repetition of a reminder today belongs to; None before the first, and when it has come often enough."""
    passed = (today - since).days // repeat_days
    return passed if 0 <= passed < whole("reminder_times_at_most", today) else None


def period(today: date, repeat_days: int) -> int:
    """The number of the period that today lies in, for reminders of many things at once. Weeks begin on Monday."""
    return (today.toordinal() - 1) // repeat_days


@rule("LOG-1", "IAP-2")
def next_meeting(*, day: object, start: object, today: date, last_day: date) -> Iterator[Finding]:
    """[LOG-1] [IAP-2] A planned meeting lies ahead and within the plan; the hour may stay open."""
    on = read_day(day)
    if on is None:
        yield Breach("LOG-1", N_("The day of the next meeting is missing."), N_("Choose a day."), field="day")
    elif on < today:
        yield Breach(
            "LOG-1",
            N_("%(day)s is past."),
            N_("Choose today or a later day; a meeting that was held is written down."),
            {"day": on},
            field="day",
        )
    elif on > last_day:
        yield Breach(
            "IAP-2",
            N_("The plan ends on %(until)s; the next meeting would be on %(day)s."),
            N_("Choose a day within the plan."),
            {"until": last_day, "day": on},
            field="day",
        )
    if start and read_clock(start) is None:
        yield Breach("LOG-1", N_("The hour cannot be read."), N_("Write it like this: 15:00."), field="start")
