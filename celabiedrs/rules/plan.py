"""The life of a plan after it is drafted: all that a draft is asked, amendment, extension, suspension, own
semesters."""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from celabiedrs.rules.breach import N_, Breach, Caution, Finding, rule
from celabiedrs.rules.calendar import Calendar, Period, Stage, parse_label, school_year_of
from celabiedrs.rules.parameters import whole
from celabiedrs.rules.reading import any_hours, read_day, read_integer, read_text
from celabiedrs.rules.support import (
    EXCLUSION_RISKS,
    LEAVING_RISKS,
    Risk,
    failing_and_leaving,
    hours_per_month,
    module_and_ground,
    one_plan_a_semester,
    other_in_words,
    plan_dates,
    read_risks,
    repeats_class_9,
    risk_recorded,
    semester_known,
    social_exclusion,
    thirteen_within_plan,
    vocational_with_results_only,
)

WEEKS_OF_A_LONG_MONTH = 5  # a weekday comes five times in some months
FREQUENCY_AT_MOST = 99


@dataclass(frozen=True, slots=True)
class LearnerFacts:
    """What a plan's rules ask about its learner."""

    born: date
    stage: Stage
    institution: Hashable
    institution_kind: str
    results_only: bool = False
    repeats_class: bool = False


def draft_findings(
    *,
    learner: LearnerFacts,
    values: Mapping[str, object],
    other_states: Collection[str],
    calendar: Calendar,
    today: date,
) -> Iterator[Finding]:
    """Everything that drafting and amending a plan asks, all at once.

    `values`: the plan's fields by name, raw. `starts_on` and `ends_on` may be None: the semester's own days then (see
    `plan_period`).
    """
    module, ground, semester = values["module"], values["ground"], values["semester"]
    starts_on, ends_on = values["starts_on"], values["ends_on"]
    period = calendar.semester_for(semester, learner.stage, learner.institution)
    read = read_risks(values["risks"])
    yield from semester_known(label=semester, calendar=calendar)
    yield from module_and_ground(module=module, ground=ground)
    yield from ground_findings(learner=learner, module=module, ground=ground, risks=read or (), day=today)
    yield from risk_recorded(risks=read)
    planned = planned_day(today, read_day(starts_on) or (period.since if period else None))
    yield from hours_per_month(hours=values["hours_per_month"], day=planned)
    yield from planned_frequency(
        meetings_a_week=values.get("meetings_a_week"),
        hours_a_meeting=values.get("hours_a_meeting"),
        day=planned,
    )
    start, end = _or_default(starts_on, period, 0), _or_default(ends_on, period, 1)
    if period is not None or starts_on is not None or ends_on is not None:
        start, end = (date.min if start is None else start), (date.max if end is None else end)
        yield from plan_dates(starts_on=start, ends_on=end, period=period)
    yield from one_plan_a_semester(other_states=other_states, label=semester)
    first, last = read_day(start), read_day(end)
    if first is not None and last is not None and first <= last:
        yield from thirteen_within_plan(born=learner.born, starts_on=first, ends_on=last, submitting=False)


def planned_day(today: date, starts_on: date | None) -> date:
    """The day whose values a plan is held to while it is made or changed: its first day, or today in a running one."""
    return today if starts_on is None else max(today, starts_on)


def _or_default(raw: object, period: Period | None, end: int) -> object:
    if raw is None and period is not None:
        return (period.since, period.until)[end]
    return raw


def plan_period(starts_on: object, ends_on: object, period: Period) -> tuple[date, date]:
    """The plan's first and last day, the semester's where none is given; ask `draft_findings` before."""
    first, last = read_day(_or_default(starts_on, period, 0)), read_day(_or_default(ends_on, period, 1))
    if first is None or last is None:
        raise ValueError("dates that the rules have refused")
    return first, last


def ground_findings(
    *, learner: LearnerFacts, module: object, ground: object, risks: Sequence[Risk], day: date
) -> Iterator[Finding]:
    """What the chosen module and its ground ask of this learner (MOD-2 … MOD-5)."""
    if module == "II":
        yield from social_exclusion(risks=risks)
        return
    yield from other_in_words(risks=risks)
    if module != "I":
        return
    if ground == "repeats_class_9":
        yield from repeats_class_9(
            stage=learner.stage, results_only=learner.results_only, repeats_class=learner.repeats_class
        )
    elif ground == "vocational_with_results_only":
        yield from vocational_with_results_only(
            institution_kind=learner.institution_kind, results_only=learner.results_only
        )
    elif ground == "failing_and_leaving":
        yield from failing_and_leaving(stage=learner.stage, risks=[risk.kind for risk in risks], day=day)


