"""What people do at a plan's end: the mentor reviews, evaluates and hands over; the preparer closes and renews."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from celabiedrs.closing import notices
from celabiedrs.closing.access import may_close, may_evaluate, may_prepare, may_prepare_for
from celabiedrs.closing.facts import (
    is_evaluated,
    last_day_with,
    listed_sheets,
    questions_in_force,
    review_is_closed,
    unverified_sheets,
)
from celabiedrs.closing.models import EndOutcome, Evaluation, HandOver, PlanEnd, PreparerFeedback
from celabiedrs.closing.workflow import END, HAD_SUPPORT
from celabiedrs.hours.models import CooperationReview
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, WrongState, permit, refuse
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.workflow import ask, move
from celabiedrs.people.models import User
from celabiedrs.plans.actions import draft_plan
from celabiedrs.plans.facts import plan_values
from celabiedrs.plans.kinds import PlanState
from celabiedrs.plans.models import SupportPlan
from celabiedrs.rules import closing as closing_rules
from celabiedrs.rules import month as month_rules
from celabiedrs.rules import plan as plan_rules
from celabiedrs.rules.reading import read_integer, read_text

CALL_WITHIN = timedelta(days=7)
RENEWED = ("module", "ground", "risks", "hours_per_month")


def _locked(plan: SupportPlan) -> SupportPlan:
    return SupportPlan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)


@transaction.atomic
def review_cooperation(
    *, by: User, plan: SupportPlan, text: object = "", recommendation: object = "", conclusions: object = ""
) -> Done[CooperationReview]:
    """[LOG-12] [LOG-13] The mentor's review on the last timesheet: changed at will until that sheet is submitted,
    and again when it is returned. A sheet that became the last one later still takes a first review."""
    permit(may_evaluate(by, plan))
    plan = _locked(plan)
    if plan.state not in HAD_SUPPORT:
        raise WrongState("review")
    earlier = CooperationReview.objects.filter(plan=plan, mentor=by.mentor)
    if earlier.exists() and review_is_closed(plan, by.mentor):
        raise WrongState("review")
    cautions = refuse(month_rules.review(text=text, recommendation=recommendation))
    review, _ = CooperationReview.objects.update_or_create(
        plan=plan,
        mentor=by.mentor,
        defaults={
            "cooperation": read_text(text),
            "conclusions": read_text(conclusions),
            "recommendation": str(recommendation),
            "written_by": by,
            "written_at": clock.now(),
        },
    )
    record(review, "reviewed", by=by, thread=plan.public_id)
    return Done(review, cautions)


@transaction.atomic
def evaluate(
    *, by: User, plan: SupportPlan, closed: object = None, open_answers: object = None, go_on: object = None
) -> Done[Evaluation]:
    """[EVA-1] [EVA-2] [EVA-4] The mentor's three closed and two open answers, and whether to go on.

    Given at any time of the support and changed until the plan is closed; one that a closed plan lacks is still taken.
    """
    permit(may_evaluate(by, plan))
    plan = _locked(plan)
    if plan.state not in HAD_SUPPORT:
        raise WrongState("evaluate")
    evaluation = Evaluation.objects.filter(plan=plan, mentor=by.mentor).first()
    if evaluation is not None and plan.state == PlanState.ENDED:
        raise WrongState("evaluate")
    cautions = refuse(
        closing_rules.evaluation(closed=closed, open_answers=open_answers, go_on=go_on, today=clock.today())
    )
    assert isinstance(closed, (list, tuple)) and isinstance(open_answers, (list, tuple))  # EVA-2 was asked
    values: dict[str, Any] = {
        "closed": [read_integer(mark) for mark in closed],
        "open": [read_text(answer) for answer in open_answers],
        "goes_on": str(go_on),
        "questions": questions_in_force(),
    }
    if evaluation is None:
        evaluation = Evaluation.objects.create(plan=plan, mentor=by.mentor, given_at=clock.now(), **values)
        notices.plan_evaluated(plan)
    else:
        for name, value in (values | {"changed_at": clock.now()}).items():
            setattr(evaluation, name, value)
        evaluation.save(update_fields=[*values, "changed_at"])
    record(evaluation, "evaluated", by=by, thread=plan.public_id)
    return Done(evaluation, cautions)


@transaction.atomic
def give_feedback(*, by: User, plan: SupportPlan, text: object = "") -> Done[PreparerFeedback]:
    """[EVA-3] The preparer's own word on what the support has brought; the last one counts."""
    permit(may_prepare(by, plan))
    plan = _locked(plan)
    if plan.state not in HAD_SUPPORT:
        raise WrongState("feedback")
    cautions = refuse(closing_rules.feedback(text=text))
    feedback, _ = PreparerFeedback.objects.update_or_create(
        plan=plan, defaults={"text": read_text(text), "given_by": by, "given_at": clock.now()}
    )
    record(feedback, "feedback_given", by=by, thread=plan.public_id)
    return Done(feedback, cautions)


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
    plan = _locked(plan)
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


