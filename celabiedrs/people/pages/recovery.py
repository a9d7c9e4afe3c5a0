"""An account whose owner has lost every way in: a reset that two administrators agree to (decision 0061)."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from celabiedrs.lib.acts import NotAllowed
from celabiedrs.lib.once.guard import form_page, once
from celabiedrs.lib.web import attempt, page
from celabiedrs.people.access import SignedIn, may_agree_to_reset, may_decline_reset, resets_visible_to
from celabiedrs.people.actions.posts import note_attempt
from celabiedrs.people.actions.recovery import agree_reset, decline_reset, propose_reset
from celabiedrs.people.forms.accounts import ResetForm
from celabiedrs.people.models import AccountReset, User
from celabiedrs.people.pages.scope import described, keeper, trail
from celabiedrs.people.workflow import AGREE_RESET


@form_page
def reset_new(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Propose to reset somebody's account."""
    user = keeper(request)
    person = get_object_or_404(User, public_id=public_id)
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, propose_reset, by=user, person=person, **form.cleaned_data)
        if done is not None:
            messages.success(request, _("Proposed. Another administrator agrees; the person is told."))
            return redirect("people:reset", done.thing.public_id)
    back = reverse("people:account", args=[person.public_id])
    context = described(
        form,
        heading=_("Propose to reset the account"),
        back=back,
        crumbs=trail(
            (_("People and posts"), reverse("people:accounts")), (person.name, back), (_("Reset"), "")
        ),
    )
    context |= {
        "lead": _(
            "Only for somebody who has lost every way in. Another administrator agrees, and the person is told."
        ),
        "label": _("Propose the reset"),
        "wide": False,
    }
    return page(request, "people/keep_form.html", **context)


def _reset(request: SignedIn, public_id: uuid.UUID) -> AccountReset:
    rows = AccountReset.objects.filter(resets_visible_to(request.user))
    return get_object_or_404(rows.select_related("person", "proposed_by", "answered_by"), public_id=public_id)


@require_safe
def reset(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """A proposed reset, and the answers to it."""
    row = _reset(request, public_id)
    waits = row.state in AGREE_RESET.sources
    return page(
        request,
        "people/reset.html",
        reset=row,
        may_agree=waits and may_agree_to_reset(request.user, row),
        may_decline=waits and may_decline_reset(request.user, row),
        crumbs=[(_("Reset of an account"), "")],
    )


@once
@require_POST
def reset_agree(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Agree: the account is reset."""
    return _answer(
        request, public_id, agree_reset, _("Reset. The person is told, and a letter is on its way.")
    )


@once
@require_POST
def reset_decline(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Decline it, or take it back."""
    return _answer(request, public_id, decline_reset, _("Declined. The account stays as it was."))


def _answer(request: SignedIn, public_id: uuid.UUID, act: Callable[..., Any], told: str) -> HttpResponse:
    row = _reset(request, public_id)
    try:
        act(by=request.user, reset=row)
    except NotAllowed as no:
        note_attempt(by=request.user, person=row.person)
        return render(request, "403.html", {"roles": no.roles}, status=403)
    messages.success(request, told)
    return redirect("people:reset", row.public_id)
