"""What of a mentor's timesheets can go to the school, and what stands in the way (ARC-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from celabiedrs.closing.facts import (
    last_days_with,
    listed_by_plan,
    reviewed_or_excused,
    unverified_by_plan,
)
from celabiedrs.closing.models import HandOver
from celabiedrs.closing.workflow import HAD_SUPPORT
from celabiedrs.hours.access import own_plans
from celabiedrs.lib import clock
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState

READY, AGAIN, EARLY, WAITS, REVIEW, EMPTY, HANDED, RECEIVED = (
    "ready", "again", "early", "waits", "review", "empty", "handed", "received",
)  # fmt: skip
OPEN = (READY, AGAIN, EARLY)


@dataclass(frozen=True)
class Leaving:
    """The timesheets of one plan on their way to the school. Hours are academic.

    `state`: ready; again (sheets came after the act); early (the plan is not over); waits (months that are not
    verified); review (that of the cooperation is missing); empty (no timesheet); handed (not received yet); received.
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
    """All plans of a mentor that had support: what can be handed over first, what is done last. Eight
    statements, however many."""
    found = SupportPlan.objects.filter(own_plans(user), state__in=HAD_SUPPORT).select_related(
        "learner", "institution"
    )
    plans = list(found.order_by("-year", "-semester", "learner__sort_name", "pk"))
    sheets = listed_by_plan(plans, user.mentor)
    waiting = unverified_by_plan(plans, user.mentor)
    last_days = last_days_with(plans, user.mentor)
    handed = HandOver.objects.filter(plan__in=plans, mentor=user.mentor)
    acts = {act.plan_id: act for act in handed.select_related("plan", "document", "received_by")}
    reviewed = reviewed_or_excused(plans, user.mentor)
    rows = [
        _leaving(
            plan,
            sheets[plan.pk],
            waiting[plan.pk],
            last_days[plan.pk],
            acts.get(plan.pk),
            reviewed=plan.pk in reviewed,
        )
        for plan in plans
    ]
    order = (READY, AGAIN, WAITS, REVIEW, EARLY, HANDED, EMPTY, RECEIVED)
    return sorted(rows, key=lambda row: order.index(row.state))


def _leaving(
    plan: SupportPlan,
    sheets: Sequence[dict[str, object]],
    waiting: tuple[date, ...],
    last_day: date,
    act: HandOver | None,
    *,
    reviewed: bool,
) -> Leaving:
    over = clock.today() > last_day or plan.state == PlanState.ENDED
    return Leaving(
        plan=plan,
        state=_state(sheets, waiting, act, over=over, reviewed=reviewed),
        sheets=len(sheets),
        paper=sum(bool(sheet["paper"]) for sheet in sheets),
        hours=sum(int(str(sheet["hours"])) for sheet in sheets),
        waiting=waiting,
        act=act,
    )


def _state(
    sheets: Sequence[dict[str, object]],
    waiting: Sequence[date],
    act: HandOver | None,
    *,
    over: bool,
    reviewed: bool,
) -> str:
    """In the order in which the act itself asks."""
    if waiting:
        return WAITS
    if act is not None and act.sheets == sheets:
        return RECEIVED if act.received_at else HANDED
    if not sheets:
        return EMPTY
    if not reviewed:
        return REVIEW
    if act is not None:
        return AGAIN
    return READY if over else EARLY
