"""Whether the papers and steps that prove a month of a plan are there, and whose turn it is where one is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from celabiedrs.rules.calendar import month_end

THERE, MISSING, AHEAD = "there", "missing", "ahead"
"""A step is there; it is missing and somebody's turn; it is not due yet."""
MENTOR, PREPARER, EXPERT, SCHOOL, EMPLOYER, PROGRAMME = (
    "mentor", "preparer", "expert", "school", "employer", "programme",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MonthPapers:
    """What is there for one month of one plan. Days are None where a step has not been taken.

    `checked`: how many of the two grounds the employer checked by the day of the contract. `proved`: the agreement has
    its copy or both signatures. `payable`: hours signed by both. `paid_on`: the day on which the run was approved.
    """

    month: date
    approved_on: date | None
    certificate_on: date | None
    checked: int
    contract_on: date | None
    contract_copy: bool
    request_on: date | None
    request_copy: bool
    agreed_on: date | None
    proved: bool
    meetings: int
    unsigned_since: date | None
    said_none: bool
    submitted_on: date | None
    verified_on: date | None
    on_paper: bool
    paper_copy: bool
    payable: int
    paid_on: date | None
    ended_on: date | None
    evaluated: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one step of the proof stands: by which clause it is asked for, whose turn it is and since when."""

    name: str
    clause: str
    state: str
    turn: str = ""
    since: date | None = None


def _step(
    name: str, clause: str, there: bool, turn: str, since: date | None, *, due: bool = True
) -> Standing:
    if there:
        return Standing(name, clause, THERE)
    return Standing(name, clause, MISSING, turn, since) if due else Standing(name, clause, AHEAD)


def standings(papers: MonthPapers, today: date) -> tuple[Standing, ...]:
    """Every step from the registry to pay, in the order of the source."""
    return (*_papers(papers), *_month(papers, today))


def _papers(one: MonthPapers) -> Iterator[Standing]:
    since = one.approved_on or one.month
    yield _step("certificate", "MEN-6", one.certificate_on is not None, PROGRAMME, since)
    yield _step("checks", "CON-6", one.checked >= 2, EMPLOYER, one.contract_on or since)
    yield _step("contract", "CON-1", one.contract_on is not None, EMPLOYER, since)
    yield _step("contract_copy", "CON-8", one.contract_copy, EMPLOYER, one.contract_on or since)
    yield _step("request", "AGR-1", one.request_on is not None and one.request_copy, PREPARER, since)
    yield _step("agreement", "AGR-4", one.agreed_on is not None and one.proved, PREPARER, since)
    yield _step("decision", "IAP-1", one.approved_on is not None, EXPERT, since)


def _month(one: MonthPapers, today: date) -> Iterator[Standing]:
    ends = month_end(one.month)
    over = today > ends
    nothing = one.said_none and not one.meetings
    yield _step("meetings", "LOG-9", one.meetings > 0 or nothing, MENTOR, ends, due=over)
    if not nothing:
        if one.meetings:
            yield _step("signatures", "LOG-8", one.unsigned_since is None, MENTOR, one.unsigned_since)
        yield _step("submitted", "CON-9", one.submitted_on is not None, MENTOR, ends, due=over)
        if one.on_paper:
            yield _step("paper_copy", "LOG-10", one.paper_copy, SCHOOL, one.submitted_on or ends, due=over)
        yield _step(
            "verified",
            "DUT-1",
            one.verified_on is not None,
            SCHOOL,
            one.submitted_on,
            due=one.submitted_on is not None,
        )
        if one.payable or not one.verified_on:
            yield _step(
                "paid",
                "PAY-1",
                one.paid_on is not None,
                EMPLOYER,
                one.verified_on,
                due=one.verified_on is not None,
            )
    if one.ended_on is not None:
        yield _step("evaluated", "EVA-1", one.evaluated, MENTOR, one.ended_on)
