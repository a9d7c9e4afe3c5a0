"""States of a supervision session. Composing a confirmed group takes it back to planned: it is confirmed
anew (SUP-6).
"""

from celabiedrs.lib.workflow import Step
from celabiedrs.supervision.access import may_lead
from celabiedrs.supervision.models import SessionState as S

COMPOSE = Step("compose", (S.PLANNED, S.CONFIRMED), S.PLANNED, may_lead)
CONFIRM = Step("confirm", (S.PLANNED,), S.CONFIRMED, may_lead)
HOLD = Step("hold", (S.CONFIRMED,), S.HELD, may_lead)
CANCEL = Step("cancel", (S.PLANNED, S.CONFIRMED), S.CANCELLED, may_lead)

STEPS = (COMPOSE, CONFIRM, HOLD, CANCEL)

TO_COME = (S.PLANNED, S.CONFIRMED)
