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
from celabiedrs.plans.workflow import SUBMIT, WITHDRAW, PlanObstacle


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
def withdraw_plan(*, by: User, plan: SupportPlan) -> Done[SupportPlan]:
    """Withdraw a plan that was never approved; after that it is closed, not withdrawn."""
    ask(WITHDRAW, by, plan)
    if plan.approved_at is not None:
        raise WrongState(WITHDRAW, PlanObstacle.APPROVED_ONCE, plan)
    move(plan, WITHDRAW, withdrawn_at=clock.now())
    record(plan, "withdrawn", by=by, thread=plan.public_id)
    return Done(plan)
