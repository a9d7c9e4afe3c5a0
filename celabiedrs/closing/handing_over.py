"""What of a mentor's timesheets can go to the school, and what stands in the way (ARC-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from celabiedrs.closing.facts import last_day_with, listed_sheets, unverified_months
from celabiedrs.closing.models import HandOver
from celabiedrs.closing.workflow import HAD_SUPPORT
from celabiedrs.hours.access import own_plans
from celabiedrs.lib import clock
from celabiedrs.people.models import User
from celabiedrs.plans.kinds import PlanState
from celabiedrs.plans.models import SupportPlan

READY, AGAIN, EARLY, WAITS, EMPTY, HANDED, RECEIVED = (
    "ready", "again", "early", "waits", "empty", "handed", "received",
)  # fmt: skip
OPEN = (READY, AGAIN, EARLY)


@dataclass(frozen=True)
class Leaving:
    """The timesheets of one plan on their way to the school. Hours are academic.

    `state`: ready; again (sheets came after the act); early (the plan is not over); waits (months that are not
    verified); empty (no timesheet); handed (not received yet); received.
    """

    plan: SupportPlan
    state: str
    sheets: int
    paper: int
    hours: int
    waiting: tuple[date, ...]
    act: HandOver | None

    @property
    def open(self) -> bool:
        """Whether the act can be made now."""
        return self.state in OPEN


def leaving(user: User) -> list[Leaving]:
    """All plans of a mentor that had support: what can be handed over first, what is done last."""
    plans = SupportPlan.objects.filter(own_plans(user), state__in=HAD_SUPPORT).select_related(
        "learner", "institution"
    )
    rows = [_leaving(user, plan) for plan in plans.order_by("-year", "-semester", "learner__sort_name", "pk")]
    order = (READY, AGAIN, WAITS, EARLY, HANDED, EMPTY, RECEIVED)
    return sorted(rows, key=lambda row: order.index(row.state))


def _leaving(user: User, plan: SupportPlan) -> Leaving:
    sheets = listed_sheets(plan, user.mentor)
    waiting = unverified_months(plan, user.mentor)
    act = (
        HandOver.objects.filter(plan=plan, mentor=user.mentor)
        .select_related("plan", "document", "received_by")
        .first()
    )
    over = clock.today() > last_day_with(plan, user.mentor) or plan.state == PlanState.ENDED
    return Leaving(
        plan=plan,
        state=_state(sheets, waiting, act, over),
        sheets=len(sheets),
        paper=sum(bool(sheet["paper"]) for sheet in sheets),
        hours=sum(int(str(sheet["hours"])) for sheet in sheets),
        waiting=waiting,
        act=act,
    )


def _state(
    sheets: Sequence[dict[str, object]], waiting: Sequence[date], act: HandOver | None, over: bool
) -> str:
    """In the order in which the act itself asks."""
    if waiting:
        return WAITS
    if act is not None and act.sheets == sheets:
        return RECEIVED if act.received_at else HANDED
    if not sheets:
        return EMPTY
    if act is not None:
        return AGAIN
    return READY if over else EARLY
