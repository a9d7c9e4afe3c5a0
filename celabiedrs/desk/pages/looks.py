"""Looks are seen: who touched whom, for the data protection officer, and the event log (T1)."""

from datetime import time, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from celabiedrs.desk.reading.looks import LENGTH, events_between, look_rows, looks_about, looks_visible_to
from celabiedrs.lib import clock
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.look.fields import RawDay, RawText
from celabiedrs.lib.tables.writing import xlsx_response
from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role, User
from celabiedrs.rules.reading import read_day, read_integer

EXPORTED = 50_000


class LooksForm(forms.Form):
    """Posted, since a name never stands in an address."""

    number = RawText(label=gettext_lazy("Number of the plan"), max_length=40, required=False)
    name = RawText(label=gettext_lazy("Name of the learner"), max_length=120, required=False)
    who = RawText(label=gettext_lazy("Who looked"), max_length=120, required=False)


class EventsForm(forms.Form):
    since = RawDay(label=gettext_lazy("From which day"), required=False)
    until = RawDay(label=gettext_lazy("Last day"), required=False)
    verb = RawText(label=gettext_lazy("Kind of event"), max_length=40, required=False)


def _officer(user: User) -> User:
    if not user.holds(Role.DATA_PROTECTION_OFFICER):
        raise Http404
    return user


@require_http_methods(["GET", "HEAD", "POST"])
def looks(request: SignedIn) -> HttpResponse:
    """The newest looks; those at one case or of one person on request, which is itself written down."""
    user = _officer(request.user)
    form = LooksForm(request.POST if request.method == "POST" else None)
    found = looks_visible_to(user)
    if request.method == "POST" and form.is_valid():
        asked = {name: str(form.cleaned_data[name] or "").strip() for name in ("number", "name", "who")}
        found = looks_about(found, **asked)
        record(user, "looks_searched", by=user, thread=user.public_id)
    before = read_integer(request.GET.get("before"))
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.select_related("viewer").order_by("-pk")[: LENGTH + 1])
    older = rows[LENGTH - 1].pk if len(rows) > LENGTH and request.method != "POST" else None
    return page(
        request,
        "desk/looks.html",
        form=form,
        rows=look_rows(rows[:LENGTH]),
        more=len(rows) > LENGTH,
        older=older,
        crumbs=[(_("Who touched whom"), "")],
    )


def _reader(user: User) -> User:
    """Who reads the event log: administrators, and the officer of the whole programme."""
    officer = any(
        post.role == Role.DATA_PROTECTION_OFFICER and post.institution_id is None for post in user.posts_on()
    )
    if not officer and not user.holds(Role.PROGRAMME_ADMINISTRATOR):
        raise Http404
    return user


@require_safe
def events(request: SignedIn) -> HttpResponse:
    """What was done, by whom, when; without texts and names of learners, which no event holds."""
    _reader(request.user)
    found, form = _filtered(request)
    before = read_integer(request.GET.get("before"))
    rows = list((found.filter(pk__lt=before) if before is not None else found)[: LENGTH + 1])
    return page(
        request,
        "desk/events.html",
        form=form,
        rows=[_shown(row) for row in rows[:LENGTH]],
        older=rows[LENGTH - 1].pk if len(rows) > LENGTH else None,
        crumbs=[(_("Event log"), "")],
    )


@require_http_methods(["POST"])
def events_table(request: SignedIn) -> HttpResponse:
    """The same as a table to keep; that it was taken is an event, too."""
    user = _reader(request.user)
    found, _form = _filtered(request)
    record(user, "events_exported", by=user, thread=user.public_id)
    header = [_("When"), _("Who"), _("Event"), _("What"), _("Number"), _("Details")]
    rows = [
        [f"{row.at.astimezone(clock.RIGA):%Y-%m-%d %H:%M:%S}", *_shown(row)["cells"]]
        for row in found[:EXPORTED]
    ]
    return xlsx_response(f"notikumi-{clock.today():%Y-%m-%d}.xlsx", header, rows, sheet=_("Event log"))


def _filtered(request: SignedIn) -> tuple[Any, EventsForm]:
    form = EventsForm(request.GET or None)
    form.is_valid()
    since, until = (read_day(request.GET.get(name)) for name in ("since", "until"))
    found = events_between(
        since=clock.moment_of(since, time(0)) if since else None,
        until=clock.moment_of(until + timedelta(days=1), time(0)) if until else None,
        verb=request.GET.get("verb", "").strip()[:40],
    )
    return found, form


def _shown(row: Any) -> dict[str, Any]:
    facts = ", ".join(f"{name}: {value}" for name, value in row.facts.items())
    who = row.actor.name if row.actor is not None else "–"
    return {"at": row.at, "cells": [who, row.verb, row.kind, str(row.thing_id), facts]}
