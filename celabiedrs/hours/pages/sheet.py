"""The timesheet on the screen, on paper and behind its code: for each reader what the scope allows (LOG-9, CNF-1)."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.hours import actions
from celabiedrs.hours.access import (
    SHOWN_TO_SCHOOL,
    hours_visible_to,
    may_attach_scan,
    may_write,
    own_plans,
    rows_visible_to,
    sheets_visible_to,
)
from celabiedrs.hours.actions.months import is_last
from celabiedrs.hours.documents import KIND, code_address, empty_sheet, sheet_of, timesheet_pdf
from celabiedrs.hours.forms.school import ScanForm
from celabiedrs.hours.models import (
    CooperationReview,
    Meeting,
    MeetingSignature,
    Outcome,
    Party,
    SheetState,
    Timesheet,
)
from celabiedrs.hours.reading.month_close import load_rows
from celabiedrs.lib import clock
from celabiedrs.lib.acts import require
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.documents.issuing import in_force
from celabiedrs.lib.documents.typesetting import PDF, qr_svg
from celabiedrs.lib.files.refusal import UploadRefused
from celabiedrs.lib.files.serving import as_download
from celabiedrs.lib.files.uploads import store_upload
from celabiedrs.lib.look.waits import address
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import SCHOOL_STAFF, User
from celabiedrs.plans.access import plans_visible_to
from celabiedrs.plans.models import SupportPlan
from celabiedrs.rules.reading import read_month

MOST_EMPTY_ROWS = 40
USUAL_EMPTY_ROWS = 10


def _sheets() -> Any:
    return Timesheet.objects.select_related(
        "plan__learner",
        "plan__institution",
        "mentor__user",
        "mentor__certificate",
        "employer",
        "verified_by",
        "paper_scan",
    )


@require_safe
def sheet(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The timesheet as far as the reader may see it: whole, hours by day, or its state and sum."""
    user = request.user
    found = get_object_or_404(_sheets().filter(sheets_visible_to(user)), public_id=public_id)
    one = Timesheet.objects.filter(pk=found.pk)
    if one.filter(rows_visible_to(user)).exists():
        looked(user, role=_role(user, found), what="timesheet", thread=found.plan.public_id)
        return page(request, "hours/sheet.html", **_whole(found, user), scan_form=ScanForm())
    if one.filter(hours_visible_to(user)).exists():
        return page(
            request, "hours/sheet_hours.html", plan_url=_plan_url(found, user), **_hours_by_day(found)
        )
    return page(
        request, "hours/sheet_sum.html", sheet=found, sum=_sum(found), plan_url=_plan_url(found, user)
    )


def _whole(sheet: Timesheet, user: User) -> dict[str, Any]:
    load_rows([sheet])
    rows = list(sheet.meetings.all())
    held = [row for row in rows if row.voided_at is None and row.outcome == Outcome.HELD]
    last = is_last(sheet)
    at_school = sheet.plan.institution_id in user.institutions(*SCHOOL_STAFF)
    drawn = _drawn(sheet)
    return {
        "sheet": sheet,
        "certificate": getattr(getattr(sheet.mentor, "certificate", None), "number", ""),
        "rows": [_row(row, drawn) for row in rows],
        "hours": sum(row.hours for row in held),
        "signed_hours": sum(row.hours for row in held if row.signed_by_both),
        "last": last,
        "review": CooperationReview.objects.filter(plan=sheet.plan, mentor=sheet.mentor).first()
        if last
        else None,
        "qr": mark_safe(qr_svg(code_address(sheet.code))),
        "submitted": sheet.state in SHOWN_TO_SCHOOL,
        "plan_url": _plan_url(sheet, user),
        "check_url": reverse("hours:pair", args=[sheet.public_id]) if at_school else "",
        "may_scan": may_attach_scan(user, sheet),
        "own": may_write(user, sheet),
        "empty_rows": USUAL_EMPTY_ROWS,
    }


def _plan_url(sheet: Timesheet, user: User) -> str:
    """The way back to the plan, for those who may see it."""
    seen = SupportPlan.objects.filter(plans_visible_to(user), pk=sheet.plan_id).exists()
    return address("desk:plan", sheet.plan.public_id) if seen else ""


def _drawn(sheet: Timesheet) -> set[tuple[int, str]]:
    """Which rows have a drawn picture, by party; the pictures themselves have an address of their own."""
    drawings = MeetingSignature.objects.filter(
        meeting__timesheet=sheet, voided_at=None, drawing__isnull=False
    )
    return set(drawings.values_list("meeting_id", "party"))


def _row(row: Meeting, drawn: set[tuple[int, str]]) -> dict[str, Any]:
    signed = {signature.party: signature for signature in row.signatures.all() if signature.voided_at is None}
    return {
        "row": row,
        "signatures": [
            {
                "party": party,
                "label": party.label,
                "signature": signed.get(party),
                "drawn": (row.pk, party) in drawn,
            }
            for party in (Party.LEARNER, Party.MENTOR)
        ],
    }


def _hours_by_day(sheet: Timesheet) -> dict[str, Any]:
    """The pay clerk's sheet: day and hours are enough to pay by, so no topic and no learner."""
    held = sheet.meetings.held().order_by("starts_at", "pk")
    rows = [
        (row.held_on, row.hours, row.signed_by_both)
        for row in held.only("held_on", "hours", "learner_means", "mentor_means")
    ]
    return {
        "sheet": sheet,
        "rows": rows,
        "hours": sum(hours for _day, hours, _signed in rows),
        "signed_hours": sum(hours for _day, hours, signed in rows if signed),
    }


