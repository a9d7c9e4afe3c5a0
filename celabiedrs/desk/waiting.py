"""What waits for a person, gathered from every stage: one row, one action. Nothing is stored."""

from celabiedrs.closing import waiting as closing
from celabiedrs.contracts import waiting as contracts
from celabiedrs.hours import waiting as hours
from celabiedrs.lib.look.waits import Waits
from celabiedrs.pay import waiting as pay
from celabiedrs.people import waiting as people
from celabiedrs.people.models import User
from celabiedrs.plans import waiting as plans
from celabiedrs.programme import waiting as programme
from celabiedrs.registry import waiting as registry
from celabiedrs.retention import waiting as retention
from celabiedrs.safeguarding import waiting as safeguarding
from celabiedrs.supervision import waiting as supervision

STAGES = (
    safeguarding.waits,
    hours.waits,
    plans.waits,
    contracts.waits,
    registry.waits,
    pay.waits,
    closing.waits,
    supervision.waits,
    retention.waits,
    people.waits,
    programme.waits,
)
PRESSING = {"red": 0, "amber": 1, "": 2, "green": 3}


def waits_for(user: User) -> list[Waits]:
    """Everything that waits for a person today, the most pressing first."""
    rows = dict.fromkeys(row for waits in STAGES for row in waits(user))
    return sorted(rows, key=lambda row: PRESSING.get(row.tone, 2))
