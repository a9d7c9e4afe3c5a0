"""The work contract: with whom, for which term, and that it covers the plan (CON-*, REG-4)."""

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from celabiedrs.rules.breach import N_, Breach, Caution, Finding, rule
from celabiedrs.rules.calendar import Calendar, parse_label
from celabiedrs.rules.mentor import adult_mentor
from celabiedrs.rules.parameters import words
from celabiedrs.rules.reading import read_day, read_text
from celabiedrs.rules.suitability import CLAUSE_OF_GROUND, Check, latest_check, suitable_for_contract
from celabiedrs.rules.support import semester_known


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `since` to `until`, both included."""

    since: date
    until: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.since <= day <= self.until


def contract_span(
    *,
    labels: Sequence[str],
    signed_on: date,
    ended_on: date | None,
    institutions: Collection[Hashable],
    calendar: Calendar,
    prolonged_until: date | None = None,
) -> Span | None:
    """The days of a contract: from the later of signing and the first semester's first day, to the last
    semester's last day in the class that ends last, the day to which it was prolonged, or its early end
    (CON-2). None when a semester is not known.

    `institutions`: the employer and the learner's school, whose own semesters may end later.
    """
    term = calendar.contract_span(labels, institutions)
    if term is None:
        return None
    until = term.until if prolonged_until is None else max(term.until, prolonged_until)
    if ended_on is not None:
        until = min(until, ended_on)
    return Span(max(signed_on, term.since), until)


@rule("CON-3", "CON-5")
def employer(*, kind: str, municipal: bool, day: date) -> Iterator[Finding]:
    """[CON-3] [CON-5] The employer is an education board, a school or a youth centre of the municipality."""
    if kind not in words("employer_kinds", day):
        yield Breach(
            "CON-3",
            N_("A mentor's contract is made with an education board, a school or a youth centre."),
            N_("Choose one of these as the employer."),
            field="employer",
        )
    elif kind == "youth_centre" and not municipal:
        yield Breach(
            "CON-5",
            N_(
                "A youth centre can be the employer only if it is an institution or a unit of the "
                "municipality."
            ),
            N_("The contract can be made with the school or the education board."),
            field="employer",
        )


@rule("CON-2", "CON-1", "CAL-1")
def term(*, labels: object, signed_on: object, calendar: Calendar, today: date) -> Iterator[Finding]:
    """[CON-2] [CON-1] [CAL-1] A contract is for one semester, or for both of one school year, and is
    signed."""
    signed = read_day(signed_on)
    if signed is None or signed > today:
        yield Breach(
            "CON-1",
            N_("The day on which the contract was signed is missing or lies in the future."),
            N_("Enter the contract when both have signed it."),
            field="signed_on",
        )
    given = list(labels) if isinstance(labels, (list, tuple)) else ([labels] if labels else [])
    read = [parse_label(label) for label in given]
    names = [label for label in read if label is not None]
    one_year = len({label.year for label in names}) == 1 and len(set(names)) == len(names)
    if not one_year or len(names) != len(given) or not all(calendar.knows(label) for label in names):
        yield Breach(
            "CON-2",
            N_("A contract is made for one semester or for both semesters of one school year."),
            N_("Choose one semester, or both of the same year; for the next year a new contract is made."),
            field="semesters",
        )
    for label in given:
        yield from semester_known(label=label, calendar=calendar)
    span = calendar.contract_span(given)
    if signed is not None and span is not None and signed > span.until:
        yield Breach(
            "CON-2",
            N_("The semester ended on %(until)s, before the contract was signed."),
            N_("Choose a semester that is not over."),
            {"until": span.until},
            field="semesters",
        )


def signing_findings(
    *,
    born: date,
    labels: object,
    signed_on: object,
    employer_key: Hashable,
    employer_kind: str,
    municipal: bool,
    checks: Sequence[Check],
    calendar: Calendar,
    today: date,
) -> Iterator[Finding]:
    """Everything that signing a contract asks, all at once: employer, term, age and both checks."""
    yield from employer(kind=employer_kind, municipal=municipal, day=today)
    yield from term(labels=labels, signed_on=signed_on, calendar=calendar, today=today)
    signed = read_day(signed_on) or today
    given = list(labels) if isinstance(labels, (list, tuple)) else [labels]
    period = calendar.contract_span(given, (employer_key,))
    yield from adult_mentor(born=born, contract_since=max(signed, period.since) if period else signed)
    yield from suitable_for_contract(checks=checks, today=today)
    yield from checked_before_signing(checks=checks, signed_on=signed)


@rule("CON-6")
def checked_before_signing(*, checks: Sequence[Check], signed_on: date) -> Iterator[Finding]:
    """[CON-6] Both checks are made by the day on which the contract is signed; one made after it is warned."""
    latest = [latest_check(checks, ground) for ground in CLAUSE_OF_GROUND]
    late = [check.checked_on for check in latest if check is not None and check.checked_on > signed_on]
    if late:
        yield Caution(
            "CON-6",
            N_("The contract was signed on %(signed)s, a suitability check was made only on %(checked)s."),
            N_("Compare the days. The employer makes both checks before the contract is signed."),
            {"signed": signed_on, "checked": max(late)},
        )


@rule("CON-1")
def rows_after_end(*, rows: int, day: date) -> Iterator[Finding]:
    """[CON-1] Meetings written down for days after a contract's last day pay nothing under it; an end in the past
    says how many there are."""
    if rows > 0:
        yield Caution(
            "CON-1",
            N_(
                "Meetings already written down for days after %(day)s: %(rows)s. This contract pays none of them."
            ),
            N_(
                "They stand red when the school closes the month. Another contract that covers their days pays them."
            ),
            {"day": day, "rows": rows},
        )


@rule("CON-1")
def covers_to_the_end(*, span: Span | None, ends_on: date) -> Iterator[Finding]:
    """[CON-1] Who approves a plan is told where the mentor's contract no longer reaches its last day."""
    if span is None or span.until < ends_on:
        yield Caution(
            "CON-1",
            N_("The mentor's contract ends %(until)s, before the plan, which ends %(ends)s."),
            N_("The school needs another contract; meetings after its last day will be refused."),
            {"until": span.until if span else "–", "ends": ends_on},
        )


