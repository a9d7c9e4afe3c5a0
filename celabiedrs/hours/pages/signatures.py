"""Both sign on one phone: the learner's page, handing the phone back, the mentor's page, and ink on paper.

While the phone is in the learner's hand there is nothing of other learners on the page, and no link leads past
"hand the phone back".
"""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from celabiedrs.hours.actions import dispute_meeting, sign_meeting
from celabiedrs.hours.forms.mentor import SignatureForm
from celabiedrs.hours.models import Meeting, Outcome, Party
from celabiedrs.hours.pages.meeting import own_row
from celabiedrs.hours.workflow import WRITABLE
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Stale
from celabiedrs.lib.once.guard import form_page, once
from celabiedrs.lib.signing.models import Means
from celabiedrs.lib.web import attempt, page
from celabiedrs.people.access import SignedIn
from celabiedrs.places.facts import programme


def means_now() -> list[str]:
    """By which means the programme takes signatures today (setting `signature_means`)."""
    return list(programme().setting("signature_means", clock.today()))


def open_to_signing(row: Meeting) -> bool:
    return row.outcome == Outcome.HELD and row.voided_at is None and row.timesheet.state in WRITABLE


@form_page
def learner(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The learner's page: agree and sign, or say "not right"."""
    row = own_row(request, public_id)
    if request.method == "POST" and request.POST.get("answer") == "wrong":
        dispute_meeting(by=request.user, meeting=row)
        return redirect("hours:hand-back", row.public_id)
    if request.method != "POST":
        if Means.DEVICE not in means_now():
            return redirect("hours:sign-mentor", row.public_id)
        if row.learner_means:
            return redirect("hours:hand-back", row.public_id)
        if not open_to_signing(row):
            return redirect("hours:meeting", row.public_id)
    form = SignatureForm(Party.LEARNER, request.POST or None)
    try:
        if request.method == "POST" and form.is_valid() and _sign(request, form, row):
            return redirect("hours:hand-back", row.public_id)
    except Stale:
        return page(request, "hours/sign_changed.html", row=row, learner=True, status=409)
    today = row.held_on == clock.today()
    return page(
        request, "hours/sign.html", form=form, row=row, mentor=row.mentor, today=today, given=_given(form)
    )


def _given(form: SignatureForm) -> str:
    """The typed name of a form that comes back; the drawing is drawn again."""
    return str(form[f"{form.party}_typed"].value() or "")


def _sign(request: SignedIn, form: SignatureForm, row: Meeting) -> bool:
    done = attempt(
        form,
        sign_meeting,
        by=request.user,
        meeting=row,
        party=form.party,
        means=Means.DEVICE,
        typed_name=form.typed,
        drawing=form.drawing,
        content_hash=request.POST.get("content_hash", ""),
    )
    return done is not None


@require_safe
def hand_back(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Between the two: the learner gives the phone back. Shows nothing but that."""
    row = own_row(request, public_id)
    step = "signed" if row.learner_means else "disputed" if row.disputed_at else "later"
    return page(request, "hours/hand_back.html", row=row, step=step)


@form_page
def mentor(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The mentor signs; or both have signed the printed sheet in ink."""
    row = own_row(request, public_id)
    if request.method != "POST" and not (open_to_signing(row) and not row.signed_by_both):
        return redirect("hours:meeting", row.public_id)
    form = SignatureForm(Party.MENTOR, request.POST or None)
    try:
        if request.method == "POST" and form.is_valid() and _sign(request, form, row):
            return _signed(request, row)
    except Stale:
        return page(request, "hours/sign_changed.html", row=row, learner=False, status=409)
    allowed = means_now()
    return page(
        request,
        "hours/sign_mentor.html",
        form=form,
        row=row,
        plan=row.plan,
        device=Means.DEVICE in allowed,
        paper=Means.PAPER in allowed,
        given=_given(form),
    )


@once
@require_POST
def paper(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Both have signed the printed sheet in ink."""
    row = own_row(request, public_id)
    try:
        sign_meeting(
            by=request.user,
            meeting=row,
            party="both",
            means=Means.PAPER,
            content_hash=request.POST.get("content_hash", ""),
        )
    except Stale:
        return page(request, "hours/sign_changed.html", row=row, learner=False, status=409)
    return _signed(request, row)


def _signed(request: SignedIn, row: Meeting) -> HttpResponse:
    """On to what is left: the learner's signature, the month's other unsigned rows, or home."""
    row.refresh_from_db()
    if not row.signed_by_both:
        messages.success(request, _("The mentor's signature is there. The learner's is still missing."))
        return redirect("hours:meeting", row.public_id)
    messages.success(request, _("Both have signed."))
    if row.timesheet.meetings.unsigned().exists():
        return redirect("hours:month", row.plan.public_id, row.month)
    return redirect("hours:today")
