"""The states of a disposal that is prepared by one and agreed to by another (ARC-1)."""

from celabiedrs.lib.workflow import Step
from celabiedrs.people.models import Role
from celabiedrs.retention.access import may_answer, may_keep
from celabiedrs.retention.models import ProposalState as S
from celabiedrs.retention.models import RequestState as R

_ROLES = (Role.PROGRAMME_ADMINISTRATOR.label,)


def _keeps(user: object, _thing: object) -> bool:
    return may_keep(user)  # type: ignore[arg-type]


AGREE = Step("agree", (S.PROPOSED,), S.AGREED, _keeps, _ROLES)
DECLINE = Step("decline", (S.PROPOSED,), S.DECLINED, _keeps, _ROLES)
CARRY_OUT = Step("carry_out", (S.AGREED,), S.DONE, _keeps, _ROLES)
FALL = Step("fall", (S.AGREED,), S.FALLEN, _keeps, _ROLES)
STEPS = (AGREE, DECLINE, CARRY_OUT, FALL)

ANSWER = Step("answer", (R.OPEN,), R.ANSWERED, may_answer, _ROLES)
