"""A mentor's own pay: of each month what was submitted, verified, put in a run and sent, and what waits and why."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from django.db import connection

from celabiedrs.hours.models import SheetState
from celabiedrs.pay.facts.lines import RATES, pays_sheet_by_sheet
from celabiedrs.pay.models import Correction, PayLine, RunState
from celabiedrs.registry.models import Mentor

NOTHING = Decimal("0.00")

OWN = f"""
WITH {RATES}
SELECT s.id, s.month, s.employer_id, i.name, p.public_id, l.name, s.state, s.supplement, s.returned_reason,
       coalesce(sum(m.hours) FILTER (WHERE c.id IS NOT NULL AND m.learner_means <> '' AND m.mentor_means <> ''), 0),
       coalesce(sum(m.hours) FILTER (WHERE c.id IS NULL OR m.learner_means = '' OR m.mentor_means = ''), 0),
       coalesce(sum(m.hours * r.amount)
                FILTER (WHERE c.id IS NOT NULL AND m.learner_means <> '' AND m.mentor_means <> ''), 0),
       coalesce(bool_or(m.outcome = 'held' AND r.amount IS NULL), false)
FROM hours_timesheet s
JOIN plans_supportplan p ON p.id = s.plan_id
JOIN plans_learner l ON l.id = p.learner_id
JOIN places_institution i ON i.id = s.employer_id
JOIN hours_meeting m ON m.timesheet_id = s.id AND m.voided_at IS NULL
LEFT JOIN contracts_contract c ON c.id = m.contract_id AND (c.ended_on IS NULL OR m.held_on <= c.ended_on)
LEFT JOIN rates r ON m.held_on >= r.since AND (r.until IS NULL OR m.held_on < r.until)
WHERE s.mentor_id = %(mentor)s
GROUP BY s.id, p.id, l.id, i.id
ORDER BY s.month DESC, l.sort_name, s.supplement
"""


@dataclass(frozen=True)
class OwnSheet:
    """One timesheet on its way to pay. `standing` is one word: open, submitted, returned, others, unsigned, ready,
    prepared, approved or sent. `amount` is of the lines, or reckoned at the day's rate; None without a rate."""

    month: date
    employer: str
    plan: UUID
    learner: str
    supplement: int
    returned_reason: str
    hours: int
    unsigned: int
    amount: Decimal | None
    standing: str
    sent_at: datetime | None


@dataclass(frozen=True)
class OwnCorrection:
    """A later correction of a month. `run_month` is None until a run carries it."""

    learner: str
    hours: int
    amount: Decimal
    reason: str
    standing: str
    run_month: date | None


@dataclass(frozen=True)
class OwnMonth:
    month: date
    sheets: tuple[OwnSheet, ...]
    corrections: tuple[OwnCorrection, ...]

    @property
    def hours(self) -> int:
        """Hours that pay: signed by both, and corrected since."""
        return sum(each.hours for each in self.sheets) + sum(each.hours for each in self.corrections)

    @property
    def amount(self) -> Decimal | None:
        amounts = [sheet.amount for sheet in self.sheets]
        if None in amounts:
            return None
        corrected = sum((each.amount for each in self.corrections), NOTHING)
        return sum((each for each in amounts if each is not None), corrected)

    @property
    def sent(self) -> Decimal:
        """What went to payroll already."""
        rows: list[OwnSheet | OwnCorrection] = [*self.sheets, *self.corrections]
        return sum((each.amount or NOTHING for each in rows if each.standing == RunState.SENT), NOTHING)


def own_months(mentor: Mentor) -> list[OwnMonth]:
    """Every month with rows, the latest first; four statements whatever the number of months."""
    with connection.cursor() as cursor:
        cursor.execute(OWN, {"mentor": mentor.pk})
        rows = cursor.fetchall()
    lines: dict[int, list[PayLine]] = defaultdict(list)
    for line in PayLine.objects.filter(mentor=mentor, correction=None).select_related("run").order_by("pk"):
        lines[line.timesheet_id].append(line)
    blocked = {(row[1], row[2]) for row in rows if row[6] != SheetState.VERIFIED and row[7] == 0}
    corrections = _corrections(mentor)
    return [
        OwnMonth(
            month, tuple(_sheet(row, lines[row[0]], blocked) for row in of_month), tuple(corrections[month])
        )
        for month, of_month in groupby(rows, key=lambda row: row[1])
    ]


def _sheet(row: tuple, lines: list[PayLine], blocked: set[tuple[date, int]]) -> OwnSheet:
    _, month, employer, name, plan, learner, state, supplement, reason, hours, unsigned, priced, bare = row
    amount: Decimal | None = None if bare else priced
    if lines:
        run = lines[-1].run
        standing: str = run.state
        hours, amount = sum(line.hours for line in lines), sum((line.amount for line in lines), NOTHING)
    elif state != SheetState.VERIFIED:
        standing = state
    elif not hours:
        standing = "unsigned"
    elif supplement == 0 and (month, employer) in blocked and not pays_sheet_by_sheet(month):
        standing = "others"
    else:
        standing = "ready"
    return OwnSheet(
        month=month,
        employer=name,
        plan=plan,
        learner=learner,
        supplement=supplement,
        returned_reason=reason,
        hours=hours,
        unsigned=unsigned,
        amount=amount,
        standing=standing,
        sent_at=lines[-1].run.sent_at if lines else None,
    )


def _corrections(mentor: Mentor) -> dict[date, list[OwnCorrection]]:
    """Corrections by the month that they correct: as lines of runs, else as what the next run will carry."""
    found: dict[date, list[OwnCorrection]] = defaultdict(list)
    made = (
        Correction.objects.filter(timesheet__mentor=mentor)
        .select_related("timesheet__plan__learner")
        .prefetch_related("parts", "lines__run")
        .order_by("made_at", "pk")
    )
    for correction in made:
        lines = sorted(
            correction.lines.all(), key=lambda line: (line.run.state != RunState.PREPARED, line.run.month)
        )
        run = lines[-1].run if lines else None
        found[correction.timesheet.month].append(
            OwnCorrection(
                learner=correction.timesheet.plan.learner.name,
                hours=sum(part.hours for part in correction.parts.all()),
                amount=sum((part.hours * part.rate for part in correction.parts.all()), NOTHING),
                reason=correction.reason,
                standing=run.state if run else "due",
                run_month=run.month if run else None,
            )
        )
    return found
