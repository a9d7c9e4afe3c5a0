"""Finish a meeting; look at a row, change it, void it."""

import uuid
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.hours.access import own_rows, plan_to_write_in
from celabiedrs.hours.actions import change_meeting, record_meeting, void_meeting
from celabiedrs.hours.forms.mentor import ChangeForm, RecordForm, VoidForm
from celabiedrs.hours.models import Meeting, Outcome
from celabiedrs.hours.pages.today import diary_of, mentor_of, month_name_in
from celabiedrs.hours.reading.diary import PlanDiary, diaries
from celabiedrs.hours.workflow import CHANGE, VOID, WRITABLE, DiaryObstacle
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Stale, WrongState
from celabiedrs.lib.look import shown
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.steps import Step
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.plans.models import SupportPlan
from celabiedrs.rules.reading import read_day


def own_row(request: SignedIn, public_id: uuid.UUID) -> Meeting:
    rows = Meeting.objects.filter(own_rows(request.user))
    rows = rows.select_related("plan__learner", "plan__institution", "mentor__user", "timesheet")
    return get_object_or_404(rows, public_id=public_id)


def _ask_writable(row: Meeting, step: Step) -> None:
    if row.voided_at is not None:
        raise WrongState(step, DiaryObstacle.VOIDED, row)
    if row.timesheet.state not in WRITABLE:
        raise WrongState(step, DiaryObstacle.MONTH_CLOSED, row)


@form_page
def record(request: SignedIn, public_id: uuid.UUID | None = None) -> HttpResponse:
    """Write down the meeting that has just ended; then the learner signs."""
    sent = None
    if request.method == "POST" and public_id is not None:
        answer, sent = _record_at_once(request, public_id)
        if answer is not None:
            return answer
    found = _choice(request, public_id)
    if not found:
        return page(request, "hours/record_nobody.html")
    form = sent or RecordForm(found, request.POST or None, initial={"day": clock.today()})
    if request.method == "POST" and sent is None:
        form.is_valid()
        answer = _record(request, form, [diary.plan for diary in found])
        if answer is not None:
            return answer
    one = found[0] if len(found) == 1 else None
    before = clock.month_of(clock.today()) - timedelta(days=1)
    return page(
        request,
        "hours/record.html",
        form=form,
        found=found,
        one=one,
        month_label=month_name_in(clock.today()),
        label_before=month_name_in(before) if clock.today().day == 1 else "",
        status=409 if form.has_error("__all__", "closed") else 200,
    )


def _record_at_once(request: SignedIn, public_id: uuid.UUID) -> tuple[HttpResponse | None, RecordForm | None]:
    """The most frequent thing that the system does: of a known plan nothing is read that only a page would show."""
    plan = plan_to_write_in(request.user, public_id)
    if plan is None:
        return None, None
    form = RecordForm((), request.POST)
    form.is_valid()
    return _record(request, form, [plan]), form


def _choice(request: SignedIn, public_id: uuid.UUID | None) -> list[PlanDiary]:
    """The learners to choose from: the one whose page it was opened from, or all whom one can meet now."""
    if public_id is not None:
        return [diary for diary in [diary_of(request, public_id)] if diary.takes_rows]
    return [diary for diary in diaries(request.user, mentor_of(request)) if diary.group == "now"]


def _record(request: SignedIn, form: RecordForm, found: list[SupportPlan]) -> HttpResponse | None:
    chosen = found[0].public_id if len(found) == 1 else form.cleaned_data.get("plan")
    if not chosen:
        return None
    plan = next(plan for plan in found if str(plan.public_id) == str(chosen))
    try:
        done = attempt(form, record_meeting, by=request.user, plan=plan, **form.given())
    except WrongState as error:
        form.add_error(None, _closed(error))
        return None
    if done is None:
        return None
    warn(request, done.cautions)
    if done.thing.outcome == Outcome.HELD:
        return redirect("hours:sign", done.thing.public_id)
    messages.success(request, _("Written down. No hours are counted for it."))
    return redirect("hours:month", plan.public_id, done.thing.month)