@rule("CON-2", "CAL-5", "CON-8")
def prolongation(
    *, until: object, scan: bool, span: Span | None, last_semester: int, order_until: date | None
) -> Iterator[Finding]:
    """[CON-2] [CAL-5] [CON-8] A contract is lengthened into the summer, with its paper, as far as the head's order of
    a plan under it goes.

    `order_until`: the latest last day of such an order, None where no plan under the contract is extended.
    """
    day = read_day(until)
    if order_until is None or last_semester != 2:
        yield Breach(
            "CON-2",
            N_("No plan under this contract is extended into the summer."),
            N_("First the school extends the plan by the head's order; then the contract can be prolonged."),
        )
    elif day is None:
        yield Breach(
            "CON-2",
            N_("The new last day of the contract is missing or is no date."),
            N_("Enter it as a date; it can be %(order)s at the latest."),
            {"order": order_until},
            field="until",
        )
    elif day > order_until:
        yield Breach(
            "CON-2",
            N_("The head's order goes to %(order)s; the contract cannot be prolonged beyond it."),
            N_("Enter that day or an earlier one."),
            {"order": order_until},
            field="until",
        )
    if day is not None and span is not None and day <= span.until:
        yield Breach(
            "CON-2",
            N_("The contract runs to %(until)s already."),
            N_("Enter a later day."),
            {"until": span.until},
            field="until",
        )
    if not scan:
        yield Breach(
            "CON-8",
            N_("The copy of the agreement that prolongs the contract is missing."),
            N_("Upload the scanned or e-signed agreement."),
            field="scan",
        )


