"""Whom to ask: the regional contacts by municipality, shown to everybody who signs in (CTC-1)."""

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from celabiedrs.lib.once.guard import form_page, once
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn, may_keep_programme
from celabiedrs.people.models import User
from celabiedrs.people.pages.scope import described, keeper, trail
from celabiedrs.places.models import Municipality, RegionalContact
from celabiedrs.programme.actions.places import keep_contact, take_contact_away
from celabiedrs.programme.forms.settings import ContactForm


def _own_municipalities(user: User) -> set[int]:
    """Municipalities that a person's posts lie in."""
    own = set()
    for post in user.posts_on():
        if post.institution is not None:
            own.add(post.institution.municipality_id)
        if post.municipality_id is not None:
            own.add(post.municipality_id)
    return own


def _standing() -> Any:
    return RegionalContact.objects.filter(taken_away_at=None).order_by("sort_name", "pk")


@require_safe
def contacts(request: SignedIn) -> HttpResponse:
    """The own municipality's contacts first, then all others by municipality."""
    user = request.user
    own = _own_municipalities(user)
    known = _standing().prefetch_related(
        Prefetch("municipalities", queryset=Municipality.objects.order_by("name"))
    )
    rows = [
        {
            "contact": contact,
            "own": any(place.pk in own for place in contact.municipalities.all()),
            "places": ", ".join(place.name for place in contact.municipalities.all()),
        }
        for contact in known
    ]
    rows.sort(key=lambda row: not row["own"])
    keeps = may_keep_programme(user)
    missing = (
        Municipality.objects.exclude(contacts__in=_standing()).filter(until=None).order_by("name")
        if keeps
        else []
    )
    return page(
        request,
        "programme/contacts.html",
        rows=rows,
        keeps=keeps,
        missing=", ".join(place.name for place in missing),
        crumbs=trail((_("Contacts"), "")) if keeps else (),
    )


@form_page
def contact(request: SignedIn, public_id: uuid.UUID | None = None) -> HttpResponse:
    """Enter a contact, or change it."""
    user = keeper(request)
    known = get_object_or_404(_standing(), public_id=public_id) if public_id else None
    initial: dict[str, Any] = (
        {name: getattr(known, name) for name in ("name", "duty", "email", "phone")} if known else {}
    )
    if known:
        initial["municipalities"] = known.municipalities.all()
    form = ContactForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "municipalities": list(form.cleaned_data["municipalities"])}
        done = attempt(form, keep_contact, by=user, contact=known, **values)
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("Saved. Everybody sees it on the page of contacts."))
            return redirect("programme:contacts")
    heading, url = known.name if known else _("New contact"), reverse("programme:contacts")
    context = described(form, heading=heading, back=url, crumbs=trail((_("Contacts"), url), (heading, "")))
    if known:
        away = reverse("programme:contact_away", args=[known.public_id])
        context["danger"] = {"url": away, "label": _("Take the contact away")}
    return page(
        request,
        "people/keep_form.html",
        **{**context, "clauses": ("CTC-1",), "label": _("Save"), "wide": True},
    )


@once
@require_POST
def contact_away(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Show a contact no more."""
    user = keeper(request)
    known = get_object_or_404(_standing(), public_id=public_id)
    take_contact_away(by=user, contact=known)
    messages.success(request, _("The contact is shown no more."))
    return redirect("programme:contacts")
