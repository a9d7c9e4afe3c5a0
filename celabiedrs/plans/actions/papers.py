from django.db import transaction

from celabiedrs.contracts.facts import span_of
from celabiedrs.contracts.models import Contract, ContractState
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, WrongState, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.workflow import check_state
from celabiedrs.people.models import User
from celabiedrs.places.facts import Programme, programme
from celabiedrs.plans import notices
from celabiedrs.plans.access import may_prepare
from celabiedrs.plans.facts.papers import mentor_findings
from celabiedrs.plans.models import (
    Agreement,
    AgreementDraft,
    AgreementText,
    MentorAssignment,
    SupportPlan,
    SupportRequest,
)
from celabiedrs.plans.words.fields import TEXTS
from celabiedrs.plans.workflow import (
    APPROVED,
    ATTACH_MENTOR,
    FILE_REQUEST,
    SIGN_AGREEMENT,
    PlanObstacle,
)
from celabiedrs.registry.models import Mentor
from celabiedrs.rules import agreement as agreement_rules
from celabiedrs.rules import naming
from celabiedrs.rules import plan as plan_rules
from celabiedrs.rules.reading import read_day, read_text


def _locked(plan: SupportPlan) -> SupportPlan:
    return (
        SupportPlan.objects.select_for_update(of=("self",))
        .select_related("learner", "institution")
        .get(pk=plan.pk)
    )


@transaction.atomic
def file_request(
    *, by: User, plan: SupportPlan, applicant: object, signed_on: object, scan: StoredFile | None
) -> Done[SupportRequest]:
    """[AGR-1] [AGR-2] Enter the request of a guardian or of an adult learner. It counts once its paper is in."""
    require(may_prepare(by, plan))
    plan = _locked(plan)
    check_state(FILE_REQUEST, plan)
    cautions = refuse(
        agreement_rules.applicant(
            applicant=applicant,
            signed_on=signed_on,
            born=plan.learner.born_on,
            plan_ends_on=plan.ends_on,
            today=clock.today(),
        )
    )
    request, _ = SupportRequest.objects.update_or_create(
        plan=plan,
        defaults={"applicant": str(applicant), "signed_on": expect(read_day(signed_on)), "scan": scan},
    )
    record(request, "request_filed", by=by, thread=plan.public_id, paper=scan is not None)
    return Done(request, cautions)


@transaction.atomic
def sign_agreement(
    *,
    by: User,
    plan: SupportPlan,
    mentor: Mentor | None,
    learner_signed_on: object,
    mentor_signed_on: object,
    scan: StoredFile | None = None,
    **texts: object,
) -> Done[Agreement]:
    """[AGR-3] [AGR-4] [AGR-10] Enter the agreement of a mentor with the learner: four texts and two signatures.

    On a plan that was approved it is the agreement of the mentor who is to follow, and comes before the change.
    """
    require(may_prepare(by, plan))
    plan = _locked(plan)
    check_state(SIGN_AGREEMENT, plan)
    if plan.state in APPROVED and mentor is not None and mentor.pk == plan.mentor_id:
        signed = plan.agreements.filter(
            mentor=mentor, learner_signed_on__isnull=False, mentor_signed_on__isnull=False
        )
        if signed.exists():
            raise WrongState(SIGN_AGREEMENT, PlanObstacle.AGREEMENT_SIGNED, plan)
    cautions = refuse(
        agreement_rules.agreement_entered(
            mentor_given=mentor is not None,
            learner_signed_on=learner_signed_on,
            mentor_signed_on=mentor_signed_on,
            texts=texts,
            today=clock.today(),
        ),
        plan_rules.planned_frequency(
            meetings_a_week=plan.meetings_a_week,
            hours_a_meeting=plan.hours_a_meeting,
            day=plan_rules.planned_day(clock.today(), plan.starts_on),
        ),
    )
    agreement, _ = Agreement.objects.update_or_create(
        plan=plan,
        mentor=mentor,
        defaults={
            "learner_signed_on": read_day(learner_signed_on),
            "mentor_signed_on": read_day(mentor_signed_on),
            "scan": scan,
        },
    )
    agreement.signatures.all().delete()  # those given on the device were over the texts before
    AgreementText.objects.update_or_create(
        agreement=agreement, defaults={field.name: field.read(texts[field.name]) for field in TEXTS}
    )
    record(agreement, "agreement_signed", by=by, thread=plan.public_id)
    return Done(agreement, cautions)


def contract_for(plan: SupportPlan, mentor: Mentor, known: Programme) -> Contract | None:
    """The mentor's contract that serves the plan best, where none was named: one that covers its last day, the
    school's own before another's, the latest signed."""
    contracts = list(
        mentor.contracts.exclude(state=ContractState.DRAFT)
        .select_related("employer")
        .order_by("-signed_on", "-pk")
    )

    def fitness(contract: Contract) -> tuple[bool, bool]:
        span = span_of(contract, known, school=plan.institution_id)
        return (span is not None and plan.last_day in span, contract.employer_id == plan.institution_id)

    return max(contracts, key=fitness, default=None)


@transaction.atomic
def attach_mentor(
    *,
    by: User,
    plan: SupportPlan,
    mentor: Mentor | None,
    contract: Contract | None = None,
    reason: object = "",
) -> Done[SupportPlan]:
    """[CON-1] [REG-2] [REG-4] [TG-3] [AGR-2] [MEN-3] [MEN-6] Put a mentor on a plan, under a contract that covers it.

    On a plan that was approved the mentor takes the former one's place at once. The six learners are counted over
    all schools under a lock on the mentor.
    """
    require(may_prepare(by, plan))
    if mentor is not None:
        mentor = Mentor.objects.select_for_update(of=("self",)).select_related("user").get(pk=mentor.pk)
    plan = _locked(plan)
    changes_mentor = plan.state in APPROVED
    check_state(ATTACH_MENTOR, plan)
    refuse(naming.mentor_named(named=mentor is not None, clause="REG-2"))
    mentor = expect(mentor)
    if changes_mentor and plan.mentor_id == mentor.pk and contract in (None, plan.contract):
        raise WrongState(ATTACH_MENTOR, PlanObstacle.MENTOR_ATTACHED, plan)
    known = programme()
    if contract is not None and contract.mentor_id != mentor.pk:
        contract = None
    elif contract is None:
        contract = contract_for(plan, mentor, known)
    cautions = refuse(mentor_findings(plan, mentor, contract, changes_mentor=changes_mentor, known=known))
    contract = expect(contract)
    now = clock.now()
    if changes_mentor:
        plan.assignments.filter(until=None).update(until=now)
        AgreementDraft.objects.filter(plan=plan, successor=None).delete()
        AgreementDraft.objects.filter(plan=plan, successor=mentor).update(successor=None)
    else:
        plan.assignments.filter(until=None).delete()
    MentorAssignment.objects.create(
        plan=plan, mentor=mentor, contract=contract, since=now, reason=read_text(reason)[:300]
    )
    plan.mentor, plan.contract, plan.version = mentor, contract, plan.version + 1
    plan.save(update_fields=["mentor", "contract", "version"])
    record(plan, "mentor_changed" if changes_mentor else "mentor_attached", by=by, thread=plan.public_id)
    notices.mentor_attached(plan)
    return Done(plan, cautions)