@rule("CON-2")
def early_end(*, day: object, reason: object, span: Span) -> Iterator[Finding]:
    """[CON-2] A contract ends before its term on a day within it, for a reason."""
    read = read_day(day)
    if read is None or read not in span:
        yield Breach(
            "CON-2",
            N_("The last day lies within the contract, %(since)s to %(until)s."),
            N_("Enter the last day on which the contract is in force."),
            {"since": span.since, "until": span.until},
            field="day",
        )
    if not read_text(reason):
        yield Breach(
            "CON-2",
            N_("Ending a contract early needs a reason."),
            N_("Say in a few words why."),
            field="reason",
        )


@rule("CON-1", "REG-4")
def covers_plan(
    *, span: Span | None, signed_on: date | None, starts_on: date, ends_on: date, today: date
) -> Iterator[Finding]:
    """[CON-1] [REG-4] A mentor is attached with a contract that was signed by then and covers the plan's own
    dates.

    Meetings before the contract's first day are refused one by one; so for a plan that has begun already the
    contract has to be in force on the day of attachment, and in every case to the plan's own last day.
    """
    if signed_on is None or span is None or signed_on > today:
        yield Breach(
            "REG-4",
            N_("There is no signed contract with this mentor."),
            N_("Sign the contract first, then attach the mentor."),
            field="contract",
        )
    if span is None:
        yield Breach(
            "CON-1",
            N_("A mentor joins a plan only with a contract that is in force."),
            N_("Sign a contract for this semester, or choose the one that covers it."),
            field="contract",
        )
    elif not (span.since <= min(ends_on, max(starts_on, today)) and ends_on <= span.until):
        yield Breach(
            "CON-1",
            N_("The contract runs %(since)s to %(until)s and does not cover the plan, which ends %(ends)s."),
            N_("Sign a contract for this semester, or choose the one that covers it."),
            {"since": span.since, "until": span.until, "ends": ends_on},
            field="contract",
        )


@rule("CON-1")
def within_contract(*, spans: Sequence[Span], day: date) -> Iterator[Finding]:
    """[CON-1] A meeting lies within the mentor's contract, in summer too. `spans`: those that serve the
    plan."""
    if not any(day in span for span in spans):
        yield Breach(
            "CON-1",
            N_("On %(day)s no contract with the mentor for this plan is in force."),
            N_("Compare the day with the contract; a meeting outside it cannot be paid."),
            {"day": day},
            field="day",
        )


@rule("CON-4")
def employer_is_other_school(
    *, employer_kind: str, employer_key: Hashable, learner_institution: Hashable
) -> Iterator[Finding]:
    """[CON-4] A school may employ the mentor of another school's learner; it is warned."""
    if employer_kind in ("general", "vocational") and employer_key != learner_institution:
        yield Caution(
            "CON-4",
            N_("The mentor's employer is another school than the learner's."),
            N_("This is allowed; check that the right contract was chosen."),
        )


@rule("CON-8")
def contract_scanned(*, scan: bool) -> Iterator[Finding]:
    """[CON-8] A plan is submitted, and the mentor or contract of an approved one changed, only with the copy of the
    contract; one copy serves several plans."""
    if not scan:
        yield Breach(
            "CON-8",
            N_("The copy of the mentor's contract is missing."),
            N_("Upload the scanned or e-signed contract."),
            field="contract",
        )


@rule("MEN-7", "DUT-1")
def not_with_oneself(*, own: bool) -> Iterator[Finding]:
    """[MEN-7] [DUT-1] Nobody signs, for the employer, the contract in which they are the mentor."""
    if own:
        yield Breach(
            "MEN-7",
            N_("Nobody signs their own contract for the employer."),
            N_("Another preparer or the head enters this contract."),
        )
        yield Breach("DUT-1", N_("Who is paid does not decide on it."), N_("Ask another head or the board."))
