"""The pay clerk's desk: of one employer and month, who is ready, who waits and why, and which corrections are due.

Read in a handful of statements, with the same condition that prepares the run (lines.PAYABLE), so that the desk and
the run cannot disagree. Hours are academic; amounts are the full cost in euros.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, Sum

from celabiedrs.hours.models import Meeting, SheetState, Timesheet
from celabiedrs.pay.facts.lines import NOW, PAYABLE, RATES, Moved, pays_sheet_by_sheet
from celabiedrs.pay.models import Correction, PayLine, PayRun
from celabiedrs.places.models import Institution

SHEETS = f"""
WITH {RATES}, payable AS (SELECT s.id {PAYABLE})
SELECT s.mentor_id, u.name, p.number, s.state, s.supplement, s.settled_at IS NOT NULL,
       EXISTS (SELECT 1 FROM payable WHERE payable.id = s.id),
       coalesce(sum(m.hours) FILTER (WHERE c.id IS NOT NULL AND m.learner_means <> '' AND m.mentor_means <> ''), 0),
       coalesce(sum(m.hours) FILTER (WHERE c.id IS NULL OR m.learner_means = '' OR m.mentor_means = ''), 0),
       coalesce(sum(m.hours * r.amount)
                FILTER (WHERE c.id IS NOT NULL AND m.learner_means <> '' AND m.mentor_means <> ''), 0),
       min(m.held_on) FILTER (WHERE c.id IS NOT NULL AND m.outcome = 'held' AND m.learner_means <> ''
                              AND m.mentor_means <> '' AND r.amount IS NULL)
