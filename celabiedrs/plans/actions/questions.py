"""Questions between the mentor and the school on a plan: open → answered → closed (DUT-8)."""

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, WrongState, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.workflow import ask, check_state, move
from celabiedrs.people.models import User
from celabiedrs.plans import notices
from celabiedrs.plans.access import may_ask, side_of
from celabiedrs.plans.models import PlanQuestion, SupportPlan
from celabiedrs.plans.workflow import ANSWER, ASK_QUESTION, CLOSE_QUESTION, PlanObstacle
from celabiedrs.rules import plan as plan_rules
from celabiedrs.rules.reading import read_text

MOST = 1000


@transaction.atomic
def ask_question(*, by: User, plan: SupportPlan, text: object = "") -> Done[PlanQuestion]:
    """[DUT-8] The mentor asks the school, or the school the mentor. Nobody else reads it."""
    require(may_ask(by, plan))
    check_state(ASK_QUESTION, plan)
    if plan.mentor_id is None:
        raise WrongState(ASK_QUESTION, PlanObstacle.NO_MENTOR, plan)
    cautions = refuse(plan_rules.words_given(text=text))
    question = PlanQuestion.objects.create(
        plan=plan,
        side=expect(side_of(by, plan)),
        text=read_text(text)[:MOST],
        asked_by=by,
        asked_at=clock.now(),
    )
    record(question, "asked", by=by, thread=plan.public_id)
    notices.question_asked(question)
    return Done(question, cautions)


@transaction.atomic
def answer_question(*, by: User, question: PlanQuestion, text: object = "") -> Done[PlanQuestion]:
    """[DUT-8] The other side answers, once."""
    ask(ANSWER, by, question)
    cautions = refuse(plan_rules.words_given(text=text))
    answer = read_text(text)[:MOST]
    move(question, ANSWER, answer=answer, answered_by=by, answered_at=clock.now())
    record(question, "answered", by=by, thread=question.plan.public_id)
    notices.question_answered(question)
    return Done(question, cautions)


@transaction.atomic
def close_question(*, by: User, question: PlanQuestion) -> Done[PlanQuestion]:
    """[DUT-8] The side that asked closes its question: answered well, or no longer asked."""
    ask(CLOSE_QUESTION, by, question)
    move(question, CLOSE_QUESTION, closed_by=by, closed_at=clock.now())
    record(question, "closed", by=by, thread=question.plan.public_id)
    return Done(question)
