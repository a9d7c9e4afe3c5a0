"""A run for payroll: as a table, and on paper with lines to sign on. It names the mentor and the plan's number, and
never a learner. Employee numbers and personal codes stand in it for the employer's pay clerk alone."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from celabiedrs.lib import clock
from celabiedrs.lib.documents import words
from celabiedrs.lib.documents.typesetting import typeset
from celabiedrs.lib.tables.writing import Cell, csv_response, workbook_response
from celabiedrs.pay.models import PayLine, PayrollIdentity, PayRun, RunState
from celabiedrs.pay.reading.days import DaysOfLine, by_line, days_of, run_number
from celabiedrs.pay.reading.parts import CLASSES, LineParts, by_mentor, parts_of

TYPST = Path(__file__).parent / "typst" / "run.typ"
Known = Mapping[int, PayrollIdentity]
Sheet = tuple[str, Sequence[str], list[Sequence[Cell]]]


def ordered_lines(run: PayRun) -> list[PayLine]:
    """All lines of a run as the page and the file show them: by mentor, plan, month and rate."""
    lines = PayLine.objects.filter(run=run).select_related("mentor__user", "plan", "timesheet")
    return list(
        lines.order_by("mentor__user__sort_name", "mentor", "plan__number", "timesheet__month", "rate", "pk")
    )


def header() -> list[str]:
    return [
        _("Employer"),
        _("Run"),
        _("Mentor"),
        _("Employee number"),
        _("Personal code"),
        _("Contract"),
        _("Plan"),
        _("Month"),
        _("What"),
        _("Hours"),
        _("Of these on holidays"),
        _("Rate, EUR"),
        _("Amount, EUR"),
        _("Class of social insurance"),
        _("State of the run"),
    ]


def _row(run: PayRun, number: str, row: LineParts, days: DaysOfLine | None, known: Known) -> list[Cell]:
    line = row.line
    person = known.get(line.mentor_id)
    return [
        run.employer.name,
        number,
        line.mentor.user.name,
        (person.employee_number if person else None) or "",
        (person.personal_code if person else None) or "",
        days.contracts if days else "",
        line.plan.number,
        f"{line.timesheet.month:%Y-%m}",
        _("correction") if line.correction_id else _("hours of the month"),
        line.hours,
        days.holiday_hours if days and not line.correction_id else None,
        line.rate,
        line.amount,
        _class(row.kind, row.assumed),
        state_words(run),
    ]


def _class(kind: str, assumed: bool) -> str:
    words_ = str(CLASSES[kind])
    return _("%(kind)s (assumed)") % {"kind": words_} if assumed else words_


def state_words(run: PayRun) -> str:
    """The state as it stands in every row: a file travels without its name."""
    return {
        RunState.PREPARED.value: _("DRAFT – not approved, do not pay"),
        RunState.APPROVED.value: _("approved"),
        RunState.SENT.value: _("handed over to payroll"),
        RunState.WITHDRAWN.value: _("withdrawn"),
    }[run.state]


def rows_of(run: PayRun, known: Known) -> list[Sequence[Cell]]:
    """The lines, and their sum last."""
    days, number = by_line(days_of(run)), run_number(run)
    lines = parts_of(run, ordered_lines(run))
    rows: list[Sequence[Cell]] = [
        _row(run, number, row, days.get((row.line.timesheet_id, row.line.rate)), known) for row in lines
    ]
    total: list[Cell] = [None] * len(header())
    total[0], total[1], total[2] = run.employer.name, number, _("Total")
    total[9] = sum(row.line.hours for row in lines)
    total[12] = sum((row.line.amount for row in lines), Decimal("0.00"))
    total[14] = state_words(run)
    return [*rows, total]


def sheets_of(run: PayRun, known: Known) -> list[Sheet]:
    """The lines; a row for each mentor with the parts of the amount, reckoned by person; the hours by day."""
    return [
        (f"{run.month:%Y-%m}", header(), rows_of(run, known)),
        (_("Mentors"), _mentors_header(), _mentor_rows(run, known)),
        (_("Hours by day"), _days_header(), _day_rows(run)),
    ]


def _mentors_header() -> list[str]:
    return [
        _("Mentor"),
        _("Employee number"),
        _("Personal code"),
        _("Hours"),
        _("Amount, EUR"),
        _("Aid: wage, EUR"),
        _("Aid: holiday share, EUR"),
        _("Aid: employer's VSAOI, EUR"),
        _("Class of social insurance"),
    ]


def _mentor_rows(run: PayRun, known: Known) -> list[Sequence[Cell]]:
    rows: list[Sequence[Cell]] = []
    people = by_mentor(parts_of(run, ordered_lines(run)))
    for one in people:
        person = known.get(one.mentor)
        rows.append(
            [
                one.name,
                (person.employee_number if person else None) or "",
                (person.personal_code if person else None) or "",
                one.hours,
                one.parts.amount,
                one.parts.wage,
                one.parts.holiday,
                one.parts.vsaoi,
                _("%(kind)s (assumed)") % {"kind": one.label} if one.assumed else one.label,
            ]
        )
    sums = [
        sum((getattr(one.parts, name) for one in people), Decimal("0.00"))
        for name in ("amount", "wage", "holiday", "vsaoi")
    ]
    return [*rows, [_("Total"), "", "", sum(one.hours for one in people), *sums, ""]]


def _days_header() -> list[str]:
    return [_("Mentor"), _("Plan"), _("Contract"), _("Day"), _("Hours"), _("Public holiday")]


def _day_rows(run: PayRun) -> list[Sequence[Cell]]:
    return [
        [row.name, row.plan, row.contract, row.day, row.hours, _("public holiday") if row.holiday else ""]
        for row in days_of(run)
    ]


def file_name(run: PayRun, ending: str) -> str:
    """Without the name of a person or place: the month, and that it is a draft."""
    draft = _("-draft") if run.state == RunState.PREPARED else ""
    name = _("pay")  # by itself: what stands inside an f-string is not extracted
    return f"{name}-{run.month:%Y-%m}{draft}.{ending}"


def as_csv(run: PayRun, known: Known) -> HttpResponse:
    return csv_response(file_name(run, "csv"), header(), rows_of(run, known))


def as_xlsx(run: PayRun, known: Known) -> HttpResponse:
    return workbook_response(file_name(run, "xlsx"), sheets_of(run, known))


def run_pdf(run: PayRun) -> bytes:
    """The run on paper: lines by mentor, sums, who prepared and approved it, and lines to sign on."""
    lines = ordered_lines(run)
    days = by_line(days_of(run))
    data: dict[str, Any] = {
        "employer": run.employer.name,
        "month": words.month(run.month),
        "number": run_number(run),
        "draft": run.state == RunState.PREPARED,
        "prepared": f"{run.prepared_by.name}, {words.moment(run.prepared_at)}",
        "approved": f"{run.approved_by.name}, {words.moment(run.approved_at)}" if run.approved_by else "",
        "rows": [_printed(line, days.get((line.timesheet_id, line.rate))) for line in lines],
        "hours": str(sum(line.hours for line in lines)),
        "amount": _euros(sum((line.amount for line in lines), Decimal("0.00"))),
        "people": [
            [one.name, str(one.hours), _euros(one.parts.amount), _euros(one.parts.vsaoi), one.label]
            for one in by_mentor(parts_of(run, lines))
        ],
    }
    return typeset(TYPST, data, timestamp=run.approved_at or run.prepared_at or clock.now())


def _printed(line: PayLine, days: DaysOfLine | None) -> list[str]:
    holidays = days.holiday_hours if days and not line.correction_id else 0
    what = f"{line.timesheet.month:%m.%Y}" + (", labojums" if line.correction_id else "")
    return [
        line.mentor.user.name,
        days.contracts if days else "",
        line.plan.number,
        what,
        str(line.hours) + (f" (svētkos {holidays})" if holidays else ""),
        _euros(line.rate),
        _euros(line.amount),
    ]


def _euros(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")
