"""States of a report. There is no way back and none out: it is closed, never deleted (CNF-2)."""

from celabiedrs.lib.workflow import Step
from celabiedrs.safeguarding.access import may_handle
from celabiedrs.safeguarding.models import ReportState as S

ACKNOWLEDGE = Step("acknowledge", (S.RAISED,), S.ACKNOWLEDGED, may_handle)
REFER = Step("refer", (S.ACKNOWLEDGED, S.REFERRED), S.REFERRED, may_handle)
CLOSE = Step("close", (S.ACKNOWLEDGED, S.REFERRED), S.CLOSED, may_handle)

STEPS = (ACKNOWLEDGE, REFER, CLOSE)
