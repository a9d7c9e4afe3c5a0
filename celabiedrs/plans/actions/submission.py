"""Sending a plan to the expert, and withdrawing it (AGR-2, CON-8)."""

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, WrongState, refuse
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.workflow import ask, move
from celabiedrs.people.models import User
from celabiedrs.places.facts import programme
from celabiedrs.plans import notices
from celabiedrs.plans.facts.findings import findings_before_submitting
from celabiedrs.plans.models import (
    PlanSubmission,
    SupportPlan,
)
from celabiedrs.plans.reading.difference import snapshot
from celabiedrs.plans.reading.queue import opened_by_expert
from celabiedrs.plans.words import DecisionKind
from celabiedrs.plans.workflow import SUBMIT, TAKE_BACK, TAKE_BACK_CORRECTION, WITHDRAW, PlanObstacle


@transaction.atomic
def submit_plan(*, by: User, plan: SupportPlan) -> Done[SupportPlan]:
    """[AGR-2] [AGR-3] [CON-8] [TG-1] [TG-2] [IAP-3] Send a plan to the expert: all that a draft is asked,
    and papers.
    """
    ask(SUBMIT, by, plan)
    plan = (
        SupportPlan.objects.select_for_update(of=("self",))
        .select_related("learner", "institution", "mentor", "contract")
        .get(pk=plan.pk)
    )
    ask(SUBMIT, by, plan)
    cautions = refuse(findings_before_submitting(plan, programme()))
    now = clock.now()
    move(plan, SUBMIT, submitted_at=now, first_submitted_at=plan.first_submitted_at or now)
    PlanSubmission.objects.create(plan=plan, by=by, at=now, values=snapshot(plan))
    record(plan, "submitted", by=by, thread=plan.public_id)
    notices.plan_submitted(plan)
    return Done(plan, cautions)


@transaction.atomic
def take_back_plan(*, by: User, plan: SupportPlan) -> Done[SupportPlan]:
    """Take a sent plan back to correct it, while the expert has not opened it. What the expert named in a return before
    stays to be corrected; the sending that nobody read is none."""
    ask(TAKE_BACK, by, plan)
    plan = SupportPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    ask(TAKE_BACK, by, plan)
    if opened_by_expert(plan):
        raise WrongState(TAKE_BACK, PlanObstacle.OPENED, plan)
    returned = plan.decisions.filter(kind=DecisionKind.RETURNED, amendment=None).exists()
    plan.submissions.order_by("-at", "-pk")[:1].get().delete()
    move(plan, TAKE_BACK_CORRECTION if returned else TAKE_BACK, submitted_at=None)
    record(plan, "taken_back", by=by, thread=plan.public_id)
    return Done(plan)


@transaction.atomic
def withdraw_plan(*, by: User, plan: SupportPlan) -> Done[SupportPlan]:
    """Withdraw a plan that was never approved; after that it is closed, not withdrawn."""
    ask(WITHDRAW, by, plan)
    if plan.approved_at is not None:
        raise WrongState(WITHDRAW, PlanObstacle.APPROVED_ONCE, plan)
    move(plan, WITHDRAW, withdrawn_at=clock.now())
    record(plan, "withdrawn", by=by, thread=plan.public_id)
    return Done(plan)
