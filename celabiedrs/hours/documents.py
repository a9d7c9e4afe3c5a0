"""The timesheet (grafiks) as a PDF: one learner, one mentor, one month (LOG-9)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from PIL import Image

from celabiedrs.hours.actions.months import is_last
from celabiedrs.hours.models import (
    CooperationReview,
    Meeting,
    MeetingSignature,
    Party,
    Recommendation,
    Timesheet,
)
from celabiedrs.lib.clock import RIGA, month_of, riga_day
from celabiedrs.lib.documents import words
from celabiedrs.lib.documents.typesetting import qr_svg, typeset
from celabiedrs.lib.signing.models import Means as SignatureMeans
from celabiedrs.plans.models import SupportPlan
from celabiedrs.registry.models import Mentor
from celabiedrs.rules.parameters import whole

TEMPLATE = Path(__file__).parent / "typst" / "timesheet.typ"
TITLE = "Atbalsta pasākumu īstenošanas grafiks (individuāli)"
PICTURE_BOX = (420, 140)

Means = Literal["drawn", "typed", "device", "paper"]
Outcome = Literal["held", "learner_absent", "cancelled", "voided"]


@dataclass(frozen=True)
class SheetSignature:
    """One party's signature on one row. `picture` is the PNG of a drawn one; `name` what was typed."""

    means: Means
    signed_on: date
    name: str = ""
    picture: bytes | None = None


@dataclass(frozen=True)
class SheetRow:
    """One meeting: hours are academic hours (40 minutes); only a held one counts."""

    on: date
    hours: int
    topic: str
    start: time | None = None
    outcome: Outcome = "held"
    learner: SheetSignature | None = None
    mentor: SheetSignature | None = None

    @property
    def counted(self) -> int:
        """The hours that stand in the column: 0 where no meeting was held."""
        return self.hours if self.outcome == "held" else 0

    @property
    def signed_by_both(self) -> bool:
        return self.learner is not None and self.mentor is not None


@dataclass(frozen=True)
class SheetReview:
    """The mentor's review of the cooperation on the last timesheet of a plan (LOG-12, LOG-13)."""

    cooperation: str
    conclusions: str
    recommendations: str
    written_on: date | None = None


@dataclass(frozen=True)
class SheetVerification:
    """Who at the school verified the month, in which capacity, when, and how many hours."""

    by: str
    capacity: str
    at: datetime
    hours: int


@dataclass(frozen=True)
class TimesheetSheet:
    """All that the printed timesheet shows. `code_address` is what the QR holds: an address, no name.

    `empty_rows` adds rows to be filled in by hand, `show_starts` the column of starting times (CON-9),
    `asks_review` prints the three prompts of the review empty where there is no review yet.
    """

    learner: str
    class_name: str
    school: str
    plan_number: str
    mentor: str
    certificate_number: str
    employer: str
    month: date
    code: str
    code_address: str
    rows: tuple[SheetRow, ...] = ()
    show_starts: bool = True
    empty_rows: int = 0
    submitted_at: datetime | None = None
    review: SheetReview | None = None
    asks_review: bool = False
    verification: SheetVerification | None = None
    supplement: int = 0

    @property
    def held_hours(self) -> int:
        return sum(row.counted for row in self.rows)

    @property
    def signed_hours(self) -> int:
        """The hours of rows that both have signed: the ones that are paid (LOG-8)."""
        return sum(row.counted for row in self.rows if row.signed_by_both)


# ---------------------------------------------------------------------- from what is stored

KIND = "timesheet"
RECOMMENDED = {
    Recommendation.CONTINUE: "Ieteicams turpināt sadarbību.",
    Recommendation.CLOSE: "Ieteicams mentoringu noslēgt.",
}


def sheet_of(timesheet: Timesheet, *, show_starts: bool = True, empty_rows: int = 0) -> TimesheetSheet:
    """A stored timesheet as it is printed: rows with their signatures, the review on the last one, the verification.

    Only for a reader who may read the topics: there is no printed sheet without them.
    """
    plan = timesheet.plan
    rows = tuple(
        _stored_row(row)
        for row in timesheet.meetings.order_by("starts_at", "pk").prefetch_related("signatures")
    )
    last = is_last(timesheet)
    sheet = TimesheetSheet(
        **_people(plan, timesheet.mentor, timesheet.employer.name_on(timesheet.month))
        | {"school": plan.institution.name_on(timesheet.month)},
        month=timesheet.month,
        code=timesheet.code,
        code_address=code_address(timesheet.code),
        rows=rows,
        show_starts=show_starts,
        empty_rows=empty_rows,
        submitted_at=timesheet.submitted_at if timesheet.state in ("submitted", "verified") else None,
        review=_stored_review(plan, timesheet.mentor) if last else None,
        asks_review=last,
        supplement=timesheet.supplement,
    )
    if timesheet.verified_at is None or timesheet.verified_by is None:
        return sheet
    done = SheetVerification(
        by=timesheet.verified_by.name,
        capacity="atbildīgā persona",
        at=timesheet.verified_at,
        hours=sheet.signed_hours,
    )
    return replace(sheet, verification=done)


def empty_sheet(
    plan: SupportPlan, mentor: Mentor, month: date, *, code: str, empty_rows: int
) -> TimesheetSheet:
    """The form before the month, for those who sign in ink. Without a code until the month has its first row."""
    return TimesheetSheet(
        **_people(plan, mentor, plan.contract.employer.name if plan.contract else ""),
        month=month,
        code=code,
        code_address=code_address(code) if code else "",
        empty_rows=empty_rows,
        asks_review=month_of(plan.last_day) == month,
    )


