"""A person's name and address corrected by the programme (CNF-1, decision 0060)."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from celabiedrs.lib.acts import Done
from celabiedrs.lib.once.guard import form_page, once
from celabiedrs.lib.web import attempt, page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.actions.corrections import (
    answer_address_change,
    correct_address,
    correct_name,
    is_in_use,
)
from celabiedrs.people.forms.accounts import CorrectAccountForm
from celabiedrs.people.models import User
from celabiedrs.people.pages.scope import keeper, trail
from celabiedrs.rules.reading import read_text


@form_page
def correct(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Name and address, why, and what stood there before."""
    user = keeper(request)
    person = get_object_or_404(User, public_id=public_id)
    form = CorrectAccountForm(request.POST or None, initial={"name": person.name, "email": person.email})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, _corrected, by=user, person=person, **form.cleaned_data)
        if done is not None:
            asked = done.thing.address_changes.filter(answered_at=None).exists()
            messages.success(
                request,
                _("Another administrator has to agree to the address; the person is told.")
                if asked
                else _("Corrected. Papers that were issued and signed stay as they are."),
            )
            return redirect("people:account", public_id)
    url = reverse("people:account", args=[public_id])
    return page(
        request,
        "people/account_correct.html",
        form=form,
        person=person,
        in_use=is_in_use(person),
        trace=person.corrections.select_related("corrected_by").order_by("-pk"),
        crumbs=trail(
            (_("People and posts"), reverse("people:accounts")), (person.name, url), (_("Correct"), "")
        ),
    )


def _corrected(*, by: User, person: User, name: object, email: str, reason: object) -> Done[User]:
    """Each of the two that differs; with neither, the act on the name says that nothing is corrected."""
    done = Done(person)
    address_differs = email != person.email
    if read_text(name) != person.name or not address_differs:
        done = correct_name(by=by, person=person, name=name, reason=reason)
    if address_differs:
        done = correct_address(by=by, person=person, email=email, reason=reason)
    return done


@once
@require_POST
def answer_address(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Another administrator agrees to the address that was asked for, or declines it."""
    user = keeper(request)
    person = get_object_or_404(User, public_id=public_id)
    agree = request.POST.get("do") == "agree"
    answer_address_change(by=user, person=person, agree=agree)
    messages.success(request, _("The address is changed.") if agree else _("The address stays as it was."))
    return redirect("people:account", public_id)
