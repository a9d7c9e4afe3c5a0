"""What a paid month comes to by now, and at which rates a difference lies."""

from collections import Counter
from decimal import Decimal

from celabiedrs.hours.models import Timesheet
from celabiedrs.pay.models import CorrectionPart, PayLine, RunState, UnitRate
from celabiedrs.rules.pay import Rate, rate_on


def paid_by_rate(sheet: Timesheet) -> Counter[Decimal]:
    """Hours by rate: what approved runs paid for the month itself, and every correction since, paid yet or not."""
    paid: Counter[Decimal] = Counter()
    lines = PayLine.objects.filter(timesheet=sheet, correction=None).exclude(run__state=RunState.PREPARED)
    for rate, hours in lines.order_by("pk").values_list("rate", "hours"):
        paid[rate] += hours
    for rate, hours in CorrectionPart.objects.filter(correction__timesheet=sheet).values_list(
        "rate", "hours"
    ):
        paid[rate] += hours
    return paid


def paid_hours(sheet: Timesheet) -> int:
    return sum(paid_by_rate(sheet).values())


def signed_by_rate(sheet: Timesheet) -> Counter[Decimal]:
    """Hours of the rows that both have signed, by the rate of their day."""
    rates = [Rate(rate.since, rate.amount) for rate in UnitRate.objects.order_by("since")]
    signed: Counter[Decimal] = Counter()
    rows = sheet.meetings.held().exclude(learner_means="").exclude(mentor_means="")
    for day, hours in rows.order_by("held_on", "pk").values_list("held_on", "hours"):
        rate = rate_on(rates, day)
        if rate is not None:
            signed[rate.amount] += hours
    return signed


def signed_hours(sheet: Timesheet) -> int:
    return sum(signed_by_rate(sheet).values())


def difference_by_rate(sheet: Timesheet, change: int) -> list[tuple[Decimal, int]]:
    """Spread a difference in hours over the rates of the month's days.

    Downwards it is taken from the days at the latest rate first; upwards it goes back to where signed hours are not
    paid, the earliest rate first. A month inside one rate, the usual case, has one part.
    """
    paid, signed = paid_by_rate(sheet), signed_by_rate(sheet)
    order = [rate.amount for rate in UnitRate.objects.order_by("since")]
    parts: list[tuple[Decimal, int]] = []
    for amount in dict.fromkeys(reversed(order) if change < 0 else order):
        room = -paid[amount] if change < 0 else signed[amount] - paid[amount]
        step = max(change, room) if change < 0 else min(change, max(room, 0))
        if step:
            parts.append((amount, step))
            change -= step
    return parts