FROM hours_timesheet s
JOIN registry_mentor g ON g.id = s.mentor_id
JOIN people_user u ON u.id = g.user_id
JOIN plans_supportplan p ON p.id = s.plan_id
JOIN hours_meeting m ON m.timesheet_id = s.id AND m.voided_at IS NULL
LEFT JOIN contracts_contract c ON c.id = m.contract_id AND (c.ended_on IS NULL OR m.held_on <= c.ended_on)
LEFT JOIN rates r ON m.held_on >= r.since AND (r.until IS NULL OR m.held_on < r.until)
WHERE s.employer_id = %(employer)s AND s.month = %(month)s
GROUP BY s.id, u.id, p.id
ORDER BY u.sort_name, u.id, p.number, s.supplement
"""

DUE = f"WITH {NOW} SELECT correction_id, hours, rate FROM now WHERE correction_id IS NOT NULL ORDER BY 1, 3"


@dataclass(frozen=True)
class SheetNow:
    """One timesheet of the month. `hours` are of the rows that both have signed, `unsigned` pay nothing (LOG-8)."""

    mentor: int
    name: str
    number: str
    state: str
    supplement: int
    in_run: bool
    payable: bool
    hours: int
    unsigned: int
    priced: Decimal
    unrated_day: date | None

    @property
    def amount(self) -> Decimal | None:
        """None where a day has no rate: no amount, never zero (PAY-1)."""
        return None if self.unrated_day else self.priced

    @property
    def why(self) -> str:
        """Why it is not part of a run prepared now, as one word; empty where it is."""
        if self.state != SheetState.VERIFIED:
            return self.state
        if not self.payable:
            return "others"
        return "" if self.hours else "unsigned"


@dataclass(frozen=True)
class MentorNow:
    """A mentor at the desk with the timesheets that are ready, or with those that wait."""

    name: str
    sheets: tuple[SheetNow, ...]

    @property
    def hours(self) -> int:
        return sum(sheet.hours for sheet in self.sheets)

    @property
    def unsigned(self) -> int:
        return sum(sheet.unsigned for sheet in self.sheets)

    @property
    def amount(self) -> Decimal | None:
        amounts = [sheet.amount for sheet in self.sheets]
        return (
            sum((each for each in amounts if each is not None), Decimal("0.00"))
            if None not in amounts
            else None
        )


@dataclass(frozen=True)
class DueCorrection:
    """A part of a correction that the next run of this month will carry."""

    name: str
    number: str
    month: date
    hours: int
    rate: Decimal
    reason: str

    @property
    def amount(self) -> Decimal:
        return self.hours * self.rate


@dataclass(frozen=True)
class DeskMonth:
    """What the clerk has before them for one month."""

    ready: tuple[MentorNow, ...]
    waiting: tuple[MentorNow, ...]
    corrections: tuple[DueCorrection, ...]
    in_run: int
    unrated_day: date | None

    @property
    def hours(self) -> int:
        return sum(mentor.hours for mentor in self.ready) + sum(each.hours for each in self.corrections)

    @property
    def amount(self) -> Decimal | None:
        amounts = [mentor.amount for mentor in self.ready]
        if None in amounts:
            return None
        due = sum((each.amount for each in self.corrections), Decimal("0.00"))
        return sum((each for each in amounts if each is not None), due)

    @property
    def unsigned(self) -> int:
        """Hours on ready timesheets that pay nothing, since a signature is missing (LOG-8)."""
        return sum(mentor.unsigned for mentor in self.ready)

    @property
    def anything(self) -> bool:
        return bool(self.ready or self.corrections)


def desk_month(employer: Institution, month: date) -> DeskMonth:
    values: dict[str, Any] = {"employer": employer.pk, "month": month, "each": pays_sheet_by_sheet(month)}
    with connection.cursor() as cursor:
        cursor.execute(SHEETS, values)
        sheets = [SheetNow(*row) for row in cursor.fetchall()]
        cursor.execute(DUE, values)
        due = cursor.fetchall()
    open_sheets = [sheet for sheet in sheets if not sheet.in_run]
    bare = [sheet.unrated_day for sheet in open_sheets if sheet.payable and sheet.unrated_day]
    return DeskMonth(
        ready=_by_mentor(sheet for sheet in open_sheets if not sheet.why),
        waiting=_by_mentor(sheet for sheet in open_sheets if sheet.why),
        corrections=_corrections(due),
        in_run=len(sheets) - len(open_sheets),
        unrated_day=min(bare, default=None),
    )


def _by_mentor(sheets: Iterable[SheetNow]) -> tuple[MentorNow, ...]:
    grouped = groupby(sheets, key=lambda sheet: (sheet.mentor, sheet.name))
    return tuple(MentorNow(name, tuple(of_mentor)) for (_, name), of_mentor in grouped)


def _corrections(due: Iterable[tuple[int, int, Decimal]]) -> tuple[DueCorrection, ...]:
    rows = list(due)
    known = Correction.objects.select_related("timesheet__mentor__user", "timesheet__plan").in_bulk(
        [correction for correction, _, _ in rows]
    )
    found = [
        DueCorrection(
            name=known[correction].timesheet.mentor.user.name,
            number=known[correction].timesheet.plan.number,
            month=known[correction].timesheet.month,
            hours=hours,
            rate=rate,
            reason=known[correction].reason,
        )
        for correction, hours, rate in rows
    ]
    return tuple(sorted(found, key=lambda each: (each.month, each.name, each.number, each.rate)))


def months_of(employer: Institution) -> list[tuple[date, int]]:
    """Months with timesheets of the employer, latest first, each with how many are in no approved run."""
    with_rows = Meeting.objects.standing().filter(timesheet=OuterRef("pk")).order_by()
    counted = (
        Timesheet.objects.filter(Exists(with_rows), employer=employer)
        .values("month")
        .order_by("-month")
        .annotate(unpaid=Count("pk", filter=Q(settled_at=None)))
    )
    return [(row["month"], row["unpaid"]) for row in counted]


@dataclass(frozen=True)
class RunSum:
    """A run in a list, with the sums of what the reader may see of it."""

    run: PayRun
    lines: int
    hours: int
    amount: Decimal


def with_sums(runs: Iterable[PayRun], lines: Any) -> list[RunSum]:
    """Each run with the sums of those of its lines that are among `lines` (a queryset); two statements for all."""
    listed = list(runs)
    summed = (
        lines.filter(run__in=listed)
        .values("run")
        .order_by("run")
        .annotate(lines=Count("pk"), all_hours=Sum("hours"), all_euros=Sum("amount"))
    )
    sums = {row["run"]: row for row in summed}
    found = []
    for run in listed:
        row = sums.get(run.pk)
        found.append(
            RunSum(run, row["lines"], row["all_hours"], row["all_euros"])
            if row
            else RunSum(run, 0, 0, Decimal("0.00"))
        )
    return found


@dataclass(frozen=True)
class MentorLines:
    """A mentor's lines of a run with their sums."""

    name: str
    lines: tuple[PayLine, ...]

    @property
    def hours(self) -> int:
        return sum(line.hours for line in self.lines)

    @property
    def amount(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal("0.00"))


def by_mentor(lines: Iterable[PayLine]) -> list[MentorLines]:
    """Ordered lines, put together by mentor."""
    grouped = groupby(lines, key=lambda line: line.mentor_id)
    found = [tuple(of_mentor) for _, of_mentor in grouped]
    return [MentorLines(of_mentor[0].mentor.user.name, of_mentor) for of_mentor in found]


@dataclass(frozen=True)
class NamedChange:
    """What would come out differently now of one timesheet, or of a correction of it, as the clerk reads it."""

    name: str
    number: str
    month: date
    before: int
    now: int

    @property
    def another_rate(self) -> bool:
        """The hours are the same, the rate is not."""
        return self.before == self.now


def named_changes(moved: Iterable[Moved]) -> list[NamedChange]:
    before: Counter[tuple[int, bool]] = Counter()
    now: Counter[tuple[int, bool]] = Counter()
    for each in moved:
        before[each.timesheet, each.correction] += each.before
        now[each.timesheet, each.correction] += each.now
    sheets = Timesheet.objects.select_related("mentor__user", "plan").in_bulk({sheet for sheet, _ in before})
    found = [
        NamedChange(
            sheets[key[0]].mentor.user.name,
            sheets[key[0]].plan.number,
            sheets[key[0]].month,
            before[key],
            now[key],
        )
        for key in before
    ]
    return sorted(found, key=lambda each: (each.name, each.number, each.month, each.before))
