"""A mentor's entry: as schools and the programme read it, and as the mentor has it changed (REG-1, MEN-2)."""

import uuid
from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import User
from celabiedrs.registry.access import may_keep_registry, may_talk, talks_visible_to
from celabiedrs.registry.actions import confirm_change, decline_change, propose_change, record_education
from celabiedrs.registry.forms import AnswerForm, ChangeForm, EducationForm
from celabiedrs.registry.models import ChangeState, Mentor, ProposedChange
from celabiedrs.registry.pages.scope import keeper, listed_mentor, own_entry
from celabiedrs.registry.reading.entries import StageLine, Taken, places_of

BesideOf = Callable[[User, Mentor], Sequence[StageLine]]


def open_change(mentor: Mentor) -> ProposedChange | None:
    return mentor.changes.filter(state=ChangeState.PROPOSED).prefetch_related("municipalities").first()


@require_safe
def mentor(request: SignedIn, public_id: uuid.UUID, taken: Taken, beside: BesideOf) -> HttpResponse:
    """One mentor: contact, certificate, municipalities, places; to the programme education and proposals as well."""
    found, user = listed_mentor(request, public_id), request.user
    keeps = may_keep_registry(user)
    return page(
        request,
        "registry/mentor.html",
        mentor=found,
        certificate=getattr(found, "certificate", None),
        places=places_of([found], taken)[found.pk],
        beside=beside(user, found),
        talks=found.talks.filter(talks_visible_to(user)).select_related("institution").order_by("-held_on"),
        talks_open=may_talk(user, None) and found.user_id != user.pk,
        keeps=keeps,
        education=found.education.order_by("kind") if keeps or found.user_id == user.pk else (),
        change=open_change(found) if keeps else None,
        own=found.user_id == user.pk,
    )


@form_page
def mine(request: SignedIn, taken: Taken) -> HttpResponse:
    """The own entry, and what should stand in it."""
    found = own_entry(request)
    form = ChangeForm(request.POST or None, mentor=found, open_change=open_change(found))
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            propose_change,
            by=request.user,
            mentor=found,
            phone=form.cleaned_data["phone"],
            municipalities=form.served(),
            takes_up_to=form.cleaned_data["takes_up_to"],
        )
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("Proposed. It counts when the programme has confirmed it."))
            return redirect("registry:mine")
    return page(
        request,
        "registry/mine.html",
        mentor=found,
        certificate=getattr(found, "certificate", None),
        education=found.education.order_by("kind"),
        places=places_of([found], taken)[found.pk],
        change=open_change(found),
        last=found.changes.exclude(state=ChangeState.PROPOSED).order_by("-decided_at").first(),
        form=form,
    )


@form_page
def change(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The programme answers a proposal: what stands, what would stand, confirm or say why not."""
    user = keeper(request)
    found = get_object_or_404(Mentor.objects.select_related("user"), public_id=public_id)
    proposed = open_change(found)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data["change"]
        seen = proposed if proposed is not None and proposed.public_id == asked else ProposedChange()
        if form.cleaned_data["do"] == "confirm":
            done = attempt(form, confirm_change, by=user, change=seen) is not None
        else:
            answer = form.cleaned_data["answer"]
            done = attempt(form, decline_change, by=user, change=seen, answer=answer) is not None
        if done:
            messages.success(request, _("The mentor sees the answer."))
            return redirect("registry:mentor", public_id)
    return page(
        request,
        "registry/change.html",
        mentor=found,
        change=proposed,
        rows=_difference(found, proposed) if proposed else (),
        form=form,
    )


def _difference(mentor: Mentor, proposed: ProposedChange) -> list[tuple[str, str, str, bool]]:
    """What, how it stands, how it would stand, whether that differs."""
    pairs = [
        (_("Phone"), mentor.phone or "–", proposed.phone or "–"),
        (_("Municipalities"), _names(mentor), _names(proposed)),
        (_("Takes up to"), _wish(mentor), _wish(proposed)),
    ]
    return [(what, before, after, before != after) for what, before, after in pairs]


def _names(entry: Mentor | ProposedChange) -> str:
    return ", ".join(entry.municipalities.order_by("name").values_list("name", flat=True))


def _wish(entry: Mentor | ProposedChange) -> str:
    return "6" if entry.takes_up_to is None else str(entry.takes_up_to)


@form_page
def education(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """A ground of education with its paper; a coach's renewed certificate."""
    user = keeper(request)
    found = get_object_or_404(Mentor.objects.select_related("user"), public_id=public_id)
    form = EducationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        done = attempt(
            form,
            record_education,
            by=user,
            mentor=found,
            kind=typed["kind"],
            document_number=typed["document_number"],
            coach_c_valid=[typed["valid_since"], typed["valid_until"]],
        )
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("Entered."))
            return redirect("registry:mentor", public_id)
    return page(
        request,
        "registry/education.html",
        mentor=found,
        standing=found.education.order_by("kind"),
        form=form,
    )
