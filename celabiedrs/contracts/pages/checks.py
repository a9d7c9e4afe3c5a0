"""Suitability checks: which run out, and a mentor's two facts at one employer (MEN-4, MEN-5, CON-6)."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.contracts.access import checks_readable_by
from celabiedrs.contracts.actions import check_suitability
from celabiedrs.contracts.forms import CheckForm
from celabiedrs.contracts.pages.scope import known_mentor, own_places
from celabiedrs.contracts.reading.checks import standings_at, watched_at
from celabiedrs.lib import clock
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn, way_back
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import SCHOOL_STAFF
from celabiedrs.places.facts import programme


@require_safe
def checks(request: SignedIn) -> HttpResponse:
    """Every mentor whom their own institution has checked or employs: first what is missing, over or runs out."""
    places = own_places(request, *SCHOOL_STAFF)
    rows = watched_at(place.pk for place in places)
    return page(
        request,
        "contracts/checks.html",
        pressing=[row for row in rows if row.is_pressing],
        calm=[row for row in rows if not row.is_pressing],
        several=len(places) > 1,
        months=programme().setting("suitability_valid_months", clock.today()),
    )


@form_page
def check(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """What their own institution has entered about a mentor, and the next entry."""
    places, mentor, user = own_places(request, *SCHOOL_STAFF), known_mentor(request, public_id), request.user
    form = CheckForm(request.POST or None, employers=places, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        done = attempt(
            form,
            check_suitability,
            by=user,
            mentor=mentor,
            employer=form.place(),
            ground=typed["ground"],
            checked_on=typed["checked_on"],
            outcome=typed["outcome"],
            source=typed["source"],
            permission=typed["permission"],
            permission_limits=typed["limits"].splitlines(),
        )
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("The check is entered."))
            if back := way_back(request):
                return redirect(back)
            return redirect("contracts:check", public_id)
    entered = checks_readable_by(user, mentor).filter(employer__in=places)
    return page(
        request,
        "contracts/check.html",
        mentor=mentor,
        form=form,
        places=[(place, standings_at(mentor, place)) for place in places],
        entered=entered.select_related("employer", "recorded_by").order_by("-checked_on", "-pk"),
        own=mentor.user_id == user.pk,
    )


def _initial(request: SignedIn) -> dict[str, object]:
    return {"checked_on": clock.today(), "ground": request.GET.get("ground", "")}
