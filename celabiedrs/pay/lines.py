"""What a run pays, worked out in the database in one pass: verified timesheets, both signatures, the day's rate."""

from datetime import date

from django.db import connection

from celabiedrs.pay.models import PayRun

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
    LEFT JOIN rates r ON m.held_on >= r.since AND (r.until IS NULL OR m.held_on < r.until)
    WHERE m.voided_at IS NULL AND m.outcome = 'held' AND m.learner_means <> '' AND m.mentor_means <> ''
"""

RATES = "rates AS (SELECT since, lead(since) OVER (ORDER BY since) AS until, amount FROM pay_unitrate)"

FIRST_BARE_DAY = f"""
WITH {RATES}, sheets AS (SELECT s.id {PAYABLE})
SELECT min(m.held_on) {ROWS} AND r.amount IS NULL
"""

WRITE = f"""
WITH {RATES}, sheets AS MATERIALIZED (SELECT s.id, s.mentor_id, s.plan_id {PAYABLE})
INSERT INTO pay_payline (run_id, timesheet_id, mentor_id, plan_id, hours, rate, amount)
SELECT %(run)s, s.id, s.mentor_id, s.plan_id, sum(m.hours), r.amount, sum(m.hours) * r.amount
{ROWS}
GROUP BY s.id, s.mentor_id, s.plan_id, r.amount
"""

WRITE_CORRECTIONS = """
INSERT INTO pay_payline (run_id, timesheet_id, mentor_id, plan_id, correction_id, hours, rate, amount)
SELECT %(run)s, s.id, s.mentor_id, s.plan_id, c.id, p.hours, p.rate, p.hours * p.rate
FROM pay_correctionpart p
JOIN pay_correction c ON c.id = p.correction_id
JOIN hours_timesheet s ON s.id = c.timesheet_id
WHERE s.employer_id = %(employer)s AND s.month < %(month)s AND p.hours <> 0
  AND NOT EXISTS (SELECT 1 FROM pay_payline l JOIN pay_payrun r ON r.id = l.run_id
                  WHERE l.correction_id = c.id AND r.state <> 'prepared')
"""


def bare_days(employer: int, month: date, *, each: bool) -> tuple[date, ...]:
    """The first payable day for which there is no rate, if any (PAY-1)."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST_BARE_DAY, {"employer": employer, "month": month, "each": each})
        (day,) = cursor.fetchone()
    return (day,) if day else ()


def write_lines(run: PayRun, *, each: bool) -> None:
    """Put the run's lines in the place of those that it had. `each`: a timesheet does not wait for the others."""
    run.lines.all().delete()
    values: dict[str, int | date | bool] = {
        "run": run.pk,
        "employer": run.employer_id,
        "month": run.month,
        "each": each,
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE, values)
        cursor.execute(WRITE_CORRECTIONS, values)
