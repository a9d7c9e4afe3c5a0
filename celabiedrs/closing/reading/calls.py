"""The calls after an early end, as the school's list shows them."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from celabiedrs.closing.models import PlanEnd
from celabiedrs.lib import clock

SHOWN_AFTER = timedelta(days=60)  # so long a call that was made stays on the list


@dataclass(frozen=True)
class Call:
    """A learner to call, by when; how many days it is late (0: in time)."""

    end: PlanEnd
    late: int

    @property
    def tone(self) -> str:
        return "red" if self.late else "amber"


def calls_of(ends: QuerySet[PlanEnd]) -> tuple[list[Call], list[PlanEnd]]:
    """The calls that wait, the most overdue first, and those lately made."""
    rows = ends.select_related("plan__learner", "plan__institution", "plan__mentor__user")
    today = clock.today()
    waiting = [
        Call(end, max((today - end.call_due_on).days, 0))
        for end in rows.filter(called_on=None).order_by("call_due_on", "pk")
        if end.call_due_on is not None
    ]
    made = rows.filter(called_on__gte=today - SHOWN_AFTER).order_by("-called_on", "-pk")
    return waiting, list(made)
