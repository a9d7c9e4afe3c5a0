"""Who may be supported, by which module, in which semester (GEN-2, TG-1 … TG-3, IAP-2, CAL-*, MOD-*).

The rules of a plan: what is asked when it is drafted and amended, submitted, extended, suspended or renewed.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from celabiedrs.rules.breach import N_, Breach, Caution, Finding, rule
from celabiedrs.rules.calendar import Calendar, Period, Stage, birthday, of_age, parse_label
from celabiedrs.rules.parameters import whole, whole_range
from celabiedrs.rules.reading import any_hours, read_day, read_integer, read_text, unreadable_day

MODULES = ("I", "II")
GROUNDS = {
    "I": ("repeats_class_9", "vocational_with_results_only", "failing_and_leaving"),
    "II": ("social_exclusion",),
}
LEAVING_RISKS = ("failing", "early_leaving")
EXCLUSION_RISKS = (
    "special_needs",
    "learning_difficulties",
    "family_circumstances",
    "immigrant",
    "reemigrant",
    "violence",
    "disability",
    "health",
    "minority",
    "other",
)
RISKS = LEAVING_RISKS + EXCLUSION_RISKS
OPEN_STATES = ("draft", "submitted", "returned", "active", "suspended")


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk of a plan: a kind (never a diagnosis) and why it is seen."""

    kind: str
    reason: str


@rule("GEN-2")
def stage_of_learner(
    *, school_class: object, course: object, institution_kind: str | None, day: date
) -> Iterator[Finding]:
    """[GEN-2] A learner is in a class of general education or in a course, in one of them, at a school."""
    if institution_kind is not None and institution_kind not in ("general", "vocational"):
        yield Breach(
            "GEN-2",
            N_("A learner is registered at a school, not at another kind of institution."),
            field="stage",
        )
    both = _given(school_class) and _given(course)
    if both or not (_given(school_class) or _given(course)) or read_stage(school_class, course, day) is None:
        classes, courses = whole_range("school_class_range", day), whole_range("course_range", day)
        yield Breach(
            "GEN-2",
            N_(
                "A learner is in a class from %(class_low)s to %(class_high)s or in a course from "
                "%(course_low)s to %(course_high)s, and never in both."
            ),
            N_("Enter either the class or the course."),
            {
                "class_low": classes[0],
                "class_high": classes[1],
                "course_low": courses[0],
                "course_high": courses[1],
            },
            field="stage",
        )


def read_stage(school_class: object, course: object, day: date) -> Stage | None:
    """The stage that raw values name; None when both, neither, or one outside its range."""
    if _given(school_class) == _given(course):
        return None
    name, raw = ("school_class_range", school_class) if _given(school_class) else ("course_range", course)
    number = read_integer(raw)
    low, high = whole_range(name, day)
    if number is None or not low <= number <= high:
        return None
    return Stage(school_class=number) if name == "school_class_range" else Stage(course=number)


def _given(raw: object) -> bool:
    return raw is not None and raw != ""


@rule("TG-1", "GEN-2")
def learner_entered(*, name: object, born: object, today: date) -> Iterator[Finding]:
    """[TG-1] [GEN-2] A learner has a name and a day of birth of its own, which is not in the future."""
    if not read_text(name):
        yield Breach("GEN-2", N_("The learner's name is missing."), N_("Enter the name."), field="name")
    read = read_day(born)
    if read is None and read_text(born):
        yield unreadable_day("TG-1", born, "born")
    elif read is None or read > today:
        yield Breach(
            "TG-1",
            N_("The learner's day of birth is missing or is no day in the past."),
            N_("Enter it as day, month and year, for example 14.05.2012."),
            field="born",
        )


@rule("CAL-1")
def semester_known(*, label: object, calendar: Calendar) -> Iterator[Finding]:
    """[CAL-1] A plan can be made only for a semester whose dates are in the calendar."""
    if parse_label(label) is None:
        yield Breach(
            "CAL-1",
            N_("“%(label)s” is no name of a semester."),
            N_("Write it with the school year and the number, for example 2026/27-1."),
            {"label": read_text(label)},
            field="semester",
        )
    elif not calendar.knows(label):
        yield Breach(
            "CAL-1",
            N_("The dates of semester %(label)s are not known yet."),
            N_("It can be planned for once the programme has entered the calendar of that school year."),
            {"label": read_text(label)},
            field="semester",
        )


