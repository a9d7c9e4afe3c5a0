"""A meeting: everything that a row of the diary is asked, beside its own fields (LOG-1, LOG-4, LOG-6, TG-1,
TG-4, TG-5, IAP-1, IAP-2, CAL-1, CAL-4, CAL-5, CON-1, MEN-3, MEN-6, AGR-3, AGR-4, PAY-5).

The rules take what could be read: a row with half an hour on a day between semesters is told both.
"""

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from celabiedrs.rules.agreement import AgreementFacts, agreement_before_meeting
from celabiedrs.rules.breach import N_, Breach, Caution, Finding, rule
from celabiedrs.rules.calendar import RIGA, Calendar, Stage, Where, birthday, of_age, riga_day, school_year_of
from celabiedrs.rules.contract import Span, within_contract
from celabiedrs.rules.entry import MeetingEntry, read_meeting
from celabiedrs.rules.holidays import is_public_holiday
from celabiedrs.rules.mentor import certified, coach_on_day
from celabiedrs.rules.obstacles import Obstacle, no_obstacle
from celabiedrs.rules.parameters import whole
from celabiedrs.rules.reading import month_words

__all__ = ["MeetingEntry", "MeetingFacts", "Suspension", "meeting_findings", "read_meeting"]


@dataclass(frozen=True, slots=True)
class Suspension:
    """The time in which a plan was suspended; `until` None while it lasts."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class MeetingFacts:
    """What the rules of a meeting ask about everything around it.

    Moments are aware. `ends_on` is the plan's own last day, without the extension; `order_until` and
    `extended_on`, the day of the first extension, are None on a plan that was not extended. `month_hours`
    and `day_hours` leave this row out: the learner's held hours of the calendar month over all plans and
    mentors, and the hours of this mentor or learner on that day.
    `overlapping`: other held meetings of this mentor or of this learner that share a minute with it.
    """

    now: datetime
    born: date
    stage: Stage
    institution: Hashable
    calendar: Calendar
    starts_on: date
    ends_on: date
    approved_at: datetime | None
    contracts: Sequence[Span]
    certificate_issued_on: date | None
    agreement: AgreementFacts | None
    month_hours: int
    overlapping: int
    education: Collection[str] = ()
    coach_c_valid: tuple[date, date] | None = None
    suspensions: Sequence[Suspension] = field(default_factory=tuple)
    order_until: date | None = None
    extended_on: date | None = None
    obstacles: Sequence[Obstacle] = ()
    day_hours: int = 0
    same_topic: int = 0


def meeting_findings(entry: MeetingEntry, facts: MeetingFacts) -> Iterator[Finding]:
    """Every clause that a row breaks or strains, as far as the row could be read."""
    yield from not_in_the_future(
        day=entry.day, starts_at=entry.starts_at, ends_at=entry.ends_at, now=facts.now
    )
    if entry.day is None:
        return
    yield from _about_the_day(entry.day, facts)
    yield from after_approval(day=entry.day, starts_at=entry.starts_at, approved_at=facts.approved_at)
    yield from not_while_suspended(starts_at=entry.starts_at, suspensions=facts.suspensions)
    if entry.outcome != "held":
        return
    yield from one_learner_at_a_time(overlapping=facts.overlapping)
    if entry.hours is not None:
        yield from twenty_hours(day=entry.day, hours=entry.hours, month_hours=facts.month_hours)
        yield from improbable_day(day=entry.day, hours=entry.hours, day_hours=facts.day_hours)
    yield from same_topic(same=facts.same_topic, day=entry.day)


def _about_the_day(day: date, facts: MeetingFacts) -> Iterator[Finding]:
    yield from late_entry(day=day, entered_on=riga_day(facts.now))
    yield from thirteen_on_the_day(born=facts.born, day=day)
    yield from open_time(
        day=day,
        stage=facts.stage,
        institution=facts.institution,
        calendar=facts.calendar,
        plan_ends_on=facts.ends_on,
        order_until=facts.order_until,
        extended_on=facts.extended_on,
    )
    yield from within_plan(
        day=day,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        order_until=facts.order_until,
        in_semester=_in_semester(day, facts),
    )
    yield from public_holiday(day=day)
    yield from no_obstacle(obstacles=facts.obstacles, day=day)
    yield from within_contract(spans=facts.contracts, day=day)
    yield from certified(certificate_issued_on=facts.certificate_issued_on, day=day)
    yield from coach_on_day(education=facts.education, coach_c_valid=facts.coach_c_valid, day=day)
    yield from agreement_before_meeting(agreement=facts.agreement, day=day)


@rule("LOG-1")
def not_in_the_future(
    *, day: date | None, starts_at: datetime | None, ends_at: datetime | None, now: datetime
) -> Iterator[Finding]:
    """[LOG-1] A meeting is entered when it is over: its end, as far as it is known, does not lie after
    now."""
    known = ends_at or starts_at
    if (known > now) if known else (day is not None and day > riga_day(now)):
        yield Breach(
            "LOG-1",
            N_("A meeting is entered when it is over; this one ends later than now."),
            N_("Enter it after its end, or correct the day, the start or the hours."),
            field="day",
        )


@rule("LOG-1")
def late_entry(*, day: date, entered_on: date) -> Iterator[Finding]:
    """[LOG-1] An entry long after the meeting is marked and warned."""
    limit = whole("late_entry_days", entered_on)
    if (entered_on - day).days > limit:
        yield Caution(
            "LOG-1",
            N_("The meeting is entered more than %(limit)s days after it was held, and is marked as late."),
            N_("Enter meetings on the day itself."),
            {"limit": limit},
        )


@rule("TG-1")
def thirteen_on_the_day(*, born: date, day: date) -> Iterator[Finding]:
    """[TG-1] No meeting before the thirteenth birthday; on it, yes."""
    age = whole("minimum_age_years", day)
    if not of_age(born, age, day):
        yield Breach(
            "TG-1",
            N_("Mentoring is for learners from %(age)s years; on %(day)s this learner is younger."),
            N_("The first meeting can be on the birthday, %(birthday)s."),
            {"age": age, "day": day, "birthday": birthday(born, age)},
            field="day",
        )


@rule("CAL-1", "CAL-3", "CAL-4", "CAL-5")
def open_time(
    *,
    day: date,
    stage: Stage,
    institution: Hashable,
    calendar: Calendar,
    plan_ends_on: date,
    order_until: date | None,
    extended_on: date | None,
) -> Iterator[Finding]:
    """[CAL-1] [CAL-3] [CAL-4] [CAL-5] Any day of the semester is open, weekends and short holidays too; no
    day between semesters; in summer only on an extended plan, from the extension to the order's last day."""
    spot = calendar.where(day, stage, institution)
    if spot.where is Where.SEMESTER:
        return
    if order_until is not None and day > plan_ends_on:
        yield from _summer(day, order_until, extended_on, spot.where)
    elif spot.where is Where.UNKNOWN:
        yield Breach(
            "CAL-1",
            N_("The calendar of the school year %(year)s is not known."),
            N_("Compare the day; the programme enters the calendar of each school year."),
            {"year": school_year_of(day)},
            field="day",
        )
    else:
        yield _closed(day, spot.where)


