"""How it goes on is chosen, a plan ends, the learner is called after an early end (EVA-4, DUT-3)."""

from django.db import transaction

from celabiedrs.closing import notices
from celabiedrs.closing.access import may_call, may_close
from celabiedrs.closing.actions.locks import locked
from celabiedrs.closing.facts import is_evaluated, unreviewed_mentors
from celabiedrs.closing.models import EndOutcome, PlanEnd, PlannedEnding
from celabiedrs.closing.workflow import CALL, CHOOSE_WAY, END, ClosingObstacle
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, WrongState, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.workflow import ask, check_state, move
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.rules import closing as closing_rules
from celabiedrs.rules.reading import read_day, read_text


@transaction.atomic
def choose_way(*, by: User, plan: SupportPlan, way: object) -> Done[PlannedEnding]:
    """[EVA-4] Note how it goes on after the plan; the last choice counts until the plan is closed."""
    require(may_close(by, plan))
    plan = locked(plan)
    check_state(CHOOSE_WAY, plan)
    cautions = refuse(closing_rules.way_on(way=way))
    chosen, _ = PlannedEnding.objects.update_or_create(
        plan=plan, defaults={"way": str(way), "chosen_by": by, "chosen_at": clock.now()}
    )
    record(chosen, "way_chosen", by=by, thread=plan.public_id, way=chosen.way)
    notices.way_chosen(plan)
    return Done(chosen, cautions)


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
    """[DUT-3] [LOG-12] End a plan: with the mentor's evaluation, or with the reason why there is none. As finished or
    continued only with the review of the cooperation by each mentor who met the learner.

    Hours given before this moment stay payable (PAY-5), and their months may still be finished. What waits for the
    expert falls away. An early end puts a call to the learner on the school's list.
    """
    plan = locked(plan)
    ask(END, by, plan)
    evaluated = is_evaluated(plan)
    cautions = refuse(
        closing_rules.closing(outcome=outcome, evaluated=evaluated, reason=reason, wished_by=wished_by),
        closing_rules.reviewed_before_closing(outcome=outcome, unreviewed=unreviewed_mentors(plan)),
    )
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
        call_due_on=closing_rules.call_due_on(clock.today()) if early else None,
        closed_by=by,
        closed_at=now,
    )
    record(end, "ended", by=by, thread=plan.public_id, outcome=end.outcome, without_evaluation=not evaluated)
    notices.plan_ended(plan)
    return Done(end, cautions)


@transaction.atomic
def log_call(*, by: User, end: PlanEnd, day: object) -> Done[PlanEnd]:
    """[DUT-3] Note that the learner whose plan ended early was called on a day. No content."""
    require(may_call(by, end.plan))
    end = PlanEnd.objects.select_for_update(of=("self",), no_key=True).select_related("plan").get(pk=end.pk)
    if end.call_due_on is None:
        raise WrongState(CALL, ClosingObstacle.NO_CALL, end)
    if end.called_on is not None:
        raise WrongState(CALL, ClosingObstacle.CALLED, end)
    called = read_day(day)
    cautions = refuse(
        closing_rules.call(day=called, ended_on=clock.riga_day(end.closed_at), today=clock.today())
    )
    end.called_on = called
    end.save(update_fields=["called_on"])
    record(end, "called", by=by, thread=end.plan.public_id)
    return Done(end, cautions)
