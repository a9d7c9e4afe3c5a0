"""States of a support plan, of a question about it, and the steps between them; the words for both.

Ending is `closing.close_plan`: its step stands there.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.steps import Obstacle, Step, Workflow
from celabiedrs.people.models import Role
from celabiedrs.plans.access import (
    may_answer,
    may_answer_for,
    may_ask,
    may_close_question,
    may_decide,
    may_prepare,
    may_prepare_for,
)
from celabiedrs.plans.words import PlanState as S
from celabiedrs.plans.words import QuestionState as A

PREPARER, EXPERT = (Role.PREPARER.label,), (Role.PROJECT_EXPERT.label,)

PREPARED = (S.DRAFT, S.RETURNED)
APPROVED = (S.ACTIVE, S.SUSPENDED)
NOT_OVER = (S.DRAFT, S.SUBMITTED, S.RETURNED, S.ACTIVE, S.SUSPENDED)

PLAN = Workflow(
    {
        S.DRAFT: _("The plan is still a draft."),
        S.SUBMITTED: _("The plan is submitted and waits for the expert's decision."),
        S.RETURNED: _("The expert returned the plan to be corrected."),
        S.ACTIVE: _("The plan is approved and in force."),
        S.SUSPENDED: _("The plan is suspended."),
        S.ENDED: _("The plan has ended."),
        S.WITHDRAWN: _("The plan was withdrawn."),
    },
    page="desk:plan",
)


class PlanObstacle(Obstacle):
    AGREEMENT_SIGNED = "agreement_signed", _("The agreement with this mentor is signed by both already.")
    MENTOR_ATTACHED = "mentor_attached", _("This mentor is on the plan already, under the same contract.")
    APPROVED_ONCE = "approved_once", _("The plan was approved once: it is closed, not withdrawn.")
    OPENED = "opened", _("The expert has opened the plan already.")
    NO_MENTOR = "no_mentor", _("The plan has no mentor yet.")
    TALK_RECORDED = "talk_recorded", _("The talk of that day is recorded already.")
    OWN_PREPARER = "own_preparer", _("This colleague looks after the plan already.")


SUBMIT = Step("submit", PREPARED, S.SUBMITTED, may_prepare, PREPARER, _("Send the plan to the expert"), PLAN)
APPROVE = Step("approve", (S.SUBMITTED,), S.ACTIVE, may_decide, EXPERT, _("Approve the plan"), PLAN)
RETURN = Step("return", (S.SUBMITTED,), S.RETURNED, may_decide, EXPERT, _("Return the plan"), PLAN)
WITHDRAW = Step(
    "withdraw", (*PREPARED, S.SUBMITTED), S.WITHDRAWN, may_prepare, PREPARER, _("Withdraw the plan"), PLAN
)
TAKE_BACK = Step("take_back", (S.SUBMITTED,), S.DRAFT, may_prepare, PREPARER, _("Take the plan back"), PLAN)
TAKE_BACK_CORRECTION = Step(
    "take_back", (S.SUBMITTED,), S.RETURNED, may_prepare, PREPARER, _("Take the plan back"), PLAN
)
SUSPEND = Step("suspend", (S.ACTIVE,), S.SUSPENDED, may_prepare, PREPARER, _("Suspend the plan"), PLAN)
RESUME = Step("resume", (S.SUSPENDED,), S.ACTIVE, may_prepare, PREPARER, _("Resume the plan"), PLAN)

STEPS = (SUBMIT, APPROVE, RETURN, WITHDRAW, TAKE_BACK, SUSPEND, RESUME)


def _preparing(name: str, sources: tuple[str, ...], label: Any) -> Step:
    """A preparer's step that leaves the plan's state as it is."""
    return Step(name, sources, "", may_prepare, PREPARER, label, PLAN)


FILE_REQUEST = _preparing("file_request", PREPARED, _("Enter the request"))
SIGN_AGREEMENT = _preparing("sign_agreement", (*PREPARED, *APPROVED), _("Enter the agreement"))
DRAFT_TEXT = _preparing("draft_text", (*PREPARED, *APPROVED), _("Write the agreement's texts"))
ATTACH_MENTOR = _preparing("attach_mentor", (*PREPARED, *APPROVED), _("Put a mentor on the plan"))
PREPARE = _preparing("prepare", PREPARED, _("Prepare the plan"))
AMEND = _preparing("amend", (*PREPARED, *APPROVED), _("Change the plan"))
EXTEND = _preparing("extend", APPROVED, _("Extend the plan into the summer"))
HAND_TO_PREPARER = _preparing("hand_to_preparer", NOT_OVER, _("Hand the plan to a colleague"))
ASK_QUESTION = Step(
    "ask_question", (*NOT_OVER, S.ENDED), "", may_ask, label=_("Ask a question about the plan"), of=PLAN
)
LOG_TALK = Step("log_talk", tuple(S), "", may_answer_for, label=_("Record a monthly talk"), of=PLAN)

QUESTION = Workflow(
    {
        A.OPEN: _("The question waits for an answer."),
        A.ANSWERED: _("The question is answered."),
        A.CLOSED: _("The question is closed."),
    },
    page="plans:questions",
    key="plan",
)
ANSWER = Step("answer", (A.OPEN,), A.ANSWERED, may_answer, label=_("Answer the question"), of=QUESTION)
CLOSE_QUESTION = Step(
    "close_question",
    (A.OPEN, A.ANSWERED),
    A.CLOSED,
    may_close_question,
    label=_("Close the question"),
    of=QUESTION,
)
QUESTION_STEPS = (ANSWER, CLOSE_QUESTION)

LEARNER = Workflow(page="plans:learner")
TRANSFER = Workflow(page="plans:learner", key="learner")


class LearnerObstacle(Obstacle):
    TRANSFER_ANSWERED = "transfer_answered", _("The request to change schools is answered already.")
    NO_PERSONAL_CODE = "no_personal_code", _("No personal code of this learner has been entered.")


DECLINE_TRANSFER = Step(
    "decline_transfer", (), "", may_prepare_for, PREPARER, _("Decline the change of school"), TRANSFER
)
READ_OUT_CODE = Step("read_out_code", (), "", may_prepare_for, PREPARER, _("Show the personal code"), LEARNER)