def _summer(day: date, order_until: date, extended_on: date | None, where: Where) -> Iterator[Finding]:
    """A day after the semester on an extended plan: refused before the extension was made and after the
    order."""
    if day > order_until:
        yield Breach(
            "CAL-5",
            N_("The head's order covers the days up to %(until)s; the meeting is dated %(day)s."),
            N_("After that day no meeting can be held this summer, unless a new order extends the plan."),
            {"until": order_until, "day": day},
            field="day",
        )
    elif extended_on is None or day < extended_on:
        yield _closed(day, where)
        yield Breach(
            "CAL-5",
            N_("On %(day)s the plan was not extended into the summer yet."),
            N_("Meetings in summer can be held from the day of the extension on."),
            {"day": day},
            field="day",
        )


def _closed(day: date, where: Where) -> Breach:
    texts = {
        Where.BETWEEN: N_("%(day)s lies between the semesters of this learner; no meetings are held then."),
        Where.SUMMER: N_("%(day)s lies in this learner's summer holidays; no meetings are held then."),
    }
    return Breach(
        "CAL-4",
        texts.get(where, texts[Where.SUMMER]),
        N_("Compare the day. Only an extended plan with the head's order allows meetings in summer."),
        {"day": day},
        field="day",
    )


def _in_semester(day: date, facts: MeetingFacts) -> bool:
    return facts.calendar.where(day, facts.stage, facts.institution).where is Where.SEMESTER


@rule("IAP-2", "CAL-5")
def within_plan(
    *, day: date, starts_on: date, ends_on: date, order_until: date | None, in_semester: bool
) -> Iterator[Finding]:
    """[IAP-2] [CAL-5] A meeting lies within the plan's own dates, or within its extension into the summer.

    The extension opens no day of the semester: the weeks between the plan's own end and the semester's end were not
    approved by the expert.
    """
    until = ends_on if order_until is None or in_semester else max(ends_on, order_until)
    if not starts_on <= day <= until:
        yield Breach(
            "IAP-2",
            N_("The plan runs from %(since)s to %(until)s; the meeting is dated %(day)s."),
            N_("Compare the day; for another semester there is another plan."),
            {"since": starts_on, "until": until, "day": day},
            field="day",
        )


