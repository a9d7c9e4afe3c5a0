"""The states of a disposal that is prepared by one and agreed to by another (ARC-1), and of an erasure request."""

from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.steps import Obstacle, Step, Workflow
from celabiedrs.people.models import Role
from celabiedrs.retention.access import may_answer, may_keep
from celabiedrs.retention.models import ProposalState as S
from celabiedrs.retention.models import RequestState as R

_ROLES = (Role.PROGRAMME_ADMINISTRATOR.label,)


def _keeps(user: object, _thing: object) -> bool:
    return may_keep(user)  # type: ignore[arg-type]


DISPOSAL = Workflow(
    {
        S.PROPOSED: _("The disposal waits for agreement."),
        S.AGREED: _("The disposal is agreed to and is being carried out."),
        S.DONE: _("The disposal is done."),
        S.DECLINED: _("The disposal was declined."),
        S.FALLEN: _("The agreement fell; nothing was disposed of."),
    },
    page="retention:proposal",
)

AGREE = Step("agree", (S.PROPOSED,), S.AGREED, _keeps, _ROLES, _("Agree to the disposal"), DISPOSAL)
DECLINE = Step("decline", (S.PROPOSED,), S.DECLINED, _keeps, _ROLES, _("Decline the disposal"), DISPOSAL)
CARRY_OUT = Step("carry_out", (S.AGREED,), S.DONE, _keeps, _ROLES, _("Carry out the disposal"), DISPOSAL)
FALL = Step("fall", (S.AGREED,), S.FALLEN, _keeps, _ROLES, _("Stop the disposal"), DISPOSAL)
STEPS = (AGREE, DECLINE, CARRY_OUT, FALL)

REQUEST = Workflow(
    {R.OPEN: _("The request waits for an answer."), R.ANSWERED: _("The request is answered.")},
    page="retention:request",
)
ANSWER = Step("answer", (R.OPEN,), R.ANSWERED, may_answer, _ROLES, _("Answer the request"), REQUEST)


class HoldObstacle(Obstacle):
    HELD = "held", _("It is on hold already.")
    KEEPS_NOTHING = "keeps_nothing", _("A hold on it would keep nothing.")
    NOT_HELD = "not_held", _("It is not on hold.")


HOLD = Step("hold", (), "", _keeps, _ROLES, _("Put on hold"))
RELEASE = Step("release", (), "", _keeps, _ROLES, _("Release the hold"))
