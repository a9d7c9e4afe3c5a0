"""A mentor's private notes: written, changed and erased by their author, behind the wall (CNF-1).

No page here leaves a look, and none is guarded by stored form keys: such a key would say for a week who wrote when and
about whom. A note sent twice is one note, because the form's key becomes its address.
"""

import uuid
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.acts import NotAllowed
from celabiedrs.lib.web import attempt, page
from celabiedrs.notes.access import notes_enabled
from celabiedrs.notes.actions import (
    change_note,
    closed_to_notes,
    day_of_erasing,
    ended_on,
    erase_note,
    write_note,
)
from celabiedrs.notes.forms import CodeForm, NoteForm
from celabiedrs.notes.models import PrivateNote
from celabiedrs.notes.reading import has_a_way_in, notes_about, own_note, plans_with_notes
from celabiedrs.people.access import SignedIn
from celabiedrs.people.actions.recovery import open_notes
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan

TRIES_A_DAY = 20


def _author(request: SignedIn) -> User:
    """A mentor for whom there are notes; to anybody else these pages are not there."""
    user = request.user
    if not has_a_way_in(user):
        raise Http404
    return user


def _plan(user: User, public_id: uuid.UUID) -> SupportPlan:
    for plan in plans_with_notes(user):
        if plan.public_id == public_id:
            return plan
    raise Http404


def _note(user: User, public_id: uuid.UUID) -> PrivateNote:
    note = own_note(user, public_id)
    if note is None:
        raise Http404
    return note


@require_safe
def notes(request: SignedIn) -> HttpResponse:
    """All my learners; where the programme has switched notes off, those about whom something is left to erase."""
    user = _author(request)
    if user.notes_closed_at is not None:
        return redirect("notes:open")
    plans = plans_with_notes(user)
    rows = [{"plan": plan, "erased_on": day_of_erasing(plan), "ended": ended_on(plan)} for plan in plans]
    return page(request, "notes/notes.html", rows=rows, enabled=notes_enabled())


@require_http_methods(["GET", "HEAD", "POST"])
def open_closed(request: SignedIn) -> HttpResponse:
    """Notes that a reset of the account has closed: their owner opens them with a recovery code from before it."""
    user = _author(request)
    if user.notes_closed_at is None:
        return redirect("notes:notes")
    form = CodeForm(request.POST if request.method == "POST" else None)
    tried = f"notes-opened-{user.pk}-{clock.today()}"
    if request.method == "POST" and form.is_valid():
        if cache.get(tried, 0) >= TRIES_A_DAY:
            raise NotAllowed
        if attempt(form, open_notes, by=user, code=form.cleaned_data["code"]) is not None:
            messages.success(request, _("Your notes are open again."))
            return redirect("notes:notes")
        cache.set(tried, cache.get(tried, 0) + 1, 24 * 60 * 60)
    return page(request, "notes/closed.html", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """My notes about one plan, the newest first, and a new one."""
    user = _author(request)
    if user.notes_closed_at is not None:
        return redirect("notes:open")
    found = _plan(user, public_id)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if attempt(form, write_note, by=user, plan=found, text=text, key=_key(request)) is not None:
            messages.success(request, _("The note is sealed and kept. Only you can read it."))
            return redirect("notes:plan", public_id)
    return page(
        request,
        "notes/plan.html",
        plan=found,
        notes=reversed(notes_about(user, found)),
        form=form,
        enabled=notes_enabled(),
        closed=closed_to_notes(found),
        **_keeping(found),
    )


def _keeping(found: SupportPlan) -> dict[str, Any]:
    """Until when notes about this plan are kept."""
    return {"erased_on": day_of_erasing(found), "ended": ended_on(found)}


def _key(request: SignedIn) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Change a note; no earlier wording stays."""
    user = _author(request)
    note = _note(user, public_id)
    if not notes_enabled():
        raise Http404
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"text": note.text})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, change_note, by=user, note=note, text=form.cleaned_data["text"])
        if done is not None:
            messages.success(request, _("The note is changed. Its earlier wording is kept nowhere."))
            return redirect("notes:plan", note.plan.public_id)
    return page(request, "notes/change.html", plan=note.plan, note=note, form=form, **_keeping(note.plan))


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Ask, and erase a note for good; also where the programme has switched notes off."""
    user = _author(request)
    note = _note(user, public_id)
    if request.method == "POST":
        erase_note(by=user, note=note)
        messages.success(request, _("The note is erased."))
        return redirect(_after(user, note))
    return page(
        request,
        "confirm.html",
        heading=_("Erase this note?"),
        text=_("Nobody but you knows of it, and nobody will be told."),
        consequences=[_("It cannot be brought back.")],
        label=_("Erase the note"),
        tone="danger",
        back=reverse("notes:plan", args=[note.plan.public_id]),
        form=None,
    )


def _after(user: User, note: PrivateNote) -> str:
    """The page of the plan, where it is still there after its last note went."""
    there = any(plan.pk == note.plan_id for plan in plans_with_notes(user))
    return reverse("notes:plan", args=[note.plan.public_id]) if there else reverse("desk:home")
