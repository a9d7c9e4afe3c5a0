"""What on a timesheet asks for a look when the school closes the month, as the rules of the close say (LOG-1 … LOG-11,
TG-5, CON-1, CAL-3, MEN-4, MEN-5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from celabiedrs.hours.models import Meeting, Outcome, Party, SheetState, Timesheet
from celabiedrs.lib.signing.models import Means
from celabiedrs.rules import close as rules
from celabiedrs.rules.breach import Finding
from celabiedrs.rules.obstacles import Obstacle


@dataclass(frozen=True)
class Mark:
    """One thing to look at: how loud (red or amber), what, and by which clause; `fixed_by_sum` where typing the
    signed sheet's sum is all that is missing."""

    tone: str
    text: str
    clause: str = ""
    fixed_by_sum: bool = False


def row_marks(row: Meeting, obstacles: Sequence[Obstacle] = ()) -> list[Mark]:
    """What one row asks to look at. A row that was voided asks nothing. `obstacles`: those to the mentor's work."""
    if row.voided_at is not None:
        return []
    return [_mark(one) for one in rules.looks_of_row(_closed(row, obstacles))]


def sheet_marks(
    sheet: Timesheet,
    rows: Sequence[Meeting],
    *,
    learner_hours: int,
    own: bool,
    obstacles: Sequence[Obstacle],
    same_topics: Mapping[str, int],
) -> tuple[Mark, ...]:
    """What a month asks to look at, the red first."""
    month = rules.ClosedMonth(
        month=sheet.month,
        rows=[_closed(row, obstacles) for row in rows if row.voided_at is None],
        learner_hours=learner_hours,
        planned_hours=sheet.plan.hours_per_month,
        paper_hours=sheet.paper_hours,
        verified=sheet.state == SheetState.VERIFIED,
        own=own and sheet.state == SheetState.SUBMITTED,
        same_topics=same_topics,
    )
    return tuple(_mark(one) for one in rules.looks_of_month(month))


def _mark(finding: Finding) -> Mark:
    by_sum = isinstance(finding, rules.Look) and finding.by_sum
    return Mark(rules.tone_of(finding), finding.said(_), finding.clause, fixed_by_sum=by_sum)


def _closed(row: Meeting, obstacles: Sequence[Obstacle]) -> rules.ClosedRow:
    """A row as the rules of the close ask about it."""
    signed = [
        signature.signed_at
        for signature in row.signatures.all()
        if signature.party == Party.LEARNER
        and signature.voided_at is None
        and signature.means == Means.DEVICE
    ]
    return rules.ClosedRow(
        day=row.held_on,
        begins=row.starts_at,
        ends=row.ends_at,
        entered_at=row.recorded_at,
        hours=row.hours,
        topic=row.topic,
        held=row.outcome == Outcome.HELD,
        learner_means=row.learner_means,
        mentor_means=row.mentor_means,
        disputed=row.disputed_at is not None,
        entered_late=row.late,
        changed_after_signing=row.changed_after_signing,
        learner_signed_at=max(signed, default=None),
        covered=row.outcome != Outcome.HELD or row.covered,
        on_holiday=row.on_holiday,
        obstacles=tuple(one.clause for one in obstacles if row.held_on in one),
    )


def held_rows(rows: Iterable[Meeting]) -> list[Meeting]:
    return [row for row in rows if row.voided_at is None and row.outcome == Outcome.HELD]


def paper_rows(rows: Iterable[Meeting]) -> list[Meeting]:
    """Held rows of which somebody signed in ink: what the signed sheet adds up (LOG-10)."""
    return [row for row in held_rows(rows) if Means.PAPER in (row.learner_means, row.mentor_means)]
