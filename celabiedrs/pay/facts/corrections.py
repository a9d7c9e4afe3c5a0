"""What a paid month comes to by now, and at which rates and employers a difference lies.

A month is one mentor's with one plan: its timesheets, one an employer, and the supplements to them.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db.models import F, Min, Q, Sum

from celabiedrs.hours.models import Meeting, MeetingQuerySet, SheetState, Timesheet
from celabiedrs.lib import clock
from celabiedrs.pay.models import CorrectionPart, PayLine, RunState, UnitRate
from celabiedrs.rules.pay import Rate, rate_on


def settled_sheets(*, plan: int, mentor: int, month: date) -> list[Timesheet]:
    """The month's timesheets and supplements that lie in approved runs, in the order of their days."""
    sheets = Timesheet.objects.filter(plan=plan, mentor=mentor, month=month, settled_at__isnull=False)
    first_day = Min("meetings__held_on", filter=Q(meetings__voided_at=None))
    ordered = sheets.annotate(first_day=first_day).order_by(
        "supplement", F("first_day").asc(nulls_last=True), "pk"
    )
    return list(ordered.select_related("plan", "mentor"))


def paid_by_rate(sheets: Sequence[Timesheet]) -> Counter[Decimal]:
    """Hours by rate: what approved runs paid for the month itself, and every correction since, paid yet or not."""
    paid: Counter[Decimal] = Counter()
    lines = PayLine.objects.filter(timesheet__in=sheets, correction=None).exclude(
        run__state=RunState.PREPARED
    )
    for rate, hours in lines.order_by("pk").values_list("rate", "hours"):
        paid[rate] += hours
    parts = CorrectionPart.objects.filter(timesheet__in=sheets)
    for rate, hours in parts.order_by("pk").values_list("rate", "hours"):
        paid[rate] += hours
    return paid


def paid_hours(sheets: Sequence[Timesheet]) -> int:
    return sum(paid_by_rate(sheets).values())


def _payable(sheets: Sequence[Timesheet]) -> MeetingQuerySet:
    """Held rows that both have signed and that their contract still reaches."""
    rows = Meeting.objects.held().filter(timesheet__in=sheets).exclude(learner_means="")
    return rows.exclude(mentor_means="").filter(
        Q(contract__ended_on=None) | Q(held_on__lte=F("contract__ended_on"))
    )


def signed_by_rate(sheets: Sequence[Timesheet]) -> Counter[Decimal]:
    """Hours of the rows that can be paid, by the rate of their day."""
    rates = [Rate(rate.since, rate.amount) for rate in UnitRate.objects.order_by("since")]
    signed: Counter[Decimal] = Counter()
    for day, hours in _payable(sheets).order_by("held_on", "pk").values_list("held_on", "hours"):
        rate = rate_on(rates, day)
        if rate is not None:
            signed[rate.amount] += hours
    return signed


def signed_hours(sheets: Sequence[Timesheet]) -> int:
    return sum(signed_by_rate(sheets).values())


def waiting_elsewhere(sheets: Sequence[Timesheet]) -> list[Timesheet]:
    """Timesheets of the month that other employers have yet to pay: their own runs will (decision 0058)."""
    first = sheets[0]
    waiting = Timesheet.objects.filter(
        plan=first.plan_id,
        mentor=first.mentor_id,
        month=first.month,
        state=SheetState.VERIFIED,
        settled_at=None,
    )
    return list(waiting.exclude(employer__in=[sheet.employer_id for sheet in sheets]).order_by("pk"))


def hours_elsewhere(sheets: Sequence[Timesheet]) -> int:
    """Hours that these others will pay."""
    hours: int = _payable(waiting_elsewhere(sheets)).aggregate(Sum("hours", default=0))["hours__sum"]
    return hours


def others_hours(sheets: Sequence[Timesheet]) -> int:
    """The learner's hours of the month outside this mentor's month with the plan, over all mentors and plans (TG-5)."""
    month = sheets[0].month
    held = Meeting.objects.held().filter(
        learner=sheets[0].plan.learner_id, held_on__gte=month, held_on__lt=clock.next_month(month)
    )
    own = [*sheets, *waiting_elsewhere(sheets)]
    hours: int = held.exclude(timesheet__in=own).aggregate(Sum("hours", default=0))["hours__sum"]
    return hours


def difference_by_rate(sheets: Sequence[Timesheet], change: int) -> list[tuple[Timesheet, Decimal, int]]:
    """Spread a difference in hours over the employers and the rates of the month's days.

    Downwards it is taken from the latest employer and rate first; upwards it goes back to where signed hours are not
    paid, the earliest first. A month under one employer and one rate, the usual case, has one part. It stands with the
    employer's first timesheet.
    """
    order = [rate.amount for rate in UnitRate.objects.order_by("since")]
    by_employer: dict[int, list[Timesheet]] = {}
    for sheet in sheets:
        by_employer.setdefault(sheet.employer_id, []).append(sheet)
    places = [(own, amount) for own in by_employer.values() for amount in dict.fromkeys(order)]
    parts: list[tuple[Timesheet, Decimal, int]] = []
    for own, amount in reversed(places) if change < 0 else places:
        paid, signed = paid_by_rate(own), signed_by_rate(own)
        room = -paid[amount] if change < 0 else signed[amount] - paid[amount]
        step = max(change, room) if change < 0 else min(change, max(room, 0))
        if step:
            parts.append((own[0], amount, step))
            change -= step
    return parts
