"""Where a person is signed in, and signing out everywhere else (A6)."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from celabiedrs.lib import clock
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn


@form_page
def devices(request: SignedIn) -> HttpResponse:
    """The own sign-ins that still hold; with the button all but this one end."""
    here = request.session.session_key
    running = Session.objects.filter(expire_date__gt=clock.now()).values("session_key")
    rows = UserSession.objects.filter(user=request.user, session_key__in=running).order_by("-created_at")
    if request.method == "POST":
        with transaction.atomic():
            others = list(rows.exclude(session_key=here).values_list("session_key", flat=True))
            Session.objects.filter(session_key__in=others).delete()
            UserSession.objects.filter(user=request.user).exclude(session_key=here).delete()
            record(request.user, "signed_out_elsewhere", by=request.user, thread=request.user.public_id)
        messages.success(request, _("Signed out everywhere else."))
        return redirect("people:devices")
    return page(
        request,
        "people/devices.html",
        rows=[{"row": row, "here": row.session_key == here} for row in rows],
        crumbs=[(_("Where you are signed in"), "")],
    )
