"""What hangs on a rate: what was paid by it, and what a new one would touch."""

from datetime import date

from django.db.models import Q

from celabiedrs.lib import clock
from celabiedrs.pay.models import PayLine, RunState, UnitRate


def followed_on(rate: UnitRate) -> date | None:
    """The first day of the rate that follows; None for the last one."""
    following: date | None = (
        UnitRate.objects.filter(since__gt=rate.since)
        .order_by("since")
        .values_list("since", flat=True)
        .first()
    )
    return following


def paid_by_rate_of(rate: UnitRate) -> bool:
    """Whether an approved run pays hours of this rate's days by it."""
    until = followed_on(rate)
    days = Q(timesheet__month__gte=clock.month_of(rate.since))
    if until is not None:
        days &= Q(timesheet__month__lt=until)
    lines = PayLine.objects.filter(days, rate=rate.amount)
    return lines.filter(run__state__in=(RunState.APPROVED, RunState.SENT)).exists()