@rule("MOD-1")
def module_and_ground(*, module: object, ground: object) -> Iterator[Finding]:
    """[MOD-1] A plan is in exactly one module, and its ground is one of that module."""
    if module not in MODULES:
        yield Breach(
            "MOD-1",
            N_("A plan is in module I or in module II."),
            N_("Choose one of the two modules."),
            field="module",
        )
    elif ground not in GROUNDS[str(module)]:
        yield Breach(
            "MOD-1",
            N_("The ground that was given does not belong to module %(module)s."),
            N_("Choose a ground of this module."),
            {"module": module},
            field="ground",
        )


@rule("MOD-2")
def repeats_class_9(*, stage: Stage, results_only: bool, repeats_class: bool) -> Iterator[Finding]:
    """[MOD-2] Repeating class 9 counts where basic education ended with a liecība only."""
    if not (stage.school_class == 9 and results_only and repeats_class):
        yield Breach(
            "MOD-2",
            N_("This ground is for learners who repeat class 9 having received only a liecība."),
            N_("Choose another ground, or correct what the learner's page says about class 9."),
            field="ground",
        )


@rule("MOD-3")
def vocational_with_results_only(*, institution_kind: str, results_only: bool) -> Iterator[Finding]:
    """[MOD-3] A learner of a vocational school counts, in any course, where basic education ended with a
    liecība only."""
    if institution_kind != "vocational" or not results_only:
        yield Breach(
            "MOD-3",
            N_(
                "This ground is for learners of a vocational school who received only a liecība for "
                "basic education."
            ),
            N_("Choose another ground, or correct what the learner's page says."),
            field="ground",
        )


@rule("MOD-4")
def failing_and_leaving(*, stage: Stage, risks: Collection[str], day: date) -> Iterator[Finding]:
    """[MOD-4] Class 7–9 or course 1–2, with the risk of failing and the risk of leaving early, both."""
    number = stage.school_class if stage.course is None else stage.course
    low, high = whole_range("leaving_class_range" if stage.course is None else "leaving_course_range", day)
    if number is None or not low <= number <= high:
        classes, courses = whole_range("leaving_class_range", day), whole_range("leaving_course_range", day)
        yield Breach(
            "MOD-4",
            N_(
                "This ground of module I is for classes %(class_low)s to %(class_high)s and courses "
                "%(course_low)s to %(course_high)s."
            ),
            N_("For this learner choose module II, if there is a risk of social exclusion."),
            {
                "class_low": classes[0],
                "class_high": classes[1],
                "course_low": courses[0],
                "course_high": courses[1],
            },
            field="ground",
        )
    if not set(LEAVING_RISKS) <= set(risks):
        yield Breach(
            "MOD-4",
            N_("This ground of module I needs both risks: of failing and of leaving school early."),
            N_("Add the missing risk with its reason, or choose another ground."),
            field="ground",
        )


@rule("MOD-5")
def social_exclusion(*, risks: Sequence[Risk]) -> Iterator[Finding]:
    """[MOD-5] Module II needs a risk of social exclusion; “other” says in words which."""
    if not any(risk.kind in EXCLUSION_RISKS for risk in risks):
        yield Breach(
            "MOD-5",
            N_("Module II needs at least one risk of social exclusion."),
            N_("Add the risk that was seen, by its kind and without a diagnosis, or choose module I."),
            field="risks",
        )
    yield from other_in_words(risks=risks)


@rule("MOD-5")
def other_in_words(*, risks: Sequence[Risk]) -> Iterator[Finding]:
    """[MOD-5] A risk of the kind “other” says in words which."""
    if any(risk.kind == "other" and not risk.reason for risk in risks):
        yield Breach(
            "MOD-5",
            N_("The risk “other” needs words that say which."),
            N_("Describe it in a few words."),
            field="risks",
        )


def read_risks(raw: object) -> tuple[Risk, ...] | None:
    """Risks from a list of {kind, reason} or of Risk; None when it is no such list or a kind is not known."""
    if not isinstance(raw, (list, tuple)):
        return None
    risks: list[Risk] = []
    for item in raw:
        if isinstance(item, Risk):
            risk = Risk(item.kind, read_text(item.reason))
        elif isinstance(item, Mapping):
            risk = Risk(read_text(item.get("kind")), read_text(item.get("reason")))
        else:
            return None
        if risk.kind not in RISKS:
            return None
        risks.append(risk)
    return tuple(risks)


