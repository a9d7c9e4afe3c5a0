"""Who may be a mentor: education, certificate, coming of age (MEN-*, REG-1)."""

from collections.abc import Collection, Iterator
from datetime import date

from celabiedrs.rules.breach import N_, Breach, Finding, rule
from celabiedrs.rules.calendar import of_age
from celabiedrs.rules.naming import certificate_number
from celabiedrs.rules.parameters import whole, words
from celabiedrs.rules.reading import read_count, read_day, read_text, unreadable_day, unreadable_number

COACH = "coach_c"


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
    """[MEN-6] [MEN-10] A training certificate has a number of its own, the full hours that were asked for on its day,
    that day and its round."""
    issued = read_day(issued_on)
    needed = whole("training_hours", min(issued or today, today))
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