def differs(before: object, after: object) -> bool:
    """[DUT-2] [MOD-1] Module, ground and days wait for the expert whenever they change."""
    return before != after


def more_hours(before: object, after: object) -> bool:
    """[DUT-2] More hours a month wait for the expert; fewer change at once."""
    old, new = any_hours(before), any_hours(after)
    return isinstance(old, int) and isinstance(new, int) and new > old


def other_families(before: object, after: object) -> bool:
    """[DUT-2] Risks of another family wait for the expert; wording and another risk of the same family do not."""
    return _families(before) != _families(after)


def _families(risks: object) -> frozenset[str]:
    kinds = {risk.kind for risk in read_risks(risks) or ()}
    families = {"leaving": LEAVING_RISKS, "exclusion": EXCLUSION_RISKS}
    return frozenset(name for name, members in families.items() if kinds & set(members))


@rule("DUT-2")
def amendment_has_reason(*, reason: object, active: bool) -> Iterator[Finding]:
    """[DUT-2] A change of a plan that was approved says why."""
    if active and not read_text(reason):
        yield Breach(
            "DUT-2",
            N_("A change of an approved plan needs a reason."),
            N_("Say in a few words why."),
            field="reason",
        )


@rule("PAY-5")
def suspension_has_reason(*, reason: object) -> Iterator[Finding]:
    """[PAY-5] A suspension stops what is paid, so it says why."""
    if not read_text(reason):
        yield Breach(
            "PAY-5",
            N_("A suspension needs a reason."),
            N_("Say in a few words why the plan stops."),
            field="reason",
        )


@rule("IAP-1")
def return_has_reason(*, reason: object) -> Iterator[Finding]:
    """[IAP-1] An expert who does not approve says what is missing."""
    if not read_text(reason):
        yield Breach(
            "IAP-1",
            N_("A returned plan needs a reason."),
            N_("Say what should be made clearer."),
            field="reason",
        )


@rule("DUT-8")
def words_given(*, text: object) -> Iterator[Finding]:
    """[DUT-8] A question and an answer between mentor and school have words."""
    if not read_text(text):
        yield Breach(
            "DUT-8", N_("There are no words yet."), N_("Write in a few words what it is about."), field="text"
        )


@rule("IAP-3")
def previous_evaluated(*, evaluated: bool) -> Iterator[Finding]:
    """[IAP-3] A new plan is drawn from what the last one brought; without its evaluation it is warned."""
    if not evaluated:
        yield Caution("IAP-3", N_("The previous plan has not been evaluated by the mentor yet."))


@rule("CAL-5")
def extension(
    *,
    label: str,
    ends_on: date,
    order_until: object,
    order_scan: bool,
    contract_until: date | None,
    period: Period,
    calendar: Calendar,
    last_met_on: date | None = None,
) -> Iterator[Finding]:
    """[CAL-5] A plan of semester 2 is extended into that summer by the head's order, to the order's last
    day. `last_met_on`: the latest day with a meeting; an order that ends before it is warned."""
    read, until = parse_label(label), read_day(order_until)
    if read is None or read.number != 2:
        yield Breach(
            "CAL-5", N_("Only a plan of semester 2 can be extended; the winter holidays know no exception.")
        )
    if not order_scan:
        yield Breach(
            "CAL-5",
            N_("The copy of the head's order is missing."),
            N_("Attach the copy of the order."),
            field="order_scan",
        )
    yield from _order_day(
        until=until,
        after=max(ends_on, period.until),
        semester_ends=period.until,
        summer_ends=calendar.summer_ends(label),
        contract_until=contract_until,
        last_met_on=last_met_on,
    )


def _order_day(
    *,
    until: date | None,
    after: date,
    semester_ends: date,
    summer_ends: date | None,
    contract_until: date | None,
    last_met_on: date | None,
) -> Iterator[Finding]:
    """The last day of the order lies after the plan and within the summer."""
    if until is None:
        yield Breach(
            "CAL-5",
            N_("The last day of the order is missing or is no date."),
            N_("Enter it as a date."),
            field="order_until",
        )
    elif until <= after:
        yield Breach(
            "CAL-5",
            N_("The order ends %(until)s, not after the semester, which ends %(semester)s."),
            N_("Enter the last day of the additional lessons or examinations."),
            {"until": until, "semester": semester_ends},
            field="order_until",
        )
    elif summer_ends is not None and until > summer_ends:
        yield Breach(
            "CAL-5",
            N_("The summer of this school year ends %(summer)s."),
            N_("After it a new plan for the next semester is needed."),
            {"summer": summer_ends},
            field="order_until",
        )
    elif contract_until is not None and until > contract_until:
        yield Caution(
            "CON-1",
            N_("The mentor's contract ends %(until)s; meetings after it will be refused."),
            N_("The employer can prolong the contract as far as the order goes."),
            {"until": contract_until},
        )
    if until is not None and last_met_on is not None and until < last_met_on:
        yield Caution(
            "CAL-5",
            N_("The order ends %(until)s, but a meeting of %(day)s is written down."),
            N_("Compare the order with the meetings; hours after its last day stand for no lessons."),
            {"until": until, "day": last_met_on},
        )


