"""The month: its rows and sums, what is missing, the declaration, and where it stands afterwards."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from celabiedrs.hours.access import own_rows
from celabiedrs.hours.actions import declare_no_meetings, submit_month
from celabiedrs.hours.forms.mentor import SubmitForm
from celabiedrs.hours.models import Meeting, Outcome, Timesheet
from celabiedrs.hours.pages.today import diary_of
from celabiedrs.hours.reading.diary import DiaryMonth, PlanDiary
from celabiedrs.hours.reading.month_rows import month_rows
from celabiedrs.lib.look import shown
from celabiedrs.lib.once.guard import form_page, once
from celabiedrs.lib.web import attempt, page
from celabiedrs.people.access import SignedIn


@form_page
def month(request: SignedIn, public_id: uuid.UUID, month: date) -> HttpResponse:
    """Look at a month, and submit it."""
    diary = diary_of(request, public_id)
    found = diary.month(month)
    if found is None:
        raise Http404
    form = SubmitForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        if found.unsigned and not form.cleaned_data["anyway"] and form.cleaned_data["declared"]:
            return _ask_once_more(request, diary, found, form)
        done = attempt(
            form,
            submit_month,
            by=request.user,
            plan=diary.plan,
            month=month,
            no_double_funding=form.cleaned_data["declared"],
            version=form.cleaned_data["version"],
        )
        if done is not None:
            messages.success(
                request, _("Submitted: %(month)s. The school checks it now.") % {"month": shown.month(month)}
            )
            return redirect("hours:month", public_id, month)
    return _page(request, diary, found, form)


def _page(request: SignedIn, diary: PlanDiary, found: DiaryMonth, form: SubmitForm) -> HttpResponse:
    rows = _rows(request, diary, found.month)
    current = [row for row in rows if row.timesheet_id in {part.pk for part in found.parts}]
    standing = found.standing
    at = {"verified": 3, "settled": 4, "submitted": 2}.get(standing, 1)
    return page(
        request,
        "hours/month.html",
        diary=diary,
        plan=diary.plan,
        found=found,
        standing=standing,
        rows=month_rows(rows),
        form=form,
        tasks=what_is_missing(diary, found, current),
        earlier=_earlier(diary, found),
        signed_hours=found.hours - found.unsigned_hours,
        steps=[_("With the mentor"), _("With the school"), _("Verified"), _("In a pay run")],
        at=at,
        why_not=_why_not(found),
    )


def _rows(request: SignedIn, diary: PlanDiary, month: date) -> list[Meeting]:
    rows = Meeting.objects.filter(own_rows(request.user), plan=diary.plan, timesheet__month=month)
    return list(rows.order_by("starts_at", "pk"))


def _earlier(diary: PlanDiary, found: DiaryMonth) -> list[Timesheet]:
    """Sheets of the month that a supplement stands beside; they lie in a pay run already."""
    if found.sheet is None or not found.sheet.supplement:
        return []
    sheets = Timesheet.objects.filter(plan=diary.plan, mentor=found.sheet.mentor_id, month=found.month)
    return list(sheets.exclude(pk__in=[part.pk for part in found.parts]).order_by("supplement", "pk"))


def _why_not(found: DiaryMonth) -> str:
    """Why it cannot be submitted yet; empty where it can."""
    if not found.over:
        return _("The month is not over yet.")
    if found.needs_review:
        return _("This is the last timesheet: write the review of the cooperation first.")
    return ""


def what_is_missing(diary: PlanDiary, found: DiaryMonth, rows: list[Meeting]) -> list[dict[str, Any]]:
    """What the month still asks for, each with its state and where to do it."""
    tasks = [_unsigned(row) for row in rows if is_unsigned(row)]
    if found.needs_review:
        tasks.append(
            {
                "title": _("Review of the cooperation"),
                "url": reverse("closing:review", args=[diary.plan.public_id]),
                "tone": "red",
                "state": _("missing"),
            }
        )
    return tasks


def is_unsigned(row: Meeting) -> bool:
    return row.outcome == Outcome.HELD and row.voided_at is None and not row.signed_by_both


def _unsigned(row: Meeting) -> dict[str, Any]:
    title = f"{shown.day_words(row.held_on)}, {shown.hours(row.hours)}"
    if row.disputed_at:
        url, state, tone = "hours:change", _("the learner says: not right"), "red"
    elif row.learner_means:
        url, state, tone = "hours:sign-mentor", _("the mentor's signature is missing"), "amber"
    elif row.mentor_means:
        url, state, tone = "hours:sign", _("the learner's signature is missing"), "amber"
    else:
        url, state, tone = "hours:sign", _("both signatures are missing"), "amber"
    address = reverse(url, args=[row.public_id])
    return {"title": title, "text": row.topic, "url": address, "tone": tone, "state": state}


def _ask_once_more(request: SignedIn, diary: PlanDiary, found: DiaryMonth, form: SubmitForm) -> HttpResponse:
    """[LOG-8] Rows without both signatures go with the month and pay nothing: ask before that happens."""
    rows = [row for row in _rows(request, diary, found.month) if is_unsigned(row)]
    return page(
        request,
        "hours/month_confirm.html",
        plan=diary.plan,
        found=found,
        tasks=[_unsigned(row) for row in rows],
        version=form.cleaned_data["version"],
    )


@once
@require_POST
def no_meetings(request: SignedIn, public_id: uuid.UUID, month: date) -> HttpResponse:
    """Say that nobody met in a month, so that nobody waits for its timesheet."""
    diary = diary_of(request, public_id)
    declare_no_meetings(by=request.user, plan=diary.plan, month=month)
    messages.success(request, _("Noted: no meetings in %(month)s.") % {"month": shown.month_in(month)})
    return redirect("hours:plan", public_id)
