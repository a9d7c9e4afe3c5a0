"""What a paid month comes to by now, and at which rates a difference lies.

A month is one mentor's with one plan: its timesheet and the supplements to it, as far as they lie in approved runs.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from celabiedrs.hours.models import Meeting, Timesheet
from celabiedrs.lib import clock
from celabiedrs.pay.models import CorrectionPart, PayLine, RunState, UnitRate
from celabiedrs.rules.pay import Rate, rate_on


def settled_sheets(*, plan: int, mentor: int, month: date) -> list[Timesheet]:
    """The month's timesheet and supplements that lie in approved runs, the first one first."""
    sheets = Timesheet.objects.filter(plan=plan, mentor=mentor, month=month, settled_at__isnull=False)
    return list(sheets.order_by("supplement").select_related("plan", "mentor"))


def paid_by_rate(sheets: Sequence[Timesheet]) -> Counter[Decimal]:
    """Hours by rate: what approved runs paid for the month itself, and every correction since, paid yet or not."""
    paid: Counter[Decimal] = Counter()
    lines = PayLine.objects.filter(timesheet__in=sheets, correction=None).exclude(
        run__state=RunState.PREPARED
    )
    for rate, hours in lines.order_by("pk").values_list("rate", "hours"):
        paid[rate] += hours
    parts = CorrectionPart.objects.filter(correction__timesheet__in=sheets)
    for rate, hours in parts.order_by("pk").values_list("rate", "hours"):
        paid[rate] += hours
    return paid


def paid_hours(sheets: Sequence[Timesheet]) -> int:
    return sum(paid_by_rate(sheets).values())


def signed_by_rate(sheets: Sequence[Timesheet]) -> Counter[Decimal]:
    """Hours of the rows that both have signed, by the rate of their day."""
    rates = [Rate(rate.since, rate.amount) for rate in UnitRate.objects.order_by("since")]
    signed: Counter[Decimal] = Counter()
    rows = (
        Meeting.objects.held().filter(timesheet__in=sheets).exclude(learner_means="").exclude(mentor_means="")
    )
    for day, hours in rows.order_by("held_on", "pk").values_list("held_on", "hours"):
        rate = rate_on(rates, day)
        if rate is not None:
            signed[rate.amount] += hours
    return signed


def signed_hours(sheets: Sequence[Timesheet]) -> int:
    return sum(signed_by_rate(sheets).values())


def others_hours(sheets: Sequence[Timesheet]) -> int:
    """The learner's hours of the month outside these timesheets, over all mentors and plans (TG-5)."""
    month = sheets[0].month
    held = Meeting.objects.held().filter(
        learner=sheets[0].plan.learner_id, held_on__gte=month, held_on__lt=clock.next_month(month)
    )
    return held.exclude(timesheet__in=sheets).aggregate(Sum("hours", default=0))["hours__sum"]


def difference_by_rate(sheets: Sequence[Timesheet], change: int) -> list[tuple[Decimal, int]]:
    """Spread a difference in hours over the rates of the month's days.

    Downwards it is taken from the days at the latest rate first; upwards it goes back to where signed hours are not
    paid, the earliest rate first. A month inside one rate, the usual case, has one part.
    """
    paid, signed = paid_by_rate(sheets), signed_by_rate(sheets)
    order = [rate.amount for rate in UnitRate.objects.order_by("since")]
    parts: list[tuple[Decimal, int]] = []
    for amount in dict.fromkeys(reversed(order) if change < 0 else order):
        room = -paid[amount] if change < 0 else signed[amount] - paid[amount]
        step = max(change, room) if change < 0 else min(change, max(room, 0))
        if step:
            parts.append((amount, step))
            change -= step
    return parts