@transaction.atomic
def renew_plan(*, by: User, plan: SupportPlan, semester: object, **changes: object) -> Done[SupportPlan]:
    """[IAP-3] Draft the plan of a later semester from this one, at the school where the learner is now.

    `changes`: fields as `draft_plan` takes them. Risks that are not given are carried over and marked: they must be
    assessed anew (`amend_plan` with `risks`) before the plan can be submitted.
    """
    permit(may_prepare_for(by, plan.learner))
    if plan.state not in HAD_SUPPORT:
        raise WrongState("renew")
    values: dict[str, Any] = {name: value for name, value in plan_values(plan).items() if name in RENEWED}
    renewal = list(closing_rules.renewal(label=semester, previous=plan.label))
    renewal += plan_rules.previous_evaluated(evaluated=is_evaluated(plan))
    refuse(renewal)
    done = draft_plan(by=by, learner=plan.learner, semester=semester, previous=plan, **(values | changes))
    if "risks" not in changes:
        done.thing.risks.update(carried=True)
    record(done.thing, "renewed", by=by, thread=done.thing.public_id, previous=plan.number)
    return Done(done.thing, (*refuse(renewal), *done.cautions))


@transaction.atomic
def hand_over(*, by: User, plan: SupportPlan) -> Done[HandOver]:
    """[ARC-1] The mentor hands all timesheets of a plan to the school for keeping; waits for those not verified.

    Once, save where a sheet came after: then the act is made anew and received anew.
    """
    permit(may_evaluate(by, plan))
    plan = _locked(plan)
    if plan.state not in HAD_SUPPORT:
        raise WrongState("hand_over")
    sheets = listed_sheets(plan, by.mentor)
    earlier = HandOver.objects.filter(plan=plan, mentor=by.mentor).first()
    unverified = unverified_sheets(plan, by.mentor)
    if earlier is not None and earlier.sheets == sheets and not unverified:
        raise WrongState("hand_over")
    over = clock.today() > last_day_with(plan, by.mentor) or plan.state == PlanState.ENDED
    cautions = refuse(closing_rules.hand_over(unverified=unverified, sheets=len(sheets), over=over))
    handed, _ = HandOver.objects.update_or_create(
        plan=plan,
        mentor=by.mentor,
        defaults={
            "sheets": sheets,
            "handed_at": clock.now(),
            "handed_by": by,
            "received_by": None,
            "received_at": None,
        },
    )
    record(handed, "handed_over", by=by, thread=plan.public_id, sheets=len(sheets))
    notices.handed_over(handed)
    return Done(handed, cautions)


@transaction.atomic
def receive(*, by: User, hand_over: HandOver) -> Done[HandOver]:
    """[ARC-1] The preparer confirms that the listed timesheets have come."""
    permit(may_close(by, hand_over.plan))
    received = HandOver.objects.filter(pk=hand_over.pk, received_at=None)
    if not received.update(received_by=by, received_at=clock.now()):
        raise WrongState("receive")
    hand_over.refresh_from_db()
    record(hand_over, "received", by=by, thread=hand_over.plan.public_id)
    notices.received(hand_over)
    return Done(hand_over)
