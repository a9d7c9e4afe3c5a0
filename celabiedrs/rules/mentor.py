"""Who may be a mentor: education, certificate, suitability, coming of age (MEN-*, REG-1)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from celabiedrs.rules.breach import N_, Breach, Caution, Finding, rule
from celabiedrs.rules.calendar import months_later, of_age
from celabiedrs.rules.naming import certificate_number
from celabiedrs.rules.parameters import whole, words
from celabiedrs.rules.reading import read_count, read_day, read_text, unreadable_day, unreadable_number

EDUCATION_LAW_50 = "education_law_50"
CHILD_PROTECTION_72_5 = "child_protection_72_5"
CLAUSE_OF_GROUND = {EDUCATION_LAW_50: "MEN-4", CHILD_PROTECTION_72_5: "MEN-5"}
OUTCOMES = ("clear", "obstacle", "permitted")
COACH = "coach_c"


@dataclass(frozen=True, slots=True)
class Check:
    """A suitability check by one employer: what was asked, when, what came out; never the extract."""

    ground: str
    checked_on: date
    outcome: str
    permission: str = ""


@rule("REG-1", "MEN-1", "MEN-2", "MEN-3")
def enrolment(
    *,
    name: object,
    born: object,
    education: object,
    coach_c_valid: object,
    municipalities: Collection[object],
    unknown_municipalities: Collection[object] = (),
    today: date,
) -> Iterator[Finding]:
    """[REG-1] [MEN-1] [MEN-2] [MEN-3] A mentor enters the registry with a name, a birthday, a ground of
    education (a coach's certificate with its dates) and municipalities served.

    `unknown_municipalities`: those given that do not exist.
    """
    yield from name_and_birthday(name=name, born=born, today=today)
    yield from education_ground(education=education, today=today)
    if isinstance(education, (list, tuple, set, frozenset)) and COACH in education:
        yield from coach_dates(coach_c_valid=coach_c_valid)
    words = [word for word in unknown_municipalities if isinstance(word, str)]
    if words:
        yield Breach(
            "REG-1",
            N_("This is no municipality: %(words)s."),
            N_("Write it as in the list, several divided by commas."),
            {"words": ", ".join(f"“{word}”" for word in words)},
            field="municipalities",
        )
    elif not municipalities or unknown_municipalities:
        yield Breach(
            "REG-1",
            N_("The registry lists for each mentor the municipalities served."),
            N_("Choose at least one municipality from the list."),
            field="municipalities",
        )


@rule("REG-1", "MEN-1")
def name_and_birthday(*, name: object, born: object, today: date) -> Iterator[Finding]:
    """[REG-1] [MEN-1] A mentor has a name and a day of birth in the past."""
    if not read_text(name):
        yield Breach("REG-1", N_("The mentor's name is missing."), N_("Enter the name."), field="name")
    read = read_day(born)
    if read is None and read_text(born):
        yield unreadable_day("MEN-1", born, "born")
    elif read is None or read > today:
        yield Breach(
            "MEN-1",
            N_("The mentor's day of birth is missing or is no day in the past."),
            N_("Enter it as day, month and year, for example 02.04.1990."),
            field="born",
        )


@rule("MEN-2")
def education_ground(*, education: object, today: date) -> Iterator[Finding]:
    """[MEN-2] One of the listed grounds of education is enough; no teacher's education is asked for
    (MEN-8)."""
    given = tuple(education) if isinstance(education, (list, tuple, set, frozenset)) else ()
    known = words("education_grounds", today)
    if not given or any(ground not in known for ground in given):
        yield Breach(
            "MEN-2",
            N_("A mentor needs one of the listed grounds of education."),
            N_("Choose the ground from the list and keep the number of its document."),
            field="education",
        )


@rule("MEN-3")
def coach_dates(*, coach_c_valid: object) -> Iterator[Finding]:
    """[MEN-3] A coach's certificate has its first and its last day."""
    if read_span(coach_c_valid) is None:
        yield Breach(
            "MEN-3",
            N_("The coach's certificate needs its first and last day of validity."),
            N_("Enter both days from the certificate."),
            field="coach_c_valid",
        )


def read_span(raw: object) -> tuple[date, date] | None:
    """Two days in order from a list of two; None when malformed."""
    if not isinstance(raw, (list, tuple)) or len(raw) != 2:
        return None
    first, last = read_day(raw[0]), read_day(raw[1])
    return (first, last) if first is not None and last is not None and first <= last else None


def rests_on_coach(education: Collection[str]) -> bool:
    """Whether the coach's certificate is the only ground, so that its dates matter."""
    return set(education) == {COACH}


@rule("MEN-3")
def coach_through_plan(
    *, education: Collection[str], coach_c_valid: tuple[date, date] | None, starts_on: date, ends_on: date
) -> Iterator[Finding]:
    """[MEN-3] Where the coach's certificate is the ground, it is valid through the whole plan."""
    if not rests_on_coach(education):
        return
    if coach_c_valid is None or coach_c_valid[0] > starts_on or coach_c_valid[1] < ends_on:
        yield Breach(
            "MEN-3",
            N_("The coach's certificate must be valid through the whole plan, %(since)s to %(until)s."),
            N_("Enter the renewed certificate, or another ground of education."),
            {"since": starts_on, "until": ends_on},
            field="mentor",
        )


@rule("MEN-3")
def coach_on_day(
    *, education: Collection[str], coach_c_valid: tuple[date, date] | None, day: date
) -> Iterator[Finding]:
    """[MEN-3] Where the coach's certificate is the ground, no meeting is held on a day when it is not
    valid."""
    if rests_on_coach(education) and (
        coach_c_valid is None or not coach_c_valid[0] <= day <= coach_c_valid[1]
    ):
        yield Breach(
            "MEN-3",
            N_("The mentor's coach certificate is not valid on %(day)s."),
            N_("The meeting can be entered once the renewed certificate is in the registry."),
            {"day": day},
            field="day",
        )


MOST = 999
"""Hours of a training and numbers of rounds above this are slips of the pen."""


@rule("MEN-6", "MEN-10")
def certificate(
    *,
    number: object,
    issued_on: object,
    hours: object,
    training_round: object,
    taken_by_another: bool,
    today: date,
) -> Iterator[Finding]:
    """[MEN-6] [MEN-10] A training certificate has a number of its own, 36 full hours, its day and its
    round."""
    needed = whole("training_hours", today)
    if not certificate_number(number):
        yield Breach(
            "MEN-6", N_("The certificate's number is missing."), N_("Enter the number."), field="number"
        )
    elif taken_by_another:
        yield Breach(
            "MEN-6",
            N_("A certificate with this number belongs to another mentor."),
            N_("Compare the number with the paper."),
            field="number",
        )
    read = read_count(hours)
    if read is None and read_text(hours):
        yield unreadable_number("MEN-6", hours, "hours")
    elif read is None or not needed <= read <= MOST:
        yield Breach(
            "MEN-6",
            N_("A certificate stands for %(needed)s academic hours of training; fewer is no certificate."),
            N_("Enter it when the training is complete."),
            {"needed": needed},
            field="hours",
        )
    issued = read_day(issued_on)
    if issued is None and read_text(issued_on):
        yield unreadable_day("MEN-6", issued_on, "issued_on")
    elif issued is None or issued > today:
        yield Breach(
            "MEN-6",
            N_("The day on which the certificate was issued is missing or lies in the future."),
            N_("Enter the day that stands on the certificate."),
            field="issued_on",
        )
    number_of_round = read_count(training_round)
    if number_of_round is None or not 1 <= number_of_round <= MOST:
        yield Breach(
            "MEN-10",
            N_("The number of the training round is missing."),
            N_("Enter 1, 2, 3 or later."),
            field="training_round",
        )


@rule("MEN-6")
def certified(*, certificate_issued_on: date | None, day: date) -> Iterator[Finding]:
    """[MEN-6] Nobody is attached, and no meeting is held, before the certificate is issued."""
    if certificate_issued_on is None:
        yield Breach(
            "MEN-6",
            N_("The mentor has no training certificate."),
            N_("The programme enters it when the training is complete."),
            field="day",
        )
    elif day < certificate_issued_on:
        yield Breach(
            "MEN-6",
            N_("The mentor's certificate was issued on %(issued)s, after %(day)s."),
            N_("A meeting can be held from the day of the certificate on."),
            {"issued": certificate_issued_on, "day": day},
            field="day",
        )


@rule("CON-6", "MEN-4", "MEN-5")
def check_entered(
    *, ground: object, checked_on: object, outcome: object, permission: object, today: date
) -> Iterator[Finding]:
    """[CON-6] [MEN-4] [MEN-5] A check says which law, which day, what came out; a permission says its
    number."""
    clause = CLAUSE_OF_GROUND.get(str(ground))
    if clause is None:
        yield Breach(
            "CON-6",
            N_("A check is of Education law 50 or of Child protection law 72(5)."),
            N_("Choose one."),
            field="ground",
        )
    clause = clause or "CON-6"
    read = read_day(checked_on)
    if read is None or read > today:
        yield Breach(
            clause,
            N_("The day of the check is missing or lies in the future."),
            N_("Enter the day on which the check was made."),
            field="checked_on",
        )
    if outcome not in OUTCOMES:
        yield Breach(
            clause,
            N_("The outcome of the check is missing."),
            N_("Choose clear, obstacle or permitted."),
            field="outcome",
        )
    elif outcome == "permitted" and not read_text(permission):
        yield _no_permission(clause, "permission")


@rule("MEN-4", "MEN-5", "CON-6")
def suitable_for_contract(*, checks: Sequence[Check], today: date) -> Iterator[Finding]:
    """[MEN-4] [MEN-5] [CON-6] Both checks by this employer stand before a contract is signed.

    `checks`: this employer's, in the order in which they were entered; the latest of each ground counts. A
    check is good to the same day some months later, that day included, and warns in its last month.
    """
    for ground, clause in CLAUSE_OF_GROUND.items():
        latest = latest_check(checks, ground)
        if latest is not None:
            yield from _standing(latest, clause, today)
            continue
        yield Breach(
            clause,
            _MISSING[clause],
            N_("The employer makes the check and enters its day and outcome."),
            field="mentor",
        )
        yield Breach(
            "CON-6",
            N_("Before the contract the employer makes both suitability checks."),
            N_("Enter the check that is missing."),
            field="mentor",
        )


_MISSING = {
    "MEN-4": N_("This employer has entered no check of Education law, section 50."),
    "MEN-5": N_("This employer has entered no check of Child protection law, section 72(5)."),
}


@rule("MEN-4", "MEN-5")
def suitable_for_attachment(*, checks: Sequence[Check], today: date) -> Iterator[Finding]:
    """[MEN-4] [MEN-5] A check that has run out, or found an obstacle, blocks the next attachment.

    Only what the employer has entered is asked; that both were made is asked when the contract is signed.
    """
    for ground, clause in CLAUSE_OF_GROUND.items():
        latest = latest_check(checks, ground)
        if latest is not None:
            yield from _standing(latest, clause, today)


def latest_check(checks: Sequence[Check], ground: str) -> Check | None:
    """The latest check of a ground by its day; of two on one day the one entered later."""
    latest: Check | None = None
    for check in checks:
        if check.ground == ground and (latest is None or check.checked_on >= latest.checked_on):
            latest = check
    return latest


def check_good_until(checked_on: date) -> date:
    """The last day on which a check is good: by the value of its own day, so that a new one touches no check that was
    made (MEN-5)."""
    return months_later(checked_on, whole("suitability_valid_months", checked_on))


def check_warns_from(checked_on: date) -> date:
    """The first day on which a check warns."""
    valid, warning = (whole(f"suitability_{name}_months", checked_on) for name in ("valid", "warning"))
    return months_later(checked_on, valid - warning)


def _standing(check: Check, clause: str, today: date) -> Iterator[Finding]:
    """What a check that was made says today: obstacle, no permission, run out, about to run out, or
    nothing."""
    if check.outcome == "obstacle":
        yield Breach(
            clause,
            N_("The latest check, of %(day)s, found an obstacle."),
            N_(
                "The person may not work as a mentor unless the authority permits it; then enter "
                "the permission."
            ),
            {"day": check.checked_on},
            field="mentor",
        )
    elif check.outcome == "permitted" and not check.permission.strip():
        yield _no_permission(clause, "mentor")
    until = check_good_until(check.checked_on)
    if today > until:
        yield Breach(
            clause,
            N_("The check of %(day)s was good until %(until)s."),
            N_("Make the check again and enter its day and outcome."),
            {"day": check.checked_on, "until": until},
            field="mentor",
        )
    elif today >= check_warns_from(check.checked_on):
        yield Caution(
            clause,
            N_("The check of %(day)s is good only until %(until)s."),
            N_("Make the check again soon."),
            {"day": check.checked_on, "until": until},
        )


def _no_permission(clause: str, field: str) -> Breach:
    return Breach(
        clause,
        N_("The outcome “permitted” needs the authority's permission."),
        N_("Enter the number, the day and the limits of the permission."),
        field=field,
    )


@rule("MEN-1")
def adult_mentor(*, born: date, contract_since: date) -> Iterator[Finding]:
    """[MEN-1] A mentor is of age on the first day of the contract, the birthday itself included."""
    age = whole("adult_age_years", contract_since)
    if not of_age(born, age, contract_since):
        yield Breach(
            "MEN-1",
            N_("A mentor is at least %(age)s years old on the first day of the contract, %(day)s."),
            N_("The contract can begin on that birthday or later."),
            {"age": age, "day": contract_since},
            field="mentor",
        )
