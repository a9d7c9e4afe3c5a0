"""Municipalities with their validity, neighbours and regions; institutions (REG-1, CON-3, SUP-5)."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.searching import found
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.people.pages.scope import described, keeper, trail
from celabiedrs.places.models import Institution, InstitutionKind, Municipality, Region
from celabiedrs.programme.actions.places import (
    add_region,
    change_municipality,
    close_institution,
    enter_municipality,
    keep_institution,
    reopen_institution,
)
from celabiedrs.programme.forms.merging import CloseInstitutionForm
from celabiedrs.programme.forms.settings import (
    InstitutionForm,
    MunicipalityForm,
    NewInstitutionForm,
    NewMunicipalityForm,
    RegionForm,
)
from celabiedrs.programme.reading.institutions import like_institutions

PAGE = 50
LINES = ("name", "kind", "municipality", "municipal", "contact_name", "email", "phone", "address", "controller",
         "data_protection_contact")  # fmt: skip


@form_page
def municipalities(request: SignedIn) -> HttpResponse:
    """All municipalities by region, and the form for a new region."""
    user = keeper(request)
    form = RegionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, add_region, by=user, **form.cleaned_data)
        if done is not None:
            messages.success(request, _("The region is entered. Now choose it for its municipalities."))
            return redirect("programme:municipalities")
    today = clock.today()
    listed = (
        Municipality.objects.select_related("region")
        .annotate(schools=Count("institution", distinct=True), beside=Count("neighbours", distinct=True))
        .order_by("region__name", "name")
    )
    rows = [
        {
            "place": place,
            "ended": place.until is not None and place.until < today,
            "to_come": place.since is not None and place.since > today,
        }
        for place in listed
    ]
    without = Region.objects.filter(municipality=None).order_by("name")
    crumbs = trail((_("Municipalities"), ""))
    return page(
        request, "programme/municipalities.html", rows=rows, form=form, without=without, crumbs=crumbs
    )


@form_page
def municipality_new(request: SignedIn) -> HttpResponse:
    """A municipality that a reform made."""
    user = keeper(request)
    form = NewMunicipalityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, enter_municipality, by=user, **form.cleaned_data)
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("Entered. Choose its neighbours now."))
            return redirect("programme:municipality", done.thing.atvk)
    return _form_page(
        request,
        form,
        heading=_("New municipality"),
        lead=_("A reform ends one municipality and begins another; none is renamed in place."),
        clauses=("REG-1",),
        back=("programme:municipalities", _("Municipalities")),
        label=_("Enter"),
    )


@form_page
def municipality(request: SignedIn, atvk: str) -> HttpResponse:
    """Region, validity and neighbours of a municipality."""
    user = keeper(request)
    place = get_object_or_404(Municipality, atvk=atvk)
    initial = {
        "region": place.region_id,
        "since": place.since,
        "until": place.until,
        "neighbours": place.neighbours.all(),
    }
    form = MunicipalityForm(request.POST or None, initial=initial)
    form.fields["neighbours"].queryset = Municipality.objects.exclude(pk=place.pk).order_by("name")  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "neighbours": list(form.cleaned_data["neighbours"])}
        done = attempt(form, change_municipality, by=user, municipality=place, **values)
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("Saved."))
            return redirect("programme:municipalities")
    return _form_page(
        request,
        form,
        heading=place.name,
        lead=_("Neighbours count when a supervision group takes in schools from next door."),
        clauses=("REG-1", "SUP-5"),
        back=("programme:municipalities", _("Municipalities")),
        label=_("Save"),
        wide=True,
    )


@require_safe
def institutions(request: SignedIn) -> HttpResponse:
    """Institutions, looked for by name, kind and municipality."""
    keeper(request)
    asked, kind = request.GET.get("q", "").strip()[:80], request.GET.get("kind", "")
    listed: QuerySet[Institution] = Institution.objects.select_related("municipality").order_by(
        "sort_name", "pk"
    )
    listed = found(listed, asked, "name", "municipality__name")
    if kind in InstitutionKind.values:
        listed = listed.filter(kind=kind)
    return page(
        request,
        "programme/institutions.html",
        rows=Paginator(listed, PAGE).get_page(request.GET.get("page")),
        q=asked,
        kind=kind,
        kinds=InstitutionKind.choices,
        total=Institution.objects.count(),
        crumbs=trail((_("Institutions"), "")),
    )


@form_page
def institution(request: SignedIn, public_id: uuid.UUID | None = None) -> HttpResponse:
    """Enter an institution, or change what is known of it."""
    user = keeper(request)
    place = get_object_or_404(Institution, public_id=public_id) if public_id else None
    initial = {name: getattr(place, name) for name in LINES} if place else {}
    form = InstitutionForm(request.POST or None, initial=initial)
    like: list[Institution] = []
    if form.is_bound and form.is_valid():
        found_like = like_institutions(form.cleaned_data["name"], form.cleaned_data["municipality"])
        like = [each for each in found_like if each != place]
    if like or "another" in request.POST:
        form = NewInstitutionForm(request.POST, initial=initial)
    if request.method == "POST" and form.is_valid():
        asked = place is None and bool(like) and not form.cleaned_data.get("another")
        done = None
        if not asked:
            done = attempt(form, keep_institution, by=user, institution=place, **form.cleaned_data)
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("Saved."))
            return redirect("programme:institutions")
    return _form_page(
        request,
        form,
        like=like,
        danger=_closing(place),
        former=place.former_names.order_by("-until", "-pk") if place else (),
        heading=place.name if place else _("New institution"),
        lead=_(
            "Schools, education boards and youth centres: where learners learn and who may employ a mentor."
        ),
        clauses=("CON-3", "CON-5"),
        back=("programme:institutions", _("Institutions")),
        label=_("Save"),
    )


def _closing(place: Institution | None) -> dict[str, str] | None:
    """The way to the page that closes the institution, or to the one that opens it again."""
    if place is None:
        return None
    url = reverse("programme:institution_close", args=[place.public_id])
    return {
        "url": url,
        "label": _("Close the institution") if place.closed_on is None else _("Closed: open again"),
    }


@form_page
def institution_close(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Close an institution with a last day, or open it again."""
    user = keeper(request)
    place = get_object_or_404(Institution, public_id=public_id)
    if place.closed_on is not None and request.method == "POST":
        reopen_institution(by=user, institution=place)
        messages.success(request, _("Saved."))
        return redirect("programme:institution", public_id)
    form = CloseInstitutionForm(request.POST if "day" in request.POST else None)
    if form.is_bound and form.is_valid():
        done = attempt(form, close_institution, by=user, institution=place, **form.cleaned_data)
        if done is not None:
            messages.success(request, _("Closed. Nothing new begins there; what is kept stays to be read."))
            return redirect("programme:institutions")
    return _form_page(
        request,
        form,
        heading=place.name,
        lead=_("A closed institution is offered nowhere any more. Its plans end first; its papers stay."),
        clauses=("CON-3",),
        back=("programme:institutions", _("Institutions")),
        label=_("Close the institution"),
    )


def _form_page(
    request: SignedIn, form: Any, *, back: tuple[str, str], heading: str, **words: Any
) -> HttpResponse:
    name, label = back
    url = reverse(name)
    context = described(
        form, heading=heading, back=url, crumbs=trail((label, url), (heading, "")), wide=False
    )
    return page(request, "people/keep_form.html", **{**context, **words})
