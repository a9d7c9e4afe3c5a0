"""What the clock does with timesheets: the PDF of every verified month is kept as it was issued."""

from django.db.models import Exists, OuterRef
from procrastinate.contrib.django import app

from celabiedrs.hours.documents import KIND, TEMPLATE, sheet_of, timesheet_pdf
from celabiedrs.hours.models import SheetState, Timesheet
from celabiedrs.lib.documents.failures import issue_each
from celabiedrs.lib.documents.issuing import issue
from celabiedrs.lib.documents.models import IssuedDocument


def issue_verified() -> int:
    """Issue the verified months that are not issued yet, or were verified again since; says how many.

    A month that is reopened keeps its earlier document; the next verification supersedes it.
    """
    kept = IssuedDocument.objects.filter(
        kind=KIND,
        subject_kind=KIND,
        subject_id=OuterRef("pk"),
        superseded=False,
        issued_at__gte=OuterRef("verified_at"),
    )
    waiting = Timesheet.objects.filter(~Exists(kept), state=SheetState.VERIFIED).order_by("verified_at", "pk")
    with_names = waiting.select_related(
        "plan__learner", "plan__institution", "mentor__user", "employer", "verified_by"
    )
    return issue_each(with_names, _issue, kind=KIND)


def _issue(sheet: Timesheet) -> None:
    assert sheet.verified_at is not None
    issue(
        timesheet_pdf(sheet_of(sheet), timestamp=sheet.verified_at),
        kind=KIND,
        subject_kind=KIND,
        subject_id=sheet.pk,
        number=f"{sheet.code}/{sheet.version}",
        name=f"grafiks-{sheet.code}.pdf",
        by=sheet.verified_by,
        template=TEMPLATE,
    )


@app.task(queueing_lock="hours.issue", lock="hours.issue")
def issue_sheets(timestamp: int = 0) -> None:
    """Every five minutes; config/schedule.py says so. A month that a killed job left out is taken by the next."""
    issue_verified()
