"""The numbers to call, as the programme keeps them (CNF-2)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from celabiedrs.lib.once.guard import form_page, once
from celabiedrs.lib.web import attempt, page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.pages.scope import described, keeper, trail
from celabiedrs.safeguarding.actions import keep_number, take_number_away
from celabiedrs.safeguarding.forms import NumberForm
from celabiedrs.safeguarding.models import ServiceNumber

KEPT = ("name", "phone", "purpose", "region", "position")


def _standing() -> Any:
    rows = ServiceNumber.objects.filter(taken_away_at=None).select_related("region")
    return rows.order_by("-emergency", "position", "pk")


@require_safe
def numbers(request: SignedIn) -> HttpResponse:
    """In the order in which mentors see them."""
    keeper(request)
    return page(
        request,
        "safeguarding/numbers.html",
        rows=list(_standing()),
        crumbs=trail((_("Numbers to call in danger"), "")),
    )


@form_page
def number(request: SignedIn, public_id: uuid.UUID | None = None) -> HttpResponse:
    """Enter a service, or change it."""
    user = keeper(request)
    known = get_object_or_404(_standing(), public_id=public_id) if public_id else None
    initial = {name: getattr(known, name) for name in KEPT} if known else {"position": 100}
    form = NumberForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, keep_number, by=user, number=known, **form.cleaned_data)
        if done is not None:
            messages.success(request, _("Saved. Every mentor sees it on the page of danger."))
            return redirect("safeguarding:numbers")
    heading, url = known.name if known else _("New number"), reverse("safeguarding:numbers")
    context = described(
        form, heading=heading, back=url, crumbs=trail((_("Numbers to call in danger"), url), (heading, ""))
    )
    if known:
        away = reverse("safeguarding:number_away", args=[known.public_id])
        context["danger"] = {"url": away, "label": _("Take the number away")}
    context |= {"clauses": ("CNF-2",), "label": _("Save"), "wide": False}
    return page(request, "people/keep_form.html", **context)


@once
@require_POST
def number_away(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Show a service no more."""
    user = keeper(request)
    take_number_away(by=user, number=get_object_or_404(_standing(), public_id=public_id))
    messages.success(request, _("The number is shown no more."))
    return redirect("safeguarding:numbers")