@rule("CAL-3")
def public_holiday(*, day: date) -> Iterator[Finding]:
    """[CAL-3] A meeting on a public holiday, or on the day off given for it, is allowed; the employer is told."""
    if is_public_holiday(day):
        yield Caution(
            "CAL-3",
            N_("%(day)s is a public holiday; the employer is told, because such work may be paid otherwise."),
            N_("Compare the day. Hours on a holiday are marked on the timesheet and in the pay run."),
            {"day": day},
        )


@rule("IAP-1")
def after_approval(
    *, day: date, starts_at: datetime | None, approved_at: datetime | None
) -> Iterator[Finding]:
    """[IAP-1] No meeting before the expert's first approval; one that begins in its minute counts."""
    if approved_at is None:
        yield Breach(
            "IAP-1",
            N_("The plan has not been approved by the expert."),
            N_("Meetings can be held from the approval on."),
        )
        return
    minute = approved_at.replace(second=0, microsecond=0)
    if (starts_at < minute) if starts_at else (day < riga_day(approved_at)):
        yield Breach(
            "IAP-1",
            N_("The plan was approved on %(approved)s; the meeting began before that."),
            N_("Meetings held before the approval cannot be counted."),
            {"approved": approved_at.astimezone(RIGA).strftime("%d.%m.%Y %H:%M")},
            field="start",
        )


@rule("PAY-5")
def not_while_suspended(
    *, starts_at: datetime | None, suspensions: Sequence[Suspension]
) -> Iterator[Finding]:
    """[PAY-5] A meeting that began while the plan was suspended is not paid; one before it on the same day
    is."""
    if starts_at is None:
        return
    for time_off in suspensions:
        resumed = time_off.until.replace(second=0, microsecond=0) if time_off.until else None
        if time_off.since <= starts_at and (resumed is None or starts_at < resumed):
            yield Breach(
                "PAY-5",
                N_("The plan was suspended when the meeting began."),
                N_("Hours given before the suspension and after the plan was resumed count."),
                field="start",
            )
            return


@rule("TG-4")
def one_learner_at_a_time(*, overlapping: int) -> Iterator[Finding]:
    """[TG-4] A mentor meets one learner at a time, and a learner one mentor; back to back is allowed."""
    if overlapping:
        yield Breach(
            "TG-4",
            N_("The meeting overlaps another one of this mentor or of this learner."),
            N_(
                "Correct the start or the hours; the next meeting can begin in the minute in which "
                "this one ends."
            ),
            field="start",
        )


@rule("TG-5")
def twenty_hours(*, day: date, hours: int, month_hours: int) -> Iterator[Finding]:
    """[TG-5] A learner has at most twenty hours in a calendar month, over all mentors and plans; none is
    cut."""
    limit = whole("learner_hours_per_month", day)
    if month_hours + hours > limit:
        yield Breach(
            "TG-5",
            N_(
                "In %(month)s %(limit)s hours are allowed; %(used)s are written down, %(more)s more "
                "would make %(total)s."
            ),
            N_("Hours that can still be written down for this learner this month: %(left)s."),
            {
                "month": month_words(day),
                "limit": limit,
                "used": month_hours,
                "more": hours,
                "total": month_hours + hours,
                "left": max(limit - month_hours, 0),
            },
            field="hours",
        )


@rule("LOG-4")
def improbable_day(*, day: date, hours: int, day_hours: int) -> Iterator[Finding]:
    """[LOG-4] More hours in a day than is likely are warned."""
    limit = whole("day_hours_warning", day)
    if day_hours + hours > limit:
        yield Caution(
            "LOG-4",
            N_("Hours on %(day)s: %(total)s. More than %(limit)s in one day is unusual."),
            N_("Check the hours and the day."),
            {"day": day, "total": day_hours + hours, "limit": limit},
        )


@rule("LOG-6")
def same_topic(*, same: int, day: date) -> Iterator[Finding]:
    """[LOG-6] The same words for many meetings of a plan are warned. `same`: other rows with this topic."""
    limit = whole("same_topic_warning", day)
    if same >= limit:
        yield Caution(
            "LOG-6",
            N_("The same topic stands on %(same)s other meetings of this plan."),
            N_("Say what was done this time."),
            {"same": same},
        )


@rule("CON-1", "REG-4")
def mentor_of_the_time(*, another: bool) -> Iterator[Finding]:
    """[CON-1] [REG-4] A mentor writes for the times of their own on a plan, also one who left it and came back.

    `another`: whether another mentor stood by the plan when the meeting began.
    """
    if another:
        yield Breach(
            "CON-1",
            N_("At that time another mentor stood by this plan."),
            N_("Meetings of that time are entered by the mentor of that time."),
            field="day",
        )
