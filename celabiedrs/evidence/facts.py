"""What there is to draw from: the plans of a month or semester, with what was paid for them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from celabiedrs.pay.models import PayLine, RunState
from celabiedrs.places.models import Institution, Region
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.rules.calendar import Label, month_end

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Stock:
    """From what a sample is drawn."""

    month: date | None
    semester: Label | None
    region: Region | None = None
    employer: Institution | None = None


def running(stock: Stock) -> Q:
    """Plans that were approved and ran in the month, or belong to the semester."""
    asked = Q(approved_at__isnull=False) & ~Q(state=PlanState.WITHDRAWN)
    if stock.month is not None:
        first, last = stock.month, month_end(stock.month)
        asked &= Q(starts_on__lte=last) & (Q(ended_at=None) | Q(ended_at__date__gte=first))
        asked &= Q(ends_on__gte=first) | Q(extended_until__gte=first)
    if stock.semester is not None:
        asked &= Q(year=stock.semester.year, semester=stock.semester.number)
    if stock.region is not None:
        asked &= Q(institution__municipality__region=stock.region)
    return asked


def weighed(stock: Stock) -> list[tuple[SupportPlan, Decimal]]:
    """The plans in the order of their numbers, each with what approved runs paid for it in that time."""
    plans = SupportPlan.objects.filter(running(stock))
    if stock.employer is not None:
        plans = plans.filter(
            Q(contract__employer=stock.employer) | Q(assignments__contract__employer=stock.employer)
        )
    lines = PayLine.objects.filter(run__state__in=(RunState.APPROVED, RunState.SENT))
    if stock.month is not None:
        lines = lines.filter(timesheet__month=stock.month)
    if stock.semester is not None:
        lines = lines.filter(plan__year=stock.semester.year, plan__semester=stock.semester.number)
    if stock.employer is not None:
        lines = lines.filter(run__employer=stock.employer)
    sums = lines.order_by().values("plan").annotate(paid=Coalesce(Sum(F("amount")), NOTHING))
    paid = dict(sums.values_list("plan", "paid"))
    return [(plan, paid.get(plan.pk, NOTHING)) for plan in plans.distinct().order_by("number", "pk")]
