"""A new contract: print it in two copies, have it signed, enter it (CON-1 … CON-8)."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.contracts.actions import sign_contract
from celabiedrs.contracts.documents import contract_pdf
from celabiedrs.contracts.forms import SignForm
from celabiedrs.contracts.pages.contracts import as_pdf
from celabiedrs.contracts.pages.scope import known_mentor, own_places, uploaded
from celabiedrs.contracts.reading.checks import standings_at
from celabiedrs.contracts.reading.terms import terms_ahead
from celabiedrs.lib import clock
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn, way_back
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role
from celabiedrs.places.facts import programme
from celabiedrs.registry.models import Mentor

SIGNERS = (Role.PREPARER, Role.HEAD)


@form_page
def new(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """How the checks stand, the print, and the form for what both have signed."""
    places, mentor = own_places(request, *SIGNERS), known_mentor(request, public_id)
    terms = terms_ahead(programme().calendar, clock.today())
    posted = request.method == "POST"
    form = SignForm(
        request.POST if posted else None, request.FILES if posted else None, employers=places, terms=terms
    )
    if posted:
        made = _signed(request, form, mentor)
        if made is not None:
            if back := way_back(request):
                return redirect(back)
            return redirect("contracts:contract", made)
    return page(
        request,
        "contracts/new.html",
        mentor=mentor,
        form=form,
        places=[(place, standings_at(mentor, place)) for place in places],
        terms=terms,
        back=way_back(request),
        here=request.get_full_path(),
    )


def _signed(request: SignedIn, form: SignForm, mentor: Mentor) -> uuid.UUID | None:
    """The address of the contract that was entered; a file that came with a refused form does not stay."""
    user = request.user
    with transaction.atomic():
        form.is_valid()
        scan, done = uploaded(form, "scan", by=user), None
        if not form.errors:
            typed = form.cleaned_data
            done = attempt(
                form,
                sign_contract,
                by=user,
                mentor=mentor,
                employer=form.place(),
                semesters=typed["term"].split("+"),
                signed_on=typed["signed_on"],
                scan=scan,
                originals=typed["originals"],
                number=typed["number"],
            )
        if done is None:
            transaction.set_rollback(True)
            return None
    warn(request, done.cautions)
    messages.success(request, _("The contract is entered."))
    if scan is None:
        messages.info(request, _("Its copy is still missing: without it no plan can be sent."))
    return done.thing.public_id


@require_safe
def draft(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The contract to be signed, in two copies, before anything is entered."""
    places, mentor = own_places(request, *SIGNERS), known_mentor(request, public_id)
    terms = terms_ahead(programme().calendar, clock.today())
    asked, term = request.GET.get("employer", ""), request.GET.get("term", "")
    place = next((each for each in places if str(each.public_id) == asked), places[0])
    chosen = term if term in dict(terms) else (terms[0][0] if terms else "")
    if not chosen:
        raise Http404
    return as_pdf(contract_pdf(mentor, place, tuple(chosen.split("+"))))
