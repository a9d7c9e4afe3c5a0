"""What depends on a rate: what was paid by it, and what a new one would touch."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from celabiedrs.hours.models import Meeting
from celabiedrs.lib import clock
from celabiedrs.pay.models import PayLine, PayRun, RunState, UnitRate


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


@dataclass(frozen=True)
class RateChange:
    """A rate beside the one before it: by how many per cent it differs, and which hours it prices. `hours` are held
    ones of its days that lie in no approved run, `runs` the prepared runs that it makes out of date."""

    rate: UnitRate
    before: Decimal | None
    until: date | None
    hours: int
    runs: int

    @property
    def percent(self) -> Decimal | None:
        if self.before is None:
            return None
        return ((self.rate.amount - self.before) / self.before * 100).quantize(Decimal("0.1"))

    @property
    def up(self) -> bool:
        return self.before is None or self.rate.amount >= self.before


def change_by(rate: UnitRate) -> RateChange:
    before: Decimal | None = (
        UnitRate.objects.filter(since__lt=rate.since)
        .order_by("-since")
        .values_list("amount", flat=True)
        .first()
    )
    until = followed_on(rate)
    rows = Meeting.objects.held().filter(held_on__gte=rate.since, timesheet__settled_at=None)
    runs = PayRun.objects.filter(state=RunState.PREPARED, month__gte=clock.month_of(rate.since))
    if until is not None:
        rows, runs = rows.filter(held_on__lt=until), runs.filter(month__lt=until)
    hours = rows.aggregate(Sum("hours", default=0))["hours__sum"]
    return RateChange(rate, before, until, hours, runs.count())