@rule("TG-2")
def risk_recorded(*, risks: Sequence[Risk] | None) -> Iterator[Finding]:
    """[TG-2] A plan rests on at least one risk that was found, and each has its reason. None: not
    readable."""
    if risks is None:
        yield Breach(
            "TG-2",
            N_("A risk of this kind is not in the list."),
            N_("Choose the risks from the list."),
            field="risks",
        )
    elif not risks:
        yield Breach(
            "TG-2",
            N_("No risk is recorded."),
            N_("Add at least one risk and say why it is seen."),
            field="risks",
        )
    elif not all(risk.reason for risk in risks):
        yield Breach(
            "TG-2", N_("A risk has no reason."), N_("Say in a few words why the risk is seen."), field="risks"
        )


@rule("TG-5")
def hours_per_month(*, hours: object, day: date) -> Iterator[Finding]:
    """[TG-5] A plan provides for a whole number of hours a month, from one to the limit of a learner."""
    limit = whole("learner_hours_per_month", day)
    read = any_hours(hours)
    if isinstance(read, Breach) or read > limit:
        yield Breach(
            "TG-5",
            N_("A plan provides for 1 to %(limit)s whole academic hours a month."),
            N_("Enter a whole number within this limit."),
            {"limit": limit},
            field="hours_per_month",
        )


@rule("IAP-2")
def plan_dates(*, starts_on: object, ends_on: object, period: Period | None) -> Iterator[Finding]:
    """[IAP-2] A plan lies inside its semester, as it is for this learner, and ends no earlier than it starts.

    Where the semester is not known (None), only the order of the dates is asked.
    """
    start, end = read_day(starts_on), read_day(ends_on)
    if start is None or end is None:
        yield Breach(
            "IAP-2",
            N_("The first or the last day of the plan is no date."),
            N_("Enter both days as dates."),
            field="starts_on",
        )
    elif end < start:
        yield Breach(
            "IAP-2",
            N_("The plan ends before it starts."),
            N_("Exchange or correct the two days."),
            field="ends_on",
        )
    elif period is not None and not (start in period and end in period):
        yield Breach(
            "IAP-2",
            N_("A plan lies within its semester, which for this learner is %(since)s to %(until)s."),
            N_("Choose days within the semester."),
            {"since": period.since, "until": period.until},
            field="starts_on",
        )


@rule("IAP-2")
def one_plan_a_semester(*, other_states: Collection[str], label: object) -> Iterator[Finding]:
    """[IAP-2] A learner has no second plan in a semester beside one that is open, a draft included.

    `other_states`: the states of the learner's other plans in that semester, at whatever school.
    """
    if any(state in OPEN_STATES for state in other_states):
        yield Breach(
            "IAP-2",
            N_("This learner already has an open plan in semester %(label)s."),
            N_("Go on with that plan, or make a new one after it has ended."),
            {"label": read_text(label)},
            field="semester",
        )


@rule("TG-1")
def thirteen_within_plan(
    *, born: date, starts_on: date, ends_on: date, submitting: bool
) -> Iterator[Finding]:
    """[TG-1] Mentoring begins with the thirteenth birthday: a plan wholly before it is not submitted, one
    that begins before it is warned."""
    age = whole("minimum_age_years", starts_on)
    day = birthday(born, age)
    values = {"age": age, "day": day}
    if submitting and not of_age(born, age, ends_on):
        yield Breach(
            "TG-1",
            N_(
                "Mentoring is for learners from %(age)s years; the whole plan lies before that "
                "birthday, %(day)s."
            ),
            N_("Make the plan for a semester after the birthday."),
            values,
            field="starts_on",
        )
    elif not of_age(born, age, starts_on):
        yield Caution(
            "TG-1",
            N_("The learner turns %(age)s on %(day)s; meetings before that day will be refused."),
            N_("The first meeting can be on the birthday."),
            values,
        )


@rule("TG-3")
def six_learners(
    *, learner: Hashable, learners_already: Collection[Hashable], label: object, day: date
) -> Iterator[Finding]:
    """[TG-3] A mentor has at most six learners in a semester, over all schools, municipalities and contracts.

    `learners_already`: whom the mentor has in that semester, counted as the programme has set it (all, or
    those of plans not ended); the learner in question may be among them and counts once.
    """
    limit = whole("learners_per_mentor", day)
    if len({*learners_already, learner}) > limit:
        yield Breach(
            "TG-3",
            N_(
                "A mentor may have at most %(limit)s learners in a semester; in %(label)s this "
                "mentor has them already."
            ),
            N_("Choose another mentor from the registry."),
            {"limit": limit, "label": read_text(label)},
            field="mentor",
        )
