"""What a disposal would take: the dry run and the deed ask here, so that they cannot differ (ARC-1)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from celabiedrs.lib import clock
from celabiedrs.plans.kinds import PlanState
from celabiedrs.plans.models import SupportPlan
from celabiedrs.retention.models import Hold
from celabiedrs.rules.retention import keep_until, may_be_disposed
from celabiedrs.safeguarding.models import ReportState, SafeguardingReport

OVER = (PlanState.ENDED, PlanState.WITHDRAWN)
HELD_THROUGH = {
    "SupportPlan": "pk__in",
    "Learner": "learner__in",
    "Mentor": "assignments__mentor__in",
    "Contract": "assignments__contract__in",
    "Timesheet": "timesheets__in",
    "Meeting": "meetings__in",
    "Agreement": "agreements__in",
    "Institution": "institution__in",
}


@dataclass(frozen=True)
class Due:
    """Plans whose day has come, by what becomes of them: those to dispose of, and the passed over."""

    plans: tuple[int, ...]
    held: int
    open: int


def holdable(kind: str) -> bool:
    """Whether a hold on such a thing keeps a plan."""
    return kind in HELD_THROUGH or kind == "SafeguardingReport"


def held_plans() -> QuerySet[SupportPlan]:
    """Plans that are on hold: themselves, or by something that hangs on them or that they hang on.

    A report of danger that nobody has closed holds its plan by itself.
    """
    held = Q(pk__in=SafeguardingReport.objects.exclude(state=ReportState.CLOSED).order_by().values("plan"))
    for kind, way in HELD_THROUGH.items():
        held |= Q(pk__in=_holding(way, _things(kind)))
    reports = SafeguardingReport.objects.filter(pk__in=_things("SafeguardingReport"))
    return SupportPlan.objects.filter(held | Q(pk__in=reports.order_by().values("plan"))).order_by()


def _things(kind: str) -> QuerySet[Hold, Any]:
    return Hold.objects.filter(kind=kind, released_at=None).order_by().values("thing_id")


def _holding(way: str, things: QuerySet[Hold, Any]) -> QuerySet[SupportPlan, Any]:
    return SupportPlan.objects.filter(**{way: things}).order_by().values("pk")


def due(before: date) -> Due:
    """What was to be kept until a day before `before`: plans that are over, and not on hold.

    The day that is in force now holds for all records, older ones too; a plan that ran beyond it is kept to its own
    last day. An open plan is closed first, it is never taken from under somebody's hands.
    """
    if not may_be_disposed(kept_until=keep_until(clock.today()), before=before, on_hold=False):
        return Due((), 0, 0)
    come = SupportPlan.objects.filter(
        Q(extended_until=None) | Q(extended_until__lt=before), ends_on__lt=before
    )
    over = come.filter(state__in=OVER).order_by("pk")
    on_hold = set(held_plans().values_list("pk", flat=True))
    plans = tuple(over.values_list("pk", flat=True))
    free = tuple(key for key in plans if key not in on_hold)
    return Due(free, len(plans) - len(free), come.exclude(state__in=OVER).count())
