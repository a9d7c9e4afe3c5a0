"""The questions that attaching a mentor and submitting a plan put to the rules, with the facts from the tables."""

from collections.abc import Iterator

from celabiedrs.contracts.facts import checks_of, obstacles_of_mentor, span_of
from celabiedrs.contracts.models import Contract
from celabiedrs.lib import clock
from celabiedrs.places.facts import Programme
from celabiedrs.plans.facts import learners_of_mentor
from celabiedrs.plans.models import Agreement, SupportPlan
from celabiedrs.plans.words.fields import TEXTS
from celabiedrs.registry.models import EducationKind, Mentor
from celabiedrs.rules.agreement import (
    AgreementFacts,
    ContractFacts,
    MentorFacts,
    attachment_findings,
    submission_findings,
)
from celabiedrs.rules.breach import Finding
from celabiedrs.rules.contract import covers_plan, covers_to_the_end
from celabiedrs.rules.mentor import coach_through_plan
from celabiedrs.rules.obstacles import no_obstacle
from celabiedrs.rules.reading import read_day


def agreement_facts(agreement: Agreement | None) -> AgreementFacts | None:
    if agreement is None:
        return None
    return AgreementFacts(agreement.learner_signed_on, agreement.mentor_signed_on)


def agreement_with(plan: SupportPlan, mentor: Mentor | int | None) -> Agreement | None:
    """The agreement of this mentor with the plan's learner."""
    return plan.agreements.filter(mentor=mentor).select_related("text").first() if mentor else None


def mentor_facts(
    mentor: Mentor, plan: SupportPlan, contract: Contract | None, known: Programme
) -> MentorFacts:
    education, coach = education_of(mentor)
    certificate = getattr(mentor, "certificate", None)
    way = known.setting("six_learners_count", clock.today())
    return MentorFacts(
        works_at=frozenset(mentor.works_at.order_by().values_list("pk", flat=True)),
        education=education,
        coach_c_valid=coach,
        certificate_issued_on=certificate.issued_on if certificate else None,
        checks=checks_of(mentor, contract.employer_id) if contract else (),
        obstacles=obstacles_of_mentor(mentor),
        learners_already=frozenset(learners_of_mentor(mentor, plan, way)),
    )


def education_of(mentor: Mentor) -> tuple[frozenset[str], tuple | None]:
    """The grounds of education of a mentor, and the days of the coach's certificate where there is one."""
    rows = list(mentor.education.order_by("pk"))
    coach = next(((r.valid_since, r.valid_until) for r in rows if r.kind == EducationKind.COACH_C), None)
    return frozenset(row.kind for row in rows), coach


def contract_facts(contract: Contract | None, plan: SupportPlan, known: Programme) -> ContractFacts | None:
    if contract is None:
        return None
    return ContractFacts(
        span=span_of(contract, known, school=plan.institution_id),
        signed_on=contract.signed_on,
        employer=contract.employer_id,
        employer_kind=contract.employer.kind,
        scan=contract.scan_id is not None,
    )


def mentor_findings(
    plan: SupportPlan, mentor: Mentor, contract: Contract | None, *, changes_mentor: bool, known: Programme
) -> Iterator[Finding]:
    """Everything that attaching this mentor asks. `changes_mentor`: on a plan that was approved already."""
    request = getattr(plan, "request", None)
    return attachment_findings(
        mentor=mentor_facts(mentor, plan, contract, known),
        contract=contract_facts(contract, plan, known),
        requested=request is not None,
        request_scan=request is not None and request.scan_id is not None,
        agreement=agreement_facts(agreement_with(plan, mentor)),
        plan_active=changes_mentor,
        learner=plan.learner_id,
        learner_institution=plan.institution_id,
        semester=plan.label,
        starts_on=plan.starts_on,
        ends_on=plan.last_day,
        today=clock.today(),
    )


def paper_findings(plan: SupportPlan, *, known: Programme) -> Iterator[Finding]:
    """Everything that submitting asks of the papers."""
    request = getattr(plan, "request", None)
    agreement = agreement_with(plan, plan.mentor)
    text = getattr(agreement, "text", None) if agreement else None
    yield from submission_findings(
        requested=request is not None,
        request_scan=request is not None and request.scan_id is not None,
        agreement=agreement_facts(agreement),
        texts=None if agreement is None else tuple(getattr(text, field.name, "") for field in TEXTS),
        mentor_attached_=plan.mentor_id is not None,
        contract_scan=plan.contract is not None and plan.contract.scan_id is not None,
        obstacles=obstacles_of_mentor(plan.mentor) if plan.mentor is not None else (),
        born=plan.learner.born_on,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        today=clock.today(),
    )
    if plan.contract is not None:
        yield from support_findings(plan, starts_on=plan.starts_on, ends_on=plan.ends_on, known=known)


def approval_findings(plan: SupportPlan, known: Programme) -> Iterator[Finding]:
    """What is asked again when the expert approves: an obstacle found since refuses, a contract that no longer
    reaches the plan's last day warns."""
    if plan.mentor is None:
        return
    yield from no_obstacle(obstacles=obstacles_of_mentor(plan.mentor), day=clock.today())
    span = span_of(plan.contract, known, school=plan.institution_id) if plan.contract else None
    yield from covers_to_the_end(span=span, ends_on=plan.last_day)


def support_findings(
    plan: SupportPlan, *, starts_on: object, ends_on: object, known: Programme
) -> Iterator[Finding]:
    """Whether the attached mentor's contract and coach's certificate cover these days (CON-1, MEN-3)."""
    first, last = read_day(starts_on), read_day(ends_on)
    if plan.contract is None or plan.mentor is None or first is None or last is None or last < first:
        return
    yield from covers_plan(
        span=span_of(plan.contract, known, school=plan.institution_id),
        signed_on=plan.contract.signed_on,
        starts_on=first,
        ends_on=last,
        today=clock.today(),
    )
    education, coach = education_of(plan.mentor)
    yield from coach_through_plan(education=education, coach_c_valid=coach, starts_on=first, ends_on=last)
