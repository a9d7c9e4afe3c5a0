"""Requests to erase: the register, a new one, the answer with its ground and day, the letter (ARC-1)."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.files.serving import as_download
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import User
from celabiedrs.retention.access import may_keep, requests_visible_to
from celabiedrs.retention.actions import answer_request, enter_request
from celabiedrs.retention.documents import answer_of, issue_answer
from celabiedrs.retention.forms import RequestForm
from celabiedrs.retention.models import ErasureRequest, RequestState
from celabiedrs.retention.pages.scope import crumbs, enters_requests, visible_request
from celabiedrs.retention.reading.requests import Part, parts_of, words_of
from celabiedrs.rules.reading import read_day
from celabiedrs.rules.retention import erasure_asked


def _trail(user: User, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    """A school comes here from its home page, and sees no other page of keeping."""
    here = (_("Requests to erase"), reverse("retention:requests") if steps else "")
    return crumbs(here, *steps) if may_keep(user) else [(_("Home"), reverse("desk:home")), here, *steps]


@require_safe
def requests(request: SignedIn) -> HttpResponse:
    """The register: by number, without names."""
    user = enters_requests(request)
    rows = ErasureRequest.objects.filter(requests_visible_to(user)).select_related("institution")
    return page(
        request,
        "retention/requests.html",
        rows=rows.order_by("state", "-asked_on", "-pk"),
        keeps=may_keep(user),
        crumbs=_trail(user),
    )


@form_page
def request_new(request: SignedIn) -> HttpResponse:
    """Enter that somebody asked."""
    user = enters_requests(request)
    form = RequestForm(
        request.POST or None, user=user, initial={"asked_on": clock.today(), "kind": "learner"}
    )
    if request.method == "POST" and form.is_valid():
        asked_on = form.cleaned_data["asked_on"]
        done = attempt(form, enter_request, by=user, about=form.about(), asked_on=asked_on)
        if done is not None:
            return redirect("retention:request", done.thing.public_id)
    return page(
        request, "retention/request_new.html", form=form, crumbs=_trail(user, (_("A new request"), ""))
    )


@form_page
def one_request(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """What must be kept until when, what can go now; answered, the letter is there to be printed."""
    found = visible_request(request, public_id)
    user = enters_requests(request)
    if request.method == "POST":
        with transaction.atomic():
            done = answer_request(by=user, request=found).thing
            issue_answer(done, by=user)
        messages.success(request, _("Answered. Print the letter and hand it over."))
        return redirect("retention:request", found.public_id)
    answered = found.state == RequestState.ANSWERED
    parts = [_kept(told) for told in (*found.kept, *found.erased)] if answered else parts_of(found)
    return page(
        request,
        "retention/request.html",
        asked=found,
        answered=answered,
        kept=[_shown(part) for part in parts if part.until is not None],
        erasable=[_shown(part) for part in parts if part.until is None],
        grounds=_grounds(parts),
        letter=answer_of(found) if answered else None,
        crumbs=_trail(user, (found.number, "")),
    )


def _kept(told: dict[str, Any]) -> Part:
    until = read_day(told["until"]) if told["until"] else None
    return Part(told["what"], told["count"], until, bool(told.get("held")))


def _shown(part: Part) -> dict[str, Any]:
    words = words_of(part.what)
    return {
        "what": words[:1].upper() + words[1:],
        "count": part.count,
        "until": part.until,
        "held": part.held,
    }


def _grounds(parts: list[Part]) -> list[Any]:
    """What the rule says about keeping, once."""
    days = [part.until for part in parts if part.until is not None]
    return list(erasure_asked(kept_until=max(days), today=clock.today())) if days else []


@require_safe
def answer_file(request: SignedIn, public_id: uuid.UUID) -> HttpResponseBase:
    issued = answer_of(visible_request(request, public_id))
    if issued is None:
        raise Http404
    return as_download(issued.stored_file)
