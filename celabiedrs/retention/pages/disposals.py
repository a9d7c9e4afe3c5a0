"""A disposal: the dry run, the proposal, the second administrator's answer, the certificate (ARC-1)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.files.serving import as_download
from celabiedrs.lib.look import shown
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import ActForm, attempt, page
from celabiedrs.people.access import SignedIn
from celabiedrs.retention.actions import agree_disposal, decline_disposal, propose_disposal, would_dispose
from celabiedrs.retention.documents import account_of, certificate_of, rows_of
from celabiedrs.retention.forms import BeforeForm, ReasonForm
from celabiedrs.retention.models import Disposal, Proposal, ProposalState
from celabiedrs.retention.pages.scope import crumbs, keeper
from celabiedrs.retention.reading.dry_run import listed
from celabiedrs.rules.reading import read_day
from celabiedrs.rules.retention import keep_until

WAITING = (ProposalState.PROPOSED, ProposalState.AGREED)
TONES = {"proposed": "amber", "agreed": "accent", "done": "green", "declined": "grey", "fallen": "red"}


def _trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    return crumbs((_("Disposal"), reverse("retention:disposals") if steps else ""), *steps)


@require_safe
def disposals(request: SignedIn) -> HttpResponse:
    """Every disposal that was prepared, with what became of it."""
    keeper(request)
    rows = Proposal.objects.select_related("prepared_by", "answered_by", "disposal").order_by(
        "-prepared_at", "-pk"
    )
    return page(
        request,
        "retention/disposals.html",
        rows=[{"proposal": row, "tone": TONES[row.state]} for row in rows],
        without=Disposal.objects.filter(proposal=None).order_by("-done_at", "-pk"),
        waiting=any(row.state in WAITING for row in rows),
        kept_until=keep_until(clock.today()),
        crumbs=_trail(),
    )


@form_page
def prepare(request: SignedIn) -> HttpResponse:
    """The dry run for a day; proposed, it waits for another administrator."""
    user = keeper(request)
    today = clock.today()
    first = keep_until(today).toordinal() + 1
    asked = (
        request.POST.get("before")
        or request.GET.get("before")
        or str(today.fromordinal(max(first, today.toordinal())))
    )
    form = BeforeForm({"before": asked} if request.method == "GET" else request.POST)
    day = read_day(asked)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, propose_disposal, by=user, **form.cleaned_data)
        if done is not None:
            messages.success(request, _("Proposed. Another administrator looks at the same list and agrees."))
            return redirect("retention:proposal", done.thing.public_id)
    found = would_dispose(by=user, before=asked)
    return page(
        request,
        "retention/prepare.html",
        form=form,
        day=day,
        why_not=_why_not(day, today, found),
        **listed(request, found),
        crumbs=_trail((_("Dry run"), "")),
    )


def _why_not(day: Any, today: Any, found: Any) -> str:
    """Why the list cannot be proposed now; empty when it can."""
    if day is None:
        return _("Enter a date.")
    if day > today:
        return _("Possible from %(day)s on. Until then the list shows how it would be.") % {
            "day": shown.day(day)
        }
    if Proposal.objects.filter(state__in=WAITING).exists():
        return _("Another disposal waits for agreement already.")
    return "" if found.plans else _("Nothing would be disposed of with this day.")


def _proposal(request: SignedIn, public_id: uuid.UUID) -> Proposal:
    keeper(request)
    return get_object_or_404(
        Proposal.objects.select_related("prepared_by", "answered_by", "disposal"), public_id=public_id
    )


@form_page
def proposal(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The list as it is due now beside what was proposed; another administrator agrees here."""
    user = keeper(request)
    found = _proposal(request, public_id)
    form = ActForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempt(form, agree_disposal, by=user, proposal=found) is not None:
        messages.success(
            request, _("Agreed. The disposal is carried out within minutes, whole or not at all.")
        )
        return redirect("retention:proposal", found.public_id)
    return _proposal_page(request, found, form, own=found.prepared_by_id == user.pk)


def _proposal_page(request: SignedIn, found: Proposal, form: ActForm, *, own: bool) -> HttpResponse:
    waits = found.state in WAITING
    list_now = would_dispose(by=keeper(request), before=found.before)
    return page(
        request,
        "retention/proposal.html",
        proposal=found,
        tone=TONES[found.state],
        own=own,
        open=found.state == ProposalState.PROPOSED,
        going_on=found.state == ProposalState.AGREED,
        changed=waits and list_now.digest != found.digest,
        form=form,
        **(listed(request, list_now) if waits else {"tabs": (), "part": "", "rows": (), "pager": None}),
        crumbs=_trail((shown.day(found.before), "")),
    )


@form_page
def decline(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Decline a disposal with a reason, or take back their own one."""
    user = keeper(request)
    found = _proposal(request, public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, decline_disposal, by=user, proposal=found, **form.cleaned_data)
        if done is not None:
            messages.success(request, _("Declined. Nothing is disposed of."))
            return redirect("retention:disposals")
    own = found.prepared_by_id == user.pk
    return page(
        request,
        "retention/decline.html",
        proposal=found,
        own=own,
        form=form,
        crumbs=_trail(
            (shown.day(found.before), found_url(found)), (_("Take back") if own else _("Decline"), "")
        ),
    )


def found_url(found: Proposal) -> str:
    return reverse("retention:proposal", args=[found.public_id])


@require_safe
def certificate(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The certificate: how many of what, agreed by which two. No names of anybody about whom something was kept."""
    keeper(request)
    done = get_object_or_404(Disposal.objects.select_related("done_by", "agreed_by"), public_id=public_id)
    return page(
        request,
        "retention/certificate.html",
        disposal=done,
        rows=rows_of(done),
        issued=certificate_of(done),
        first=account_of(done.done_by),
        second=account_of(done.agreed_by),
        crumbs=_trail((_("Certificate of disposal"), "")),
    )


@require_safe
def certificate_file(request: SignedIn, public_id: uuid.UUID) -> HttpResponseBase:
    keeper(request)
    issued = certificate_of(get_object_or_404(Disposal, public_id=public_id))
    if issued is None:
        raise Http404
    return as_download(issued.stored_file)