def _sum(sheet: Timesheet) -> int | None:
    """Held hours once the mentor has submitted; of a draft nothing is told (LOG-11)."""
    if sheet.state not in SHOWN_TO_SCHOOL:
        return None
    return sum(sheet.meetings.held().values_list("hours", flat=True))


def _role(user: User, sheet: Timesheet) -> str:
    if may_write(user, sheet):
        return "mentor"
    return next((post.role for post in user.posts_on()), "")


# ---------------------------------------------------------------------- on paper


@require_safe
def sheet_pdf(request: SignedIn, public_id: uuid.UUID) -> HttpResponseBase:
    """The timesheet as PDF, for who may read its topics. A verified one is the very document that was issued."""
    user = request.user
    found = get_object_or_404(_sheets().filter(rows_visible_to(user)), public_id=public_id)
    show_starts, empty_rows = request.GET.get("start") != "0", _empty_rows(request, 0)
    looked(user, role=_role(user, found), what="timesheet pdf", thread=found.plan.public_id)
    if found.state == SheetState.VERIFIED and show_starts and not empty_rows:
        issued = in_force(kind=KIND, subject_kind=KIND, subject_id=found.pk)
        if issued is not None and issued.issued_at >= found.verified_at:
            return as_download(issued.stored_file)
    content = timesheet_pdf(
        sheet_of(found, show_starts=show_starts, empty_rows=empty_rows),
        timestamp=found.verified_at or found.submitted_at or clock.now(),
    )
    return pdf_answer(content, f"grafiks-{found.code}.pdf")


@require_safe
def empty_pdf(request: SignedIn, public_id: uuid.UUID, month: str) -> HttpResponse:
    """The empty form of a month for a mentor who has it signed in ink; with the code once the month has one."""
    user = request.user
    plan = get_object_or_404(
        SupportPlan.objects.filter(own_plans(user)).select_related(
            "learner", "institution", "contract__employer"
        ),
        public_id=public_id,
    )
    first = read_month(month)
    if first is None:
        raise Http404
    begun = (
        Timesheet.objects.filter(plan=plan, mentor=user.mentor, month=first).order_by("-supplement").first()
    )
    sheet = empty_sheet(
        plan,
        user.mentor,
        first,
        code=begun.code if begun else "",
        empty_rows=_empty_rows(request, USUAL_EMPTY_ROWS),
    )
    return pdf_answer(timesheet_pdf(sheet, timestamp=clock.now()), f"grafiks-{first:%Y-%m}.pdf")


def _empty_rows(request: SignedIn, usual: int) -> int:
    asked = request.GET.get("blank", "")
    return min(int(asked), MOST_EMPTY_ROWS) if asked.isascii() and asked.isdigit() else usual


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    return _private(HttpResponse(content, content_type=PDF), f'attachment; filename="{name}"')


def _private(answer: HttpResponse, disposition: str) -> HttpResponse:
    answer["Content-Disposition"] = disposition
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def by_code(request: SignedIn, code: str) -> HttpResponse:
    """Where the printed QR code leads: the timesheet, or nothing at all."""
    user = request.user
    found = get_object_or_404(Timesheet.objects.filter(sheets_visible_to(user)), code=code.upper())
    return redirect("hours:sheet", found.public_id)


@require_safe
def signature(request: SignedIn, public_id: uuid.UUID, party: str) -> HttpResponse:
    """A drawn signature as the picture that it is, for who may read the row."""
    user = request.user
    readable = Timesheet.objects.filter(rows_visible_to(user)).order_by().values("pk")
    found = get_object_or_404(
        MeetingSignature.objects.filter(
            meeting__timesheet__in=readable, voided_at=None, drawing__isnull=False
        ),
        meeting__public_id=public_id,
        party=party,
    )
    return _private(HttpResponse(bytes(found.drawing or b""), content_type="image/png"), "inline")


# ---------------------------------------------------------------------- the signed paper


@form_page
def scan(request: SignedIn, public_id: uuid.UUID) -> HttpResponseBase:
    """The scan of the signed sheet: GET hands it to who may read the rows, POST puts one beside the diary."""
    user = request.user
    scope = rows_visible_to(user) if request.method == "GET" else sheets_visible_to(user)
    found = get_object_or_404(_sheets().filter(scope), public_id=public_id)
    if request.method == "GET":
        if found.paper_scan is None:
            raise Http404
        return as_download(found.paper_scan)
    require(may_attach_scan(user, found))
    form = ScanForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            with transaction.atomic():
                stored = store_upload(form.cleaned_data["scan"], by=user, kind="paper_sheet")
                actions.attach_paper_scan(by=user, sheet=found, scan=stored)
        except UploadRefused as refusal:
            form.add_error("scan", str(refusal))
        else:
            messages.success(request, _("The signed sheet is attached."))
            return redirect(_back(found, user))
    return page(request, "hours/sheet_scan.html", sheet=found, form=form, back=_back(found, user))


def _back(sheet: Timesheet, user: User) -> str:
    at_school = sheet.plan.institution_id in user.institutions(*SCHOOL_STAFF)
    name = "hours:pair" if at_school and sheet.state in SHOWN_TO_SCHOOL else "hours:sheet"
    return reverse(name, args=[sheet.public_id])
