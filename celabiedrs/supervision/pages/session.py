"""One session, as far as each reader may see it, and what mentors and schools do with it (SUP-3, SUP-7)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.once.guard import once
from celabiedrs.lib.web import ActForm, attempt, page, warn
from celabiedrs.lib.workflow import open_to
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import SCHOOL_STAFF, Role
from celabiedrs.places.facts import programme
from celabiedrs.registry.models import Mentor
from celabiedrs.supervision.access import (
    certificates_readable_by,
    counted_to,
    is_mentor,
    may_lead,
    may_send_theme,
    members_visible_to,
    themes_readable_by,
)
from celabiedrs.supervision.actions import (
    nominate_all,
    show_interest,
    withdraw_interest,
    withdraw_nomination,
)
from celabiedrs.supervision.forms import MentorsForm
from celabiedrs.supervision.models import Member, SessionState, SupervisionSession, Theme
from celabiedrs.supervision.pages.lists import READERS
from celabiedrs.supervision.pages.scope import seen_session
from celabiedrs.supervision.reading.agenda import ends_at, is_open, led, of_mentor, of_school
from celabiedrs.supervision.reading.candidates import candidates, free_places, waiting_for_school
from celabiedrs.supervision.reading.states import TONES, group_name
from celabiedrs.supervision.workflow import STEPS


@require_safe
def session(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Day, place and state for everybody who may know of it; the rest by who is looking."""
    return session_page(request, seen_session(request, public_id))


def session_page(request: SignedIn, found: SupervisionSession, form: ActForm | None = None) -> HttpResponse:
    user = request.user
    watched = counted_to(user)
    watches = watched is not None and SupervisionSession.objects.filter(watched, pk=found.pk).exists()
    return page(
        request,
        "supervision/session.html",
        session=found,
        ends_at=ends_at(found),
        tone=TONES[found.state],
        group_name=group_name(found.group),
        is_open=is_open(found),
        lists=user.holds(*READERS),
        form=form,
        leading=_leading(request, found) if may_lead(user, found) else None,
        own=_own(request, found) if is_mentor(user) else None,
        school=of_school(user, found, programme()) if user.holds(*SCHOOL_STAFF) else None,
        may_nominate=user.holds(Role.RESPONSIBLE_PERSON),
        group=_group(request, found) if watches or may_lead(user, found) else None,
        corrections=found.corrections.order_by("corrected_at", "pk")
        if watches or may_lead(user, found)
        else (),
        certified=_certified(request, found),
    )


def _leading(request: SignedIn, found: SupervisionSession) -> dict[str, Any]:
    user, rows = request.user, candidates(found)
    themes = Theme.objects.filter(themes_readable_by(user), session=found).order_by("pk")
    return {
        "row": led(found),
        "steps": {step.name for step in open_to(user, found, STEPS)},
        "is_over": ends_at(found) <= clock.now(),
        "has_begun": found.starts_at <= clock.now(),
        "nominated": len(rows),
        "fit": sum(not row.kept_out for row in rows),
        "waiting": waiting_for_school(found) if is_open(found) else [],
        "free": free_places(found),
        "themes": list(themes),
    }


def _own(request: SignedIn, found: SupervisionSession) -> dict[str, Any]:
    user = request.user
    row = of_mentor(user.mentor, [found])[0]
    return {"row": row, "mentor": user.mentor, "sends": is_open(found) and may_send_theme(user, found)}


def _group(request: SignedIn, found: SupervisionSession) -> list[dict[str, Any]]:
    """The members with the institutions that nominated them."""
    visible = Member.objects.filter(members_visible_to(request.user), session=found).order_by()
    members = Member.objects.filter(pk__in=visible.values("pk")).select_related("mentor__user")
    places: dict[int, list[str]] = {}
    for nomination in found.nominations.select_related("institution").order_by(
        "institution__sort_name", "pk"
    ):
        places.setdefault(nomination.mentor_id, []).append(nomination.institution.name)
    return [
        {"member": member, "places": places.get(member.mentor_id, [])}
        for member in members.order_by("mentor__user__sort_name", "pk")
    ]


def _certified(request: SignedIn, found: SupervisionSession) -> set[int]:
    """Members whose certificate the person may download."""
    if found.state != SessionState.HELD:
        return set()
    readable = Member.objects.filter(
        certificates_readable_by(request.user), session=found, certificate__isnull=False
    )
    return set(readable.order_by().values_list("mentor", flat=True))


@once
@require_POST
def interest(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """A mentor would like to take part."""
    found, form = seen_session(request, public_id), ActForm(request.POST)
    if attempt(form, show_interest, by=request.user, session=found) is None:
        return session_page(request, found, form)
    messages.success(
        request, _("Your interest is noted. Now the responsible person of your school can nominate you.")
    )
    return redirect("supervision:session", public_id)


@once
@require_POST
def withdraw(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """A mentor takes the interest back."""
    found, form = seen_session(request, public_id), ActForm(request.POST)
    if attempt(form, withdraw_interest, by=request.user, session=found) is None:
        return session_page(request, found, form)
    messages.success(request, _("Your interest is taken back."))
    return redirect("supervision:session", public_id)


@once
@require_POST
def nominate(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """A responsible person nominates own people who have shown interest, several at once."""
    found, user = seen_session(request, public_id), request.user
    form = MentorsForm(request.POST, among=of_school(user, found, programme()).to_nominate)
    if form.is_valid():
        done = attempt(form, nominate_all, by=user, mentors=form.chosen(), session=found)
        if done is not None:
            warn(request, done.cautions)
            count = len({nomination.mentor_id for nomination in done.thing})
            messages.success(
                request,
                ngettext("%(count)s mentor is nominated.", "%(count)s mentors are nominated.", count)
                % {"count": count},
            )
            return redirect("supervision:session", public_id)
    return session_page(request, found, form)


@once
@require_POST
def unnominate(request: SignedIn, public_id: uuid.UUID, mentor_id: uuid.UUID) -> HttpResponse:
    """A responsible person takes a nomination back."""
    found, form = seen_session(request, public_id), ActForm(request.POST)
    mentor = get_object_or_404(Mentor.objects.select_related("user"), public_id=mentor_id)
    done = attempt(form, withdraw_nomination, by=request.user, mentor=mentor, session=found)
    if done is None:
        return session_page(request, found, form)
    messages.success(request, _("The nomination of %(name)s is taken back.") % {"name": mentor.user.name})
    return redirect("supervision:session", public_id)
