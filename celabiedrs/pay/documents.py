"""A run as a table for payroll. It names the mentor and the plan's number, and never a learner."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from celabiedrs.lib.tables.writing import Cell, csv_response, xlsx_response
from celabiedrs.pay.models import PayLine, PayRun, RunState
from celabiedrs.pay.reading.parts import CLASSES, LineParts, parts_of


def ordered_lines(run: PayRun) -> list[PayLine]:
    """All lines of a run as the page and the file show them: by mentor, plan, month and rate."""
    lines = PayLine.objects.filter(run=run).select_related("mentor__user", "plan", "timesheet")
    return list(
        lines.order_by("mentor__user__sort_name", "mentor", "plan__number", "timesheet__month", "rate", "pk")
    )


def header() -> list[str]:
    return [
        _("Mentor"),
        _("Plan"),
        _("Month"),
        _("What"),
        _("Hours"),
        _("Rate, EUR"),
        _("Amount, EUR"),
        _("Aid: wage, EUR"),
        _("Aid: holiday share, EUR"),
        _("Aid: employer's VSAOI, EUR"),
        _("Class of social insurance"),
        _("State of the run"),
    ]


def row_of(row: LineParts, *, state: str) -> list[Cell]:
    line = row.line
    kind = str(CLASSES[row.kind])
    return [
        line.mentor.user.name,
        line.plan.number,
        f"{line.timesheet.month:%Y-%m}",
        _("correction") if line.correction_id else _("hours of the month"),
        line.hours,
        line.rate,
        line.amount,
        row.parts.wage,
        row.parts.holiday,
        row.parts.vsaoi,
        _("%(kind)s (assumed)") % {"kind": kind} if row.assumed else kind,
        state,
    ]


def state_words(run: PayRun) -> str:
    """The state as it stands in every row: a file travels without its name."""
    return {
        RunState.PREPARED.value: _("DRAFT – not approved, do not pay"),
        RunState.APPROVED.value: _("approved"),
        RunState.SENT.value: _("handed over to payroll"),
        RunState.WITHDRAWN.value: _("withdrawn"),
    }[run.state]


def rows_of(run: PayRun) -> list[Sequence[Cell]]:
    state = state_words(run)
    return [row_of(row, state=state) for row in parts_of(run, ordered_lines(run))]


def file_name(run: PayRun, ending: str) -> str:
    """Without the name of a person or place: the month, and that it is a draft."""
    draft = _("-draft") if run.state == RunState.PREPARED else ""
    name = _("pay")  # by itself: what stands inside an f-string is not extracted
    return f"{name}-{run.month:%Y-%m}{draft}.{ending}"


def as_csv(run: PayRun) -> HttpResponse:
    return csv_response(file_name(run, "csv"), header(), rows_of(run))


def as_xlsx(run: PayRun) -> HttpResponse:
    return xlsx_response(file_name(run, "xlsx"), header(), rows_of(run), sheet=f"{run.month:%Y-%m}")
