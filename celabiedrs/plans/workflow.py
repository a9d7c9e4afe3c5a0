"""States of a support plan and the steps between them.

Ending is `closing.close_plan`: its step stands there.
"""

from celabiedrs.lib.workflow import Step
from celabiedrs.people.models import Role
from celabiedrs.plans.access import may_answer, may_close_question, may_decide, may_prepare
from celabiedrs.plans.words import PlanState as S
from celabiedrs.plans.words import QuestionState as A

PREPARER, EXPERT = (Role.PREPARER.label,), (Role.PROJECT_EXPERT.label,)

SUBMIT = Step("submit", (S.DRAFT, S.RETURNED), S.SUBMITTED, may_prepare, PREPARER)
APPROVE = Step("approve", (S.SUBMITTED,), S.ACTIVE, may_decide, EXPERT)
RETURN = Step("return", (S.SUBMITTED,), S.RETURNED, may_decide, EXPERT)
WITHDRAW = Step("withdraw", (S.DRAFT, S.SUBMITTED, S.RETURNED), S.WITHDRAWN, may_prepare, PREPARER)
SUSPEND = Step("suspend", (S.ACTIVE,), S.SUSPENDED, may_prepare, PREPARER)
RESUME = Step("resume", (S.SUSPENDED,), S.ACTIVE, may_prepare, PREPARER)

STEPS = (SUBMIT, APPROVE, RETURN, WITHDRAW, SUSPEND, RESUME)

ANSWER = Step("answer", (A.OPEN,), A.ANSWERED, may_answer)
CLOSE_QUESTION = Step("close_question", (A.OPEN, A.ANSWERED), A.CLOSED, may_close_question)

QUESTION_STEPS = (ANSWER, CLOSE_QUESTION)

PREPARED = (S.DRAFT, S.RETURNED)
APPROVED = (S.ACTIVE, S.SUSPENDED)
