"""What a disposal would take: the dry run and the disposal ask here, so that they cannot differ (ARC-1)."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from celabiedrs.lib import clock
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
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

    plans: tuple[int, ...] = ()
    on_hold: tuple[int, ...] = ()
    still_open: tuple[int, ...] = ()

    @property
    def held(self) -> int:
        return len(self.on_hold)

    @property
    def open(self) -> int:
        return len(self.still_open)

    @property
    def counts(self) -> dict[str, int]:
        return {"plans": len(self.plans), "held": self.held, "open": self.open}

    @property
    def digest(self) -> str:
        """Stands for the whole list: any plan that comes, goes or changes its fate makes another one."""
        told = json.dumps([sorted(self.plans), sorted(self.on_hold), sorted(self.still_open)])
        return hashlib.sha256(told.encode()).hexdigest()


def holdable(kind: str) -> bool:
    """Whether a hold on such a thing keeps a plan."""
    return kind in HELD_THROUGH or kind == "SafeguardingReport"


def held_plans() -> QuerySet[SupportPlan]:
    """Plans that are on hold: themselves, or by something that belongs to them or that they belong to.

    A report of danger that nobody has closed holds its plan by itself.
    """
    held = Q(pk__in=_open_reports().values("plan"))
    for kind, way in HELD_THROUGH.items():
        held |= Q(pk__in=_holding(way, held_things(kind)))
    reports = SafeguardingReport.objects.filter(pk__in=held_things("SafeguardingReport"))
    return SupportPlan.objects.filter(held | Q(pk__in=reports.order_by().values("plan"))).order_by()


def held_things(kind: str) -> QuerySet[Hold, Any]:
    """Keys of the things of a kind that are on hold themselves."""
    return Hold.objects.filter(kind=kind, released_at=None).order_by().values("thing_id")


def _open_reports() -> QuerySet[SafeguardingReport]:
    return SafeguardingReport.objects.exclude(state=ReportState.CLOSED).order_by()


def _holding(way: str, things: Any) -> QuerySet[SupportPlan, Any]:
    return SupportPlan.objects.filter(**{way: things}).order_by().values("pk")


def plans_held_by(held: Hold) -> QuerySet[SupportPlan]:
    """The plans that this one hold keeps."""
    if held.kind == "SafeguardingReport":
        of_report = SafeguardingReport.objects.filter(pk=held.thing_id).order_by().values("plan")
        return SupportPlan.objects.filter(pk__in=of_report).order_by("number")
    kept = _holding(HELD_THROUGH[held.kind], [held.thing_id])
    return SupportPlan.objects.filter(pk__in=kept).order_by("number")


def held_by(keys: Iterable[int]) -> dict[int, list[Hold]]:
    """For each of these plans the holds that keep it; none where it is a report of danger that nobody has closed."""
    wanted = list(keys)
    found: dict[int, list[Hold]] = {key: [] for key in wanted}
    for held in Hold.objects.filter(released_at=None).order_by("held_at", "pk"):
        for key in plans_held_by(held).filter(pk__in=wanted).order_by().values_list("pk", flat=True):
            found[key].append(held)
    return found


def due(before: date) -> Due:
    """What was to be kept until a day before `before`: plans that are over, and not on hold.

    The day that is in force now holds for all records, older ones too; a plan that ran beyond it is kept to its own
    last day. An open plan is closed first, it is never taken from under somebody's hands.
    """
    if not may_be_disposed(kept_until=keep_until(clock.today()), before=before, on_hold=False):
        return Due()
    come = SupportPlan.objects.filter(
        Q(extended_until=None) | Q(extended_until__lt=before), ends_on__lt=before
    ).order_by("pk")
    on_hold = set(held_plans().values_list("pk", flat=True))
    plans = tuple(come.filter(state__in=OVER).values_list("pk", flat=True))
    return Due(
        plans=tuple(key for key in plans if key not in on_hold),
        on_hold=tuple(key for key in plans if key in on_hold),
        still_open=tuple(come.exclude(state__in=OVER).values_list("pk", flat=True)),
    )
