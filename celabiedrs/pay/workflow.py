"""States of a pay run: prepared as often as needed, approved once, sent once."""

from celabiedrs.lib.workflow import Step
from celabiedrs.pay.access import may_approve_run, may_send_run
from celabiedrs.pay.models import RunState as S
from celabiedrs.people.models import Role

APPROVE = Step("approve", (S.PREPARED,), S.APPROVED, may_approve_run, (Role.HEAD.label,))
SEND = Step("send", (S.APPROVED,), S.SENT, may_send_run, (Role.PAY_CLERK.label,))

STEPS = (APPROVE, SEND)
