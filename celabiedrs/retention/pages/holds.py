"""Holds: what is kept beyond its day, put there, let go, each with its reason (ARC-1)."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page
from celabiedrs.people.access import SignedIn
from celabiedrs.retention.actions import hold, release
from celabiedrs.retention.forms import FindForm, ReasonForm
from celabiedrs.retention.models import Hold
from celabiedrs.retention.pages.scope import crumbs, keeper
from celabiedrs.retention.reading.due import plans_held_by
from celabiedrs.retention.reading.numbers import MODELS, described, title_of


@require_safe
def holds(request: SignedIn) -> HttpResponse:
    """All holds, those in force first, with their history."""
    keeper(request)
    rows = Hold.objects.select_related("held_by", "released_by").order_by("-held_at", "-pk")
    shown = [{"hold": row, "title": title_of(row), "plans": plans_held_by(row).count()} for row in rows]
    return page(
        request,
        "retention/holds.html",
        in_force=[row for row in shown if row["hold"].released_at is None],  # type: ignore[attr-defined]
        over=[row for row in shown if row["hold"].released_at is not None],  # type: ignore[attr-defined]
        crumbs=crumbs((_("On hold"), "")),
    )


@form_page
def hold_new(request: SignedIn) -> HttpResponse:
    """Find a thing by its number, look at what belongs to it, and keep it longer with a reason."""
    user = keeper(request)
    looked_for = bool(request.GET.get("kind"))
    find = FindForm(request.GET if looked_for else None)
    found = described(thing) if looked_for and find.is_valid() and (thing := find.thing()) else None
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and found is not None and form.is_valid():
        done = attempt(form, hold, by=user, thing=found.thing, **form.cleaned_data)
        if done is not None:
            messages.success(request, _("On hold. No disposal takes it until the hold is released."))
            return redirect("retention:holds")
    return page(
        request,
        "retention/hold_new.html",
        find=find,
        found=found,
        form=form,
        missing=looked_for and found is None,
        crumbs=crumbs((_("On hold"), reverse("retention:holds")), (_("Put on hold"), "")),
    )


@form_page
def hold_release(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Let a hold go, after what that means was said."""
    user = keeper(request)
    held = get_object_or_404(Hold.objects.filter(released_at=None), public_id=public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        thing = MODELS[held.kind](pk=held.thing_id)
        done = attempt(form, release, by=user, thing=thing, **form.cleaned_data)
        if done is not None:
            messages.success(request, _("The hold is released."))
            return redirect("retention:holds")
    count = plans_held_by(held).count()
    return page(
        request,
        "retention/release.html",
        held=held,
        title=title_of(held),
        consequence=ngettext(
            "%(count)s plan can be disposed of again when its day has come, if nothing else holds it.",
            "%(count)s plans can be disposed of again when their day has come, if nothing else holds them.",
            count,
        )
        % {"count": count},
        form=form,
        crumbs=crumbs((_("On hold"), reverse("retention:holds")), (_("Release"), "")),
    )
