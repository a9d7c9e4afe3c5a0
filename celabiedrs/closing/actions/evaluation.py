"""The mentor evaluates the support, the preparer gives feedback of their own (EVA-1 to EVA-4)."""

from typing import Any

from django.db import transaction

from celabiedrs.closing import notices
from celabiedrs.closing.access import may_ask_to_evaluate, may_evaluate, may_prepare
from celabiedrs.closing.actions.locks import locked
from celabiedrs.closing.facts import asked_today, is_evaluated, questions_in_force
from celabiedrs.closing.models import Evaluation, PreparerFeedback
from celabiedrs.closing.workflow import ASK_TO_EVALUATE, EVALUATE, GIVE_FEEDBACK, ClosingObstacle
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, Stale, WrongState, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.workflow import check_state
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.rules import closing as closing_rules
from celabiedrs.rules.reading import read_integer, read_text


@transaction.atomic
def evaluate(
    *,
    by: User,
    plan: SupportPlan,
    closed: object = None,
    open_answers: object = None,
    go_on: object = None,
    version: object = None,
) -> Done[Evaluation]:
    """[EVA-1] [EVA-2] [EVA-4] The mentor's three closed and two open answers, and whether to go on.

    Given at any time of the support and changed until the plan is closed; one that a closed plan lacks is still taken.
    Answers that are changed keep their wording of the questions; `version`: the wording that the page showed.
    """
    require(may_evaluate(by, plan))
    plan = locked(plan)
    check_state(EVALUATE, plan)
    evaluation = Evaluation.objects.filter(plan=plan, mentor=by.mentor).first()
    if evaluation is not None and plan.state == PlanState.ENDED:
        raise WrongState(EVALUATE, ClosingObstacle.EVALUATION_CLOSED, plan)
    questions = (evaluation.questions if evaluation else None) or questions_in_force()
    worded_on = questions.since if questions else clock.today()
    cautions = refuse(
        closing_rules.evaluation(closed=closed, open_answers=open_answers, go_on=go_on, day=worded_on)
    )
    assert isinstance(closed, (list, tuple)) and isinstance(open_answers, (list, tuple))  # EVA-2 was asked
    values: dict[str, Any] = {
        "closed": [read_integer(mark) for mark in closed],
        "open": [read_text(answer) for answer in open_answers],
        "goes_on": str(go_on),
    }
    if evaluation is None:
        if version is not None and (questions is None or questions.version != version):
            raise Stale
        evaluation = Evaluation.objects.create(
            plan=plan, mentor=by.mentor, given_at=clock.now(), questions=questions, **values
        )
        notices.plan_evaluated(plan)
    else:
        for name, value in (values | {"changed_at": clock.now()}).items():
            setattr(evaluation, name, value)
        evaluation.save(update_fields=[*values, "changed_at"])
    record(evaluation, "evaluated", by=by, thread=plan.public_id)
    return Done(evaluation, cautions)


@transaction.atomic
def ask_to_evaluate(*, by: User, plan: SupportPlan) -> Done[SupportPlan]:
    """[EVA-1] [DUT-3] The school asks the mentor for the evaluation that is missing; once a day at most."""
    require(may_ask_to_evaluate(by, plan))
    plan = locked(plan)
    check_state(ASK_TO_EVALUATE, plan)
    if plan.mentor is None:
        raise WrongState(ASK_TO_EVALUATE, ClosingObstacle.NO_MENTOR, plan)
    if is_evaluated(plan):
        raise WrongState(ASK_TO_EVALUATE, ClosingObstacle.EVALUATED, plan)
    if asked_today([plan]):
        raise WrongState(ASK_TO_EVALUATE, ClosingObstacle.ASKED_TODAY, plan)
    notices.evaluation_asked(plan)
    record(plan, "evaluation_asked", by=by, thread=plan.public_id)
    return Done(plan)


@transaction.atomic
def give_feedback(*, by: User, plan: SupportPlan, text: object = "") -> Done[PreparerFeedback]:
    """[EVA-3] The preparer's own word on what the support has brought; the last one counts."""
    require(may_prepare(by, plan))
    plan = locked(plan)
    check_state(GIVE_FEEDBACK, plan)
    cautions = refuse(closing_rules.feedback(text=text))
    feedback, _ = PreparerFeedback.objects.update_or_create(
        plan=plan, defaults={"text": read_text(text), "given_by": by, "given_at": clock.now()}
    )
    record(feedback, "feedback_given", by=by, thread=plan.public_id)
    return Done(feedback, cautions)
