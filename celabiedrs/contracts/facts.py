"""A contract, a mentor and an employer's checks as the plain values that the rules ask for."""

from celabiedrs.contracts.models import Contract
from celabiedrs.places.facts import Programme
from celabiedrs.places.models import Institution
from celabiedrs.registry.models import Mentor, SuitabilityCheck
from celabiedrs.rules.contract import Span, contract_span
from celabiedrs.rules.suitability import Check


def span_of(contract: Contract, known: Programme, *, school: int | None = None) -> Span | None:
    """The days of a contract, the own semesters of its employer and of the learner's school counted (CON-2)."""
    return contract_span(
        labels=contract.semesters,
        signed_on=contract.signed_on,
        ended_on=contract.ended_on,
        institutions=(contract.employer_id,) if school is None else (contract.employer_id, school),
        calendar=known.calendar,
    )


def checks_of(mentor: Mentor, employer: Institution | int) -> tuple[Check, ...]:
    """This employer's checks of a mentor, in the order in which they were entered."""
    rows = SuitabilityCheck.objects.filter(mentor=mentor, employer=employer).order_by("pk")
    return tuple(Check(row.ground, row.checked_on, row.outcome, row.permission) for row in rows)
