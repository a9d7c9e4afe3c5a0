"""The days behind a run's lines: what the pay clerk may see of meetings – day and hours, no topic, no learner (decision
25) – with the contract under which they were given, and the holidays among them (CAL-3)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Q

from celabiedrs.hours.models import Meeting
from celabiedrs.pay.models import PayLine, PayRun, UnitRate
from celabiedrs.rules.holidays import is_public_holiday
from celabiedrs.rules.pay import Rate, rate_on


@dataclass(frozen=True)
class DayRow:
    """The paid hours of one meeting."""

    mentor: int
    name: str
    plan: str
    timesheet: int
    contract: str
    day: date
    hours: int
    rate: Decimal | None

    @property
    def holiday(self) -> bool:
        return is_public_holiday(self.day)


@dataclass(frozen=True)
class DaysOfLine:
    """What the days say of one line: the contracts' numbers, and how many of its hours fell on holidays."""

    contracts: str
    holiday_hours: int


def days_of(run: PayRun) -> list[DayRow]:
    """Every paid meeting of the run, by mentor, plan and day."""
    sheets = PayLine.objects.filter(run=run, correction=None).order_by().values("timesheet")
    rates = [Rate(rate.since, rate.amount) for rate in UnitRate.objects.order_by("since")]
    rows = Meeting.objects.held().filter(
        Q(contract__ended_on=None) | Q(held_on__lte=F("contract__ended_on")), timesheet__in=sheets
    )
    found = []
    for row in (
        rows.exclude(learner_means="")
        .exclude(mentor_means="")
        .select_related("mentor__user", "plan", "contract")
        .order_by("mentor__user__sort_name", "mentor", "plan__number", "starts_at", "pk")
    ):
        rate = rate_on(rates, row.held_on)
        found.append(
            DayRow(
                row.mentor_id,
                row.mentor.user.name,
                row.plan.number,
                row.timesheet_id,
                row.contract.number,
                row.held_on,
                row.hours,
                rate.amount if rate else None,
            )
        )
    return found


def by_line(days: Iterable[DayRow]) -> dict[tuple[int, Decimal | None], DaysOfLine]:
    """By timesheet and rate, as the lines are."""
    grouped: dict[tuple[int, Decimal | None], list[DayRow]] = defaultdict(list)
    for row in days:
        grouped[row.timesheet, row.rate].append(row)
    return {
        key: DaysOfLine(
            ", ".join(dict.fromkeys(row.contract for row in rows if row.contract)),
            sum(row.hours for row in rows if row.holiday),
        )
        for key, rows in grouped.items()
    }


def run_number(run: PayRun) -> str:
    """Which run of the employer's month it is: 2026-10/1."""
    before = PayRun.objects.filter(employer=run.employer_id, month=run.month, pk__lte=run.pk)
    return f"{run.month:%Y-%m}/{before.count()}"