@rule("CAL-2", "CAL-1")
def own_semester(
    *,
    institution_kind: str,
    label: object,
    starts_on: object,
    ends_on: object,
    order_scan: bool,
    neighbours: Sequence[Period],
    calendar: Calendar,
) -> Iterator[Finding]:
    """[CAL-2] [CAL-1] Only a vocational school sets its own semester, by an order, in a known school year.

    `neighbours`: the other semesters as they are for this school; its own may not overlap them.
    """
    if institution_kind != "vocational":
        yield Breach("CAL-2", N_("Only a vocational school may set semesters of its own."))
    yield from semester_known(label=label, calendar=calendar)
    if not order_scan:
        yield Breach(
            "CAL-2",
            N_("The copy of the head's order is missing."),
            N_("Attach the copy of the order."),
            field="order_scan",
        )
    first, last = read_day(starts_on), read_day(ends_on)
    if first is None or last is None or last <= first:
        yield Breach(
            "CAL-2",
            N_("The semester needs a first day and a later last day."),
            N_("Correct the two days."),
            field="starts_on",
        )
        return
    read = parse_label(label)
    if read is not None and read.year not in (school_year_of(first), school_year_of(last)):
        yield Breach(
            "CAL-2",
            N_("These days do not lie in the school year %(year)s."),
            N_("Correct the days or choose another semester."),
            {"year": read.year},
            field="starts_on",
        )
    for other in neighbours:
        if other.label != (str(read) if read else None) and first <= other.until and other.since <= last:
            yield Breach(
                "CAL-2",
                N_("These days overlap semester %(label)s, %(since)s to %(until)s."),
                N_("Set the other semester first, or choose days that do not overlap."),
                {"label": other.label, "since": other.since, "until": other.until},
                field="starts_on",
            )


@rule("AGR-6")
def planned_frequency(*, meetings_a_week: object, hours_a_meeting: object, day: date) -> Iterator[Finding]:
    """[AGR-6] A frequency that would pass the learner's limit in a month of five weeks is warned while
    planning. Both numbers may be left out."""
    given = {"meetings_a_week": meetings_a_week, "hours_a_meeting": hours_a_meeting}
    read = {name: _few(raw) for name, raw in given.items() if raw is not None and read_text(raw)}
    for field in (name for name, number in read.items() if number is None):
        yield Breach(
            "AGR-6",
            N_("How often and how long you plan to meet is said in whole numbers."),
            N_("Enter a whole number, for example 2, or leave it empty."),
            field=field,
        )
    times, length = read.get("meetings_a_week"), read.get("hours_a_meeting")
    limit = whole("learner_hours_per_month", day)
    if times is not None and length is not None and times * length * WEEKS_OF_A_LONG_MONTH > limit:
        yield Caution(
            "AGR-6",
            N_("Meeting %(times)s times a week for %(hours)s hours passes %(limit)s hours in some months."),
            N_("Plan fewer or shorter meetings."),
            {"times": times, "hours": length, "limit": limit},
            field="meetings_a_week",
        )


def _few(raw: object) -> int | None:
    """A number of meetings or hours as a plan can have it: more is a slip of the pen."""
    number = read_integer(raw)
    return number if number is not None and 1 <= number <= FREQUENCY_AT_MOST else None


@rule("IAP-2")
def semester_stays(*, changed: bool) -> Iterator[Finding]:
    """[IAP-2] A plan that was approved is for the semester for which it was approved."""
    if changed:
        yield Breach(
            "IAP-2",
            N_("The semester of an approved plan does not change."),
            N_("Make a new plan for the other semester."),
            field="semester",
        )


@rule("IAP-2")
def learner_stays(*, changed: bool) -> Iterator[Finding]:
    """[IAP-2] A plan that was approved is one learner's."""
    if changed:
        yield Breach(
            "IAP-2",
            N_("The learner of an approved plan does not change."),
            N_("Make a plan for the other learner."),
            field="learner",
        )
