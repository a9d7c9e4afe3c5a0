"""The first talk: what may be told before there is a contract, and what came out (REG-3)."""

import uuid
from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from celabiedrs.lib import clock
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role, User
from celabiedrs.places.models import Institution
from celabiedrs.registry.access import may_talk
from celabiedrs.registry.actions import log_first_talk
from celabiedrs.registry.forms import TalkForm
from celabiedrs.registry.models import TalkOutcome
from celabiedrs.registry.pages.scope import listed_mentor
from celabiedrs.registry.reading.entries import Brief

BriefsOf = Callable[[User], Sequence[Brief]]


@form_page
def talk(request: SignedIn, public_id: uuid.UUID, briefs: BriefsOf) -> HttpResponse:
    """Brief and outcome on one page; the brief is chosen by a plan's key and names nobody."""
    mentor, user = listed_mentor(request, public_id), request.user
    if not may_talk(user, None):
        raise Http404
    places = list(
        Institution.objects.filter(pk__in=user.institutions(Role.PREPARER, Role.HEAD)).order_by("sort_name")
    )
    form = TalkForm(request.POST or None, places=places, initial={"held_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        place = next(each for each in places if str(each.public_id) == typed.pop("institution"))
        done = attempt(form, log_first_talk, by=user, mentor=mentor, institution=place, **typed)
        if done is not None:
            warn(request, done.cautions)
            agreed = done.thing.outcome == TalkOutcome.AGREED
            messages.success(
                request,
                _("Entered. The suitability checks and the contract come next.")
                if agreed
                else _("Entered. Nothing about a learner was kept."),
            )
            return redirect("registry:mentor", public_id)
    known = list(briefs(user))
    chosen = next((brief for brief in known if brief.key == request.GET.get("brief")), None)
    return page(request, "registry/talk.html", mentor=mentor, form=form, briefs=known, brief=chosen)
