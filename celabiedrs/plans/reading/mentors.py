"""The mentors among whom a preparer can choose for a plan: those whom the school may know, with their free places."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from celabiedrs.contracts.facts import span_of
from celabiedrs.contracts.models import Contract, ContractState
from celabiedrs.people.models import User
from celabiedrs.places.facts import Programme
from celabiedrs.places.models import SCHOOLS
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.reading.capacity import learners_by_mentor
from celabiedrs.registry.access import mentors_known_to
from celabiedrs.registry.models import Mentor
from celabiedrs.rules.parameters import whole


@dataclass(frozen=True)
class MentorRow:
    """A mentor as the list shows them: contact, certificate, places in the plan's semester, the contract's state."""

    mentor: Mentor
    taken: int
    limit: int
    near: bool
    contract: Contract | None
    certificate: str
    full_until: date | None
    here: bool

    @property
    def free(self) -> int:
        return max(self.limit - self.taken, 0)

    @property
    def municipalities(self) -> str:
        return ", ".join(place.name for place in self.mentor.municipalities.all())

    @property
    def reachable(self) -> str:
        email = self.mentor.user.email
        return "" if email.endswith("@example.invalid") else email


def mentor_rows(user: User, plan: SupportPlan, known: Programme) -> list[MentorRow]:
    """Mentors with a certificate whom the school may know (REG-1): of their own municipality before others, then who
    has a contract that covers the plan, then by free places. How many learners a mentor has is counted over all
    schools, and no school is named (TG-3)."""
    own = plan.institution.municipality_id
    mentors = list(
        Mentor.objects.filter(mentors_known_to(user), certificate__isnull=False)
        .select_related("user", "certificate")
        .prefetch_related("municipalities")
        .distinct()
        .order_by("user__sort_name")
    )
    taken = learners_by_mentor(mentors, plan.label, known)
    limit = whole("learners_per_mentor", plan.starts_on)
    contracts = _contracts(mentors, plan, known)
    rows = []
    for mentor in mentors:
        learners = taken.get(mentor.pk, set())
        here = plan.learner_id in learners
        full = len(learners) >= limit and not here
        rows.append(
            MentorRow(
                mentor=mentor,
                taken=len(learners),
                limit=limit,
                near=any(place.pk == own for place in mentor.municipalities.all()),
                contract=contracts.get(mentor.pk),
                certificate=mentor.certificate.number,
                full_until=known.calendar.latest_end(plan.label) if full else None,
                here=here,
            )
        )
    return sorted(
        rows,
        key=lambda row: (row.full_until is not None, not row.near, row.contract is None, -row.free),
    )


def _contracts(mentors: list[Mentor], plan: SupportPlan, known: Programme) -> dict[int, Contract]:
    """For each mentor a signed contract that covers the plan's last day, their own school's before another's."""
    found: dict[int, Contract] = {}
    rows = Contract.objects.filter(mentor__in=mentors, state=ContractState.SIGNED).select_related("employer")
    for contract in rows.order_by("pk"):
        span = span_of(contract, known, school=plan.institution_id)
        if span is None or plan.last_day not in span:
            continue
        if contract.mentor_id not in found or contract.employer_id == plan.institution_id:
            found[contract.mentor_id] = contract
    return found


def contract_choices(mentor: Mentor, plan: SupportPlan, known: Programme) -> list[tuple[str, str]]:
    """The mentor's contracts that cover the plan, each with its employer; another school stays unnamed."""
    choices = []
    for contract in (
        mentor.contracts.filter(state=ContractState.SIGNED).select_related("employer").order_by("pk")
    ):
        span = span_of(contract, known, school=plan.institution_id)
        if span is not None and plan.last_day in span:
            words = _("%(employer)s, %(semesters)s") % {
                "employer": employer_words(contract, plan),
                "semesters": ", ".join(contract.semesters),
            }
            if contract.scan_id is None:
                words = _("%(contract)s – its copy is missing") % {"contract": words}
            choices.append((str(contract.public_id), words))
    return sorted(choices, key=lambda choice: plan.institution.name not in choice[1])


def employer_words(contract: Contract, plan: SupportPlan) -> str:
    if contract.employer.kind in SCHOOLS and contract.employer_id != plan.institution_id:
        return _("another school")
    return str(contract.employer.name)
