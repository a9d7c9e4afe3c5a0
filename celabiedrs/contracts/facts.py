"""A contract, a mentor and an employer's checks as the plain values that the rules ask for."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from celabiedrs.contracts.models import Contract
from celabiedrs.places.facts import Programme
from celabiedrs.places.models import Institution
from celabiedrs.registry.models import Mentor, SuitabilityCheck
from celabiedrs.rules.contract import Span, contract_span
from celabiedrs.rules.obstacles import Obstacle, obstacles_of
from celabiedrs.rules.suitability import Check


def span_of(contract: Contract, known: Programme, *, school: int | None = None) -> Span | None:
    """The days of a contract, their own semesters of its employer and of the learner's school counted (CON-2)."""
    return contract_span(
        labels=contract.semesters,
        signed_on=contract.signed_on,
        ended_on=contract.ended_on,
        prolonged_until=contract.prolonged_until,
        institutions=(contract.employer_id,) if school is None else (contract.employer_id, school),
        calendar=known.calendar,
    )


def order_until(contract: Contract) -> date | None:
    """The latest last day of a head's order for a running plan under the contract (CAL-5)."""
    running = contract.plans.filter(approved_at__isnull=False, ended_at=None, withdrawn_at=None)
    latest: date | None = running.aggregate(latest=Max("extended_until"))["latest"]
    return latest


def rows_after(contract: Contract, day: date | None) -> int:
    """How many held meetings under the contract are written down for days after a day."""
    if day is None:
        return 0
    return contract.meetings.filter(voided_at=None, outcome="held", held_on__gt=day).count()


def obstacles_of_mentor(mentor: Mentor) -> tuple[Obstacle, ...]:
    """The obstacles that any employer's checks of a mentor found, each with its days (MEN-4, MEN-5)."""
    return obstacles_of_mentors([mentor.pk]).get(mentor.pk, ())


def obstacles_of_mentors(mentors: Iterable[int]) -> dict[int, tuple[Obstacle, ...]]:
    """The same of many, in one statement; who has none is left out."""
    with_one = SuitabilityCheck.objects.filter(mentor__in=list(mentors), outcome="obstacle")
    checks: dict[int, dict[int, list[Check]]] = defaultdict(lambda: defaultdict(list))
    for row in SuitabilityCheck.objects.filter(mentor__in=with_one.order_by().values("mentor")).order_by(
        "pk"
    ):
        checks[row.mentor_id][row.employer_id].append(
            Check(row.ground, row.checked_on, row.outcome, row.permission)
        )
    return {mentor: obstacles_of(by_employer.values()) for mentor, by_employer in checks.items()}


def checks_of(mentor: Mentor, employer: Institution | int) -> tuple[Check, ...]:
    """This employer's checks of a mentor, in the order in which they were entered."""
    rows = SuitabilityCheck.objects.filter(mentor=mentor, employer=employer).order_by("pk")
    return tuple(Check(row.ground, row.checked_on, row.outcome, row.permission) for row in rows)
