"""Samples: what was drawn for whom, and drawing a new one (CNF-1)."""

import uuid

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.evidence.access import draws_visible_to, may_draw, may_take_packs
from celabiedrs.evidence.actions import draw_sample
from celabiedrs.evidence.forms import DrawForm
from celabiedrs.evidence.models import SampleDraw
from celabiedrs.evidence.pages.scope import crumbs, desk_visitor
from celabiedrs.evidence.reading.draws import comes_out_again
from celabiedrs.lib.documents.sealed import fingerprint
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page
from celabiedrs.people.access import SignedIn


@require_safe
def draws(request: SignedIn) -> HttpResponse:
    """All draws for an administrator, their own for an auditor."""
    user = desk_visitor(request)
    rows = (
        SampleDraw.objects.filter(draws_visible_to(user))
        .select_related("post__person", "region", "employer")
        .annotate(drawn=Count("plans"), amount=Sum("plans__amount"))
        .order_by("-drawn_at", "-pk")
    )
    return page(request, "evidence/draws.html", draws=rows, may_draw=may_draw(user), crumbs=crumbs(user))


@form_page
def draw_new(request: SignedIn) -> HttpResponse:
    """Draw a sample for an auditor's post."""
    user = desk_visitor(request)
    if not may_draw(user):
        raise Http404
    form = DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, draw_sample, by=user, **form.cleaned_data)
        if done is not None and done.thing is not None:
            messages.success(request, _("The sample is drawn; its random start is written down."))
            return redirect("evidence:draw", done.thing.public_id)
        if done is not None:
            messages.warning(request, _("There is no plan to draw from in that time and place."))
    return page(request, "evidence/draw_new.html", form=form, crumbs=crumbs(user, (_("Draw a sample"), "")))


@require_safe
def draw(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """One draw: how it was drawn, what it took, and that it comes out again."""
    user = desk_visitor(request)
    rows = SampleDraw.objects.filter(draws_visible_to(user))
    found = get_object_or_404(
        rows.select_related("post__person", "region", "employer", "drawn_by", "packs"), public_id=public_id
    )
    return page(
        request,
        "evidence/draw.html",
        draw=found,
        plans=found.plans.select_related("plan__institution").order_by("plan__number"),
        again=comes_out_again(found),
        start=f"{found.start.normalize():f}",
        administers=may_draw(user),
        takes_packs=may_take_packs(user, found),
        packs_wait=_wait(found),
        fingerprint=fingerprint(),
        crumbs=crumbs(user, (_("Sample"), "")),
    )


def _wait(found: SampleDraw) -> bool:
    """Whether its packs are asked for and not made yet."""
    asked = found.packs_asked_at
    return asked is not None and (found.packs is None or found.packs.stored_at < asked)
