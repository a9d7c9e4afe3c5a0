"""What a run pays, worked out in the database in one pass: verified timesheets, both signatures, a contract that
reaches the day, the day's rate."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from celabiedrs.pay.models import PayRun
from celabiedrs.places.facts import programme

PAYABLE = """
    FROM hours_timesheet s
    WHERE s.employer_id = %(employer)s AND s.month = %(month)s AND s.state = 'verified' AND s.settled_at IS NULL
      AND (%(each)s OR NOT EXISTS (
        SELECT 1 FROM hours_timesheet o
        WHERE o.employer_id = s.employer_id AND o.month = s.month AND o.mentor_id = s.mentor_id
          AND o.supplement = 0 AND o.state <> 'verified'
          AND EXISTS (SELECT 1 FROM hours_meeting x WHERE x.timesheet_id = o.id AND x.voided_at IS NULL)))
"""

ROWS = """
    FROM hours_meeting m
    JOIN sheets s ON s.id = m.timesheet_id
    JOIN contracts_contract c ON c.id = m.contract_id AND (c.ended_on IS NULL OR m.held_on <= c.ended_on)
    LEFT JOIN rates r ON m.held_on >= r.since AND (r.until IS NULL OR m.held_on < r.until)
    WHERE m.voided_at IS NULL AND m.outcome = 'held' AND m.learner_means <> '' AND m.mentor_means <> ''
"""

RATES = "rates AS (SELECT since, lead(since) OVER (ORDER BY since) AS until, amount FROM pay_unitrate)"

FIRST_BARE_DAY = f"""
WITH {RATES}, sheets AS (SELECT s.id {PAYABLE})
SELECT min(m.held_on) {ROWS} AND r.amount IS NULL
  AND NOT EXISTS (SELECT 1 FROM pay_unitrate WHERE since <= %(month)s)  -- rates have no gaps: the rows stay unread
"""

NOW = f"""
{RATES}, sheets AS MATERIALIZED (SELECT s.id, s.mentor_id, s.plan_id {PAYABLE}), now AS (
  SELECT s.id AS timesheet_id, s.mentor_id, s.plan_id, CAST(NULL AS bigint) AS correction_id,
         sum(m.hours) AS hours, r.amount AS rate
  {ROWS}
  GROUP BY s.id, s.mentor_id, s.plan_id, r.amount
  UNION ALL
  SELECT s.id, s.mentor_id, s.plan_id, c.id, p.hours, p.rate
  FROM pay_correctionpart p
  JOIN pay_correction c ON c.id = p.correction_id
  JOIN hours_timesheet s ON s.id = p.timesheet_id
  WHERE s.employer_id = %(employer)s AND s.month < %(month)s AND p.hours <> 0
    AND NOT EXISTS (SELECT 1 FROM pay_payline l JOIN pay_payrun r ON r.id = l.run_id
                    WHERE l.correction_id = c.id AND l.timesheet_id = s.id AND r.state <> 'prepared')
)
"""

WRITE = f"""
WITH {NOW}
INSERT INTO pay_payline (run_id, timesheet_id, mentor_id, plan_id, correction_id, hours, rate, amount)
SELECT %(run)s, timesheet_id, mentor_id, plan_id, correction_id, hours, rate, hours * rate FROM now
"""

MOVED = f"""
WITH {NOW}
SELECT coalesce(l.timesheet_id, n.timesheet_id), coalesce(l.rate, n.rate), coalesce(l.hours, 0),
       coalesce(n.hours, 0), coalesce(l.correction_id, n.correction_id) IS NOT NULL
FROM (SELECT * FROM pay_payline WHERE run_id = %(run)s) l
FULL JOIN now n ON n.timesheet_id = l.timesheet_id AND coalesce(n.rate, -1) = l.rate
  AND coalesce(n.correction_id, 0) = coalesce(l.correction_id, 0)
WHERE l.hours IS DISTINCT FROM n.hours
ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Moved:
    """A line that would come out differently if the run were prepared now. `before` 0: it would be new; `now` 0: it
    would be gone. `rate` is None for a day without one (PAY-1)."""

    timesheet: int
    rate: Decimal | None
    before: int
    now: int
    correction: bool

    @property
    def in_run(self) -> bool:
        """Whether the run holds a line that is no longer right, so that it cannot be approved."""
        return self.before != 0


def _values(run: PayRun, *, sheet_by_sheet: bool) -> dict[str, Any]:
    return {"run": run.pk, "employer": run.employer_id, "month": run.month, "each": sheet_by_sheet}


def pays_sheet_by_sheet(month: date) -> bool:
    """Whether a timesheet is paid as soon as it is verified itself, without the mentor's others (PAY-4)."""
    return bool(programme().setting("pay_waits_for", month) == "each_timesheet")


def first_unrated_day(employer: int, month: date, *, sheet_by_sheet: bool) -> date | None:
    """The first payable day for which there is no rate, if any (PAY-1)."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST_BARE_DAY, {"employer": employer, "month": month, "each": sheet_by_sheet})
        (day,) = cursor.fetchone()
    return day


def write_lines(run: PayRun, *, sheet_by_sheet: bool) -> None:
    """Replace the run's lines. `sheet_by_sheet`: a timesheet does not wait for the others."""
    run.lines.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(WRITE, _values(run, sheet_by_sheet=sheet_by_sheet))


def moved_since(run: PayRun, *, sheet_by_sheet: bool) -> list[Moved]:
    """In what a prepared run differs from what would be prepared now: reopened months, new rates, late months."""
    with connection.cursor() as cursor:
        cursor.execute(MOVED, _values(run, sheet_by_sheet=sheet_by_sheet))
        return [Moved(*row) for row in cursor.fetchall()]
