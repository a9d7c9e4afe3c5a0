"""A plan ends (DUT-3)."""

from datetime import timedelta

from django.db import transaction

from celabiedrs.closing import notices
from celabiedrs.closing.actions.locking import locked
from celabiedrs.closing.facts import is_evaluated
from celabiedrs.closing.models import EndOutcome, PlanEnd
from celabiedrs.closing.workflow import END
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, refuse
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.workflow import ask, move
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.rules import closing as closing_rules
from celabiedrs.rules.reading import read_text

CALL_WITHIN = timedelta(days=7)


@transaction.atomic
def close_plan(
    *,
    by: User,
    plan: SupportPlan,
    outcome: object = None,
    reason: object = "",
    wished_by: object = "",
    avoidable: bool | None = None,
) -> Done[PlanEnd]:
    """[DUT-3] End a plan: with the mentor's evaluation, or with the reason why there is none.

    Hours given before this moment stay payable (PAY-5), and their months may still be finished. What waits for the
    expert falls away. An early end puts a call to the learner on the school's list.
    """
    plan = locked(plan)
    ask(END, by, plan)
    evaluated = is_evaluated(plan)
    cautions = refuse(closing_rules.closing(outcome=outcome, evaluated=evaluated, reason=reason))
    now = clock.now()
    move(plan, END, ended_at=now, suspended_at=None, version=plan.version + 1)
    plan.suspensions.filter(until=None).update(until=now)
    plan.amendments.filter(decision=None, superseded=False).update(superseded=True)
    early = outcome == EndOutcome.ENDED_EARLY
    end = PlanEnd.objects.create(
        plan=plan,
        outcome=str(outcome),
        reason=read_text(reason)[:500],
        without_evaluation=not evaluated,
        wished_by=read_text(wished_by)[:20],
        avoidable=avoidable if early else None,
        call_due_on=clock.today() + CALL_WITHIN if early else None,
        closed_by=by,
        closed_at=now,
    )
    record(end, "ended", by=by, thread=plan.public_id, outcome=end.outcome, without_evaluation=not evaluated)
    notices.plan_ended(plan)
    return Done(end, cautions)
