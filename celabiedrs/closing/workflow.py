"""The last step of a plan: it ends (DUT-3)."""

from celabiedrs.closing.access import may_close
from celabiedrs.lib.workflow import Step
from celabiedrs.plans.words import PlanState as S

END = Step("end", (S.ACTIVE, S.SUSPENDED), S.ENDED, may_close)

STEPS = (END,)

HAD_SUPPORT = (S.ACTIVE, S.SUSPENDED, S.ENDED)