def _closed(error: WrongState) -> ValidationError:
    return ValidationError(error.said, code="closed")


@require_safe
def meeting(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """One row: what stands in it, who has signed, what can be done."""
    row = own_row(request, public_id)
    return page(
        request,
        "hours/meeting.html",
        row=row,
        plan=row.plan,
        signatures=list(row.signatures.filter(voided_at=None).order_by("party")),
        earlier=row.signatures.exclude(voided_at=None).count(),
        writable=row.timesheet.state in WRITABLE and row.voided_at is None,
        held=row.outcome == Outcome.HELD,
    )


@form_page
def change(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Change a row; says before that both signatures become void."""
    row = own_row(request, public_id)
    _ask_writable(row, CHANGE)
    form = ChangeForm(row, request.POST or None)
    if request.method == "POST":
        form.is_valid()
        answer = _change(request, form, row)
        if answer is not None:
            return answer
    return page(
        request,
        "hours/change.html",
        form=form,
        row=row,
        plan=row.plan,
        signed=bool(row.learner_means or row.mentor_means),
        status=409 if form.has_error("__all__", "closed") else 200,
    )


def _change(request: SignedIn, form: ChangeForm, row: Meeting) -> HttpResponse | None:
    if form.has_error("reason"):
        return None
    version, reason = form.cleaned_data.get("version"), form.data_of("reason")
    try:
        done = attempt(
            form,
            change_meeting,
            by=request.user,
            meeting=row,
            reason=reason,
            version=version or 0,
            **form.given(),
        )
    except WrongState as error:
        form.add_error(None, _closed(error))
        return None
    except Stale:
        return _conflict(request, form, row)
    if done is None:
        return None
    warn(request, done.cautions)
    changed = done.thing
    if changed.outcome == Outcome.HELD and not changed.signed_by_both:
        messages.success(request, _("Changed. Both sign again."))
    else:
        messages.success(request, _("The row is stored."))
    return redirect("hours:meeting", changed.public_id)


def _conflict(request: SignedIn, form: ChangeForm, row: Meeting) -> HttpResponse:
    """Both texts side by side: what stands in the system now, and what was written here."""
    now = own_row(request, row.public_id)
    theirs = {
        "outcome": str(Outcome(now.outcome).label),
        "day": shown.day(now.held_on),
        "start": shown.clock(now.starts_at),
        "hours": str(now.hours),
        "topic": now.topic,
    }
    mine = {name: form.data_of(name) for name in theirs} | {"day": _day_typed(form.data_of("day"))}
    mine["outcome"] = str(dict(Outcome.choices).get(mine["outcome"], mine["outcome"]))
    mine["hours"] = mine["hours"] or form.data_of("end")
    changes = [
        {"label": form.fields[name].label, "theirs": theirs[name], "mine": mine[name]}
        for name in theirs
        if theirs[name] != mine[name]
    ]
    text = _("While this was being written, the row was changed in another window. Both texts are here.")
    return page(request, "conflict.html", status=409, text=text, changes=changes, url=request.path)


def _day_typed(typed: str) -> str:
    return shown.day(read_day(typed)) or typed


@form_page
def void(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Void a row with a reason: it stays to be seen and counts nothing."""
    row = own_row(request, public_id)
    _ask_writable(row, VOID)
    form = VoidForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, void_meeting, by=request.user, meeting=row, reason=form.cleaned_data["reason"])
    ):
        messages.success(request, _("The row is void and counts no hours."))
        return redirect("hours:month", row.plan.public_id, row.month)
    consequences = [_("The row stays to be seen, struck out, with the reason."), _("Its hours are not paid.")]
    if row.learner_means or row.mentor_means:
        consequences.append(_("The signatures on it become void."))
    return page(
        request,
        "confirm.html",
        heading=_("Void the meeting of %(day)s") % {"day": shown.day(row.held_on)},
        text=row.topic,
        consequences=consequences,
        form=form,
        label=_("Void the row"),
        tone="danger",
        back=reverse("hours:meeting", args=[row.public_id]),
        keep=f"void-{row.public_id}",
    )
