"""States of a pay run: prepared as often as needed, approved once, sent once; withdrawn before it is approved."""

from django.utils.translation import gettext_lazy as _

from celabiedrs.hours.workflow import MONTH
from celabiedrs.lib.steps import Obstacle, Step, Workflow
from celabiedrs.pay.access import may_approve_run, may_send_run, may_withdraw_run
from celabiedrs.pay.models import RunState as S
from celabiedrs.people.models import Role
from celabiedrs.plans.access import may_answer_for

RUN = Workflow(
    {
        S.PREPARED: _("The pay run is prepared and waits for approval."),
        S.APPROVED: _("The pay run is approved."),
        S.SENT: _("The pay run is handed over to payroll."),
        S.WITHDRAWN: _("The pay run was withdrawn."),
    },
    page="pay:run",
)


class RunObstacle(Obstacle):
    MOVED = (
        "moved",
        _("A month was opened again, or a rate changed, after the run was prepared: prepare it once more."),
    )


APPROVE = Step(
    "approve",
    (S.PREPARED,),
    S.APPROVED,
    may_approve_run,
    (Role.HEAD.label,),
    _("Approve the pay run"),
    RUN,
)
SEND = Step(
    "send", (S.APPROVED,), S.SENT, may_send_run, (Role.PAY_CLERK.label,), _("Hand over to payroll"), RUN
)

WITHDRAW = Step(
    "withdraw",
    (S.PREPARED,),
    S.WITHDRAWN,
    may_withdraw_run,
    (Role.PAY_CLERK.label,),
    _("Withdraw the pay run"),
    RUN,
)
PREPARE_AGAIN = Step(
    "prepare", (S.PREPARED,), "", may_withdraw_run, (Role.PAY_CLERK.label,), _("Prepare again"), RUN
)

STEPS = (APPROVE, SEND, WITHDRAW)

CORRECT = Step("correct", (), "", may_answer_for, label=_("Correct a paid month"), of=MONTH)


class RateObstacle(Obstacle):
    GONE = "gone", _("The rate was taken back already.")
