"""Signing in by a link that works once.

The link itself (GET) shows a page with a button and writes nothing, so that a mail program that looks at links uses
none up; the button posts the token in the form's body to an address without it. Our server keeps no access log, the
log's formatter masks the token, and a proxy that logs addresses logs one that is used up.
"""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from celabiedrs.lib.acts import WrongState
from celabiedrs.people.actions.sign_in import person_of_link, use_one_time_link
from celabiedrs.people.forms.sign_in import OneTimeForm


@login_not_required
@require_safe
def one_time(request: HttpRequest, token: str) -> HttpResponse:
    """Whom the link lets in, and the button."""
    person = person_of_link(token)
    if person is None:
        return _over(request)
    form = OneTimeForm(initial={"token": token})
    return render(request, "people/one_time.html", {"person": person, "form": form})


@login_not_required
@require_POST
def one_time_enter(request: HttpRequest) -> HttpResponse:
    """Use the link up and sign in under a new session; who has no password yet is asked for one."""
    form = OneTimeForm(request.POST)
    try:
        person = use_one_time_link(token=form.cleaned_data["token"] if form.is_valid() else "")
    except WrongState:
        return _over(request)
    request.session.flush()
    login(request, person)
    UserSession.objects.create_from_request(request)
    if person.has_usable_password() or settings.DEMONSTRATION:
        return redirect("/")
    messages.info(request, _("Choose a password: the link will not work again."))
    return redirect("account_set_password")


def _over(request: HttpRequest) -> HttpResponse:
    """How to get a new one. 410, and not in the log: the address would stand there."""
    answer = render(
        request, "people/one_time_over.html", {"demonstration": settings.DEMONSTRATION}, status=410
    )
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer
