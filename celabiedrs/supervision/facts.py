"""Groups, and mentors as the rules of supervision ask about them: stages of learners, no learner."""

from datetime import date

from celabiedrs.contracts.facts import span_of
from celabiedrs.contracts.models import Contract, ContractState
from celabiedrs.lib import clock
from celabiedrs.people.models import Role, User
from celabiedrs.places.facts import Programme
from celabiedrs.places.models import SCHOOLS
from celabiedrs.plans.facts import stage_of
from celabiedrs.plans.models import MentorAssignment
from celabiedrs.plans.words import PlanState
from celabiedrs.registry.models import Mentor
from celabiedrs.rules import parameters
from celabiedrs.rules.calendar import Stage
from celabiedrs.rules.supervision import DESCRIBED, Target
from celabiedrs.rules.supervision import Member as MemberFacts
from celabiedrs.supervision.models import GroupKind, SupervisionSession

AT_WORK = (PlanState.SUBMITTED, PlanState.RETURNED, PlanState.ACTIVE, PlanState.SUSPENDED)


def load_group_kinds() -> None:
    """Make the group kinds that ship (SUP-2), where they are not there: II. I and III are the operator's to add."""
    for code in shipped_codes():
        low, high = parameters.whole_range("supervision_class_range", clock.today())
        GroupKind.objects.get_or_create(
            code=code, defaults={"class_since": low, "class_until": high, "courses": True}
        )


def shipped_codes() -> tuple[str, ...]:
    return tuple(parameters.at("supervision_groups", clock.today()).value)


def group_codes() -> list[str]:
    """The codes of all groups for which a session may be planned."""
    return sorted({*shipped_codes(), *GroupKind.objects.order_by("code").values_list("code", flat=True)})


def target_of(kind: GroupKind) -> Target | None:
    """Whose supporters an operator's group is for; of group II the material says it (SUP-4)."""
    if kind.code == DESCRIBED:
        return None
    low, high = kind.class_since, kind.class_until
    return Target((low, high) if low is not None and high is not None else None, kind.courses)


def contracts_on(mentor: Mentor, days: tuple[date, ...], known: Programme) -> list[Contract]:
    """The mentor's signed contracts that cover one of the days."""
    contracts = mentor.contracts.exclude(state=ContractState.DRAFT).select_related("employer").order_by("pk")
    spans = ((contract, span_of(contract, known)) for contract in contracts)
    return [contract for contract, span in spans if span is not None and any(day in span for day in days)]


def days_around(session: SupervisionSession) -> tuple[date, date]:
    """Today and the day of the session."""
    return clock.today(), clock.riga_day(session.starts_at)


def stands_in_time(mentor: Mentor, session: SupervisionSession) -> list[MentorAssignment]:
    """Where the mentor works with a learner in the time of the session: today, or on its day."""
    days = days_around(session)
    stands = (
        mentor.assignments.filter(until=None, plan__state__in=AT_WORK).select_related("plan").order_by("pk")
    )
    return [
        stand for stand in stands if any(stand.plan.starts_on <= day <= stand.plan.last_day for day in days)
    ]


def nominating_places(user: User, mentor: Mentor, session: SupervisionSession, known: Programme) -> list[int]:
    """Institutions for which this responsible person may nominate the mentor: with a plan there or a contract."""
    own = user.institutions(Role.RESPONSIBLE_PERSON)
    if not own:
        return []
    tied = {
        *mentor.assignments.filter(until=None)
        .exclude(plan__state__in=(PlanState.ENDED, PlanState.WITHDRAWN))
        .order_by("pk")
        .values_list("plan__institution", flat=True),
        *(contract.employer_id for contract in contracts_on(mentor, days_around(session), known)),
    }
    return [place for place in own if place in tied]


def member_facts(mentor: Mentor, session: SupervisionSession) -> MemberFacts:
    nominations = session.nominations.filter(mentor=mentor).select_related("institution").order_by("pk")
    stages: tuple[Stage, ...] = tuple(stage_of(stand.plan) for stand in stands_in_time(mentor, session))
    return MemberFacts(
        nominated=bool(nominations),
        municipalities=frozenset(nomination.institution.municipality_id for nomination in nominations),
        stages=stages,
    )


def other_employers(session: SupervisionSession, known: Programme) -> set[int]:
    """Boards and youth centres that employ a member: they are told beside the schools."""
    mentors = Mentor.objects.filter(pk__in=session.members.values("mentor")).order_by("pk")
    contracts = [
        contract for mentor in mentors for contract in contracts_on(mentor, days_around(session), known)
    ]
    return {contract.employer_id for contract in contracts if contract.employer.kind not in SCHOOLS}


def supported_names(mentor: Mentor) -> list[str]:
    """Names of the learners by whom the mentor stands or stood: a theme must hold none of them."""
    stands = mentor.assignments.order_by("pk").values_list("plan__learner__name", flat=True)
    return list(dict.fromkeys(stands))
