"""The last steps of a plan: it is evaluated, ends, is renewed, and its papers go to the school (DUT-3, EVA, ARC-1)."""

from django.utils.translation import gettext_lazy as _

from celabiedrs.closing.access import (
    may_ask_to_evaluate,
    may_call,
    may_close,
    may_evaluate,
    may_place,
    may_prepare,
)
from celabiedrs.lib.steps import Obstacle, Step, Workflow
from celabiedrs.plans.access import may_answer_for
from celabiedrs.plans.words import PlanState as S
from celabiedrs.plans.workflow import PLAN

SUPPORTED = (S.ACTIVE, S.SUSPENDED)
HAD_SUPPORT = (*SUPPORTED, S.ENDED)


class ClosingObstacle(Obstacle):
    EVALUATION_CLOSED = "evaluation_closed", _("The plan is closed; its evaluation stays as it is.")
    EVALUATED = "evaluated", _("The mentor has evaluated the support already.")
    NO_MENTOR = "no_mentor", _("The plan has no mentor who could be asked.")
    ASKED_TODAY = "asked_today", _("The mentor was asked today already; once a day is enough.")
    HANDED_OVER = "handed_over", _("All timesheets of this plan are handed over already.")
    RECEIVED = "received", _("The school has confirmed already that it received the timesheets.")
    REVIEW_CLOSED = (
        "review_closed",
        _("The last timesheet is submitted; the review can be changed when the school returns it."),
    )
    REVIEWED = "reviewed", _("The mentor has written the review of the cooperation.")
    NO_CALL = "no_call", _("The plan did not end early; no call to the learner is needed.")
    CALLED = "called", _("The call is recorded already.")
    NOT_PLACEABLE = "not_placeable", _("This paper does not exist yet; nothing can be kept.")


END = Step("end", SUPPORTED, S.ENDED, may_close, label=_("Close the plan"), of=PLAN)
CHOOSE_WAY = Step("choose_way", SUPPORTED, "", may_close, label=_("Choose how to go on"), of=PLAN)
EVALUATE = Step("evaluate", HAD_SUPPORT, "", may_evaluate, label=_("Evaluate the support"), of=PLAN)
ASK_TO_EVALUATE = Step(
    "ask_to_evaluate", HAD_SUPPORT, "", may_ask_to_evaluate, label=_("Ask for the evaluation"), of=PLAN
)
GIVE_FEEDBACK = Step("give_feedback", HAD_SUPPORT, "", may_prepare, label=_("Give feedback"), of=PLAN)
REVIEW = Step("review", HAD_SUPPORT, "", may_evaluate, label=_("Review the cooperation"), of=PLAN)
EXCUSE = Step("excuse", (S.ENDED,), "", may_answer_for, label=_("Say why the review cannot be had"), of=PLAN)
RENEW = Step("renew", HAD_SUPPORT, "", may_prepare, label=_("Draft the next plan"), of=PLAN)
HAND_OVER = Step("hand_over", HAD_SUPPORT, "", may_evaluate, label=_("Hand over the timesheets"), of=PLAN)

STEPS = (END,)

OF_PLAN = Workflow(page="desk:plan", key="plan")
CALL = Step("call", (), "", may_call, label=_("Record the call to the learner"), of=OF_PLAN)
RECEIVE = Step("receive", (), "", may_close, label=_("Confirm receiving the timesheets"), of=OF_PLAN)
PLACE_ORIGINAL = Step("place_original", (), "", may_place, label=_("Record where the original is"))