def code_address(code: str) -> str:
    """What the QR code holds: an address that tells nothing to those who may not see the sheet."""
    return settings.ADDRESS + reverse("hours:code", args=[code])


def _people(plan: SupportPlan, mentor: Mentor, employer: str) -> dict[str, Any]:
    try:
        certificate = mentor.certificate.number
    except ObjectDoesNotExist:
        certificate = ""
    return {
        "learner": plan.learner.name,
        "class_name": words.stage(plan.class_year, plan.course_year),
        "school": plan.institution.name,
        "plan_number": plan.number,
        "mentor": mentor.name,
        "certificate_number": certificate,
        "employer": employer,
    }


def _stored_row(row: Meeting) -> SheetRow:
    signed = {signature.party: signature for signature in row.signatures.all() if signature.voided_at is None}
    outcome: Any = "voided" if row.voided_at is not None else row.outcome
    return SheetRow(
        on=row.held_on,
        hours=row.hours,
        topic=row.topic,
        start=row.starts_at.astimezone(RIGA).time(),
        outcome=outcome,
        learner=_stored_signature(signed.get(Party.LEARNER)),
        mentor=_stored_signature(signed.get(Party.MENTOR)),
    )


def _stored_signature(signature: MeetingSignature | None) -> SheetSignature | None:
    if signature is None:
        return None
    picture = bytes(signature.drawing) if signature.drawing else None
    means: Means = "device"
    if signature.means == SignatureMeans.PAPER:
        means = "paper"
    elif picture:
        means = "drawn"
    elif signature.typed_name:
        means = "typed"
    return SheetSignature(means, riga_day(signature.signed_at), signature.typed_name, picture)


def _stored_review(plan: SupportPlan, mentor: Mentor) -> SheetReview | None:
    review = CooperationReview.objects.filter(plan=plan, mentor=mentor).first()
    if review is None:
        return None
    return SheetReview(
        cooperation=review.cooperation,
        conclusions=review.conclusions,
        recommendations=RECOMMENDED[Recommendation(review.recommendation)],
        written_on=riga_day(review.written_at),
    )


# ---------------------------------------------------------------------- as it is printed


def timesheet_pdf(sheet: TimesheetSheet, *, timestamp: datetime) -> bytes:
    """The timesheet as PDF/A-2a and PDF/UA-1; the same sheet and timestamp give the same bytes."""
    return typeset(TEMPLATE, sheet_for_print(sheet), timestamp=timestamp)


def sheet_for_print(sheet: TimesheetSheet) -> dict[str, Any]:
    """The sheet as the template reads it: days and moments in their Latvian form."""
    verification = sheet.verification
    return {
        "title": TITLE,
        "month": words.month(sheet.month, supplement=sheet.supplement),
        "hour_minutes": whole("academic_hour_minutes", sheet.month),
        "learner": sheet.learner,
        "class_name": sheet.class_name,
        "school": sheet.school,
        "plan_number": sheet.plan_number,
        "mentor": sheet.mentor,
        "certificate_number": sheet.certificate_number,
        "employer": sheet.employer,
        "code": sheet.code,
        "qr": qr_svg(sheet.code_address) if sheet.code else "",
        "rows": [_row(row) for row in sheet.rows],
        "show_starts": sheet.show_starts,
        "empty_rows": sheet.empty_rows,
        "held_hours": sheet.held_hours,
        "signed_hours": sheet.signed_hours,
        "submitted_at": words.moment(sheet.submitted_at),
        "review": _review(sheet),
        "verification": verification
        and {
            "by": verification.by,
            "capacity": verification.capacity,
            "at": words.moment(verification.at),
            "hours": verification.hours,
        },
    }


def _row(row: SheetRow) -> dict[str, Any]:
    return {
        "on": words.day(row.on),
        "start": row.start.strftime("%H:%M") if row.start else "",
        "hours": row.counted,
        "topic": row.topic,
        "outcome": row.outcome,
        "learner": _signature(row.learner),
        "mentor": _signature(row.mentor),
    }


def _signature(signature: SheetSignature | None) -> dict[str, Any] | None:
    if signature is None:
        return None
    return {
        "means": signature.means,
        "on": words.day(signature.signed_on),
        "name": signature.name,
        "picture": _for_print(signature.picture) if signature.picture else None,
    }


def _review(sheet: TimesheetSheet) -> dict[str, str] | None:
    review = sheet.review
    if review is None:
        return (
            {"cooperation": "", "conclusions": "", "recommendations": "", "on": ""}
            if sheet.asks_review
            else None
        )
    return {
        "cooperation": review.cooperation,
        "conclusions": review.conclusions,
        "recommendations": review.recommendations,
        "on": words.day(review.written_on),
    }


def _for_print(picture: bytes) -> bytes:
    """A drawn signature as a small grey picture on white: sixty of them still make a small file."""
    with Image.open(BytesIO(picture), formats=["PNG"]) as drawn:
        ink = drawn.convert("RGBA")
    paper = Image.new("RGBA", ink.size, "white")
    paper.alpha_composite(ink)
    grey = paper.convert("L")
    grey.thumbnail(PICTURE_BOX)
    small = BytesIO()
    grey.quantize(16).save(small, "PNG", optimize=True)
    return small.getvalue()
