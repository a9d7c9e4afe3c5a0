"""One report: the author's receipt, and the officer's page with what is done about it (CNF-2)."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.acts import require
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.once.guard import once
from celabiedrs.lib.web import attempt, page
from celabiedrs.lib.workflow import open_to
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role, User
from celabiedrs.safeguarding.access import may_handle
from celabiedrs.safeguarding.actions import acknowledge_report, close_report, note_step, refer_report
from celabiedrs.safeguarding.forms import StepForm
from celabiedrs.safeguarding.models import ReportState, ReportStep, SafeguardingReport, StepKind
from celabiedrs.safeguarding.notices import officers
from celabiedrs.safeguarding.pages.scope import knows_only_the_fact, report_read_by
from celabiedrs.safeguarding.reading.numbers import standing_numbers
from celabiedrs.safeguarding.workflow import ACKNOWLEDGE, CLOSE, REFER, STEPS

TONES = {
    ReportState.RAISED: "red",
    ReportState.ACKNOWLEDGED: "amber",
    ReportState.REFERRED: "accent",
    ReportState.CLOSED: "grey",
}
ACTS: dict[str, Callable[..., Any]] = {"refer": refer_report, "note": note_step, "close": close_report}
LABELS = {
    "refer": gettext_lazy("To which service, and with whom did you speak"),
    "note": gettext_lazy("What did you do"),
    "close": gettext_lazy("Why is nothing more to be done"),
}


@require_safe
def report(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """What was reported, and how far it is; each reader sees their own side of it."""
    user = request.user
    if knows_only_the_fact(user, public_id):
        return redirect("safeguarding:facts")
    found = report_read_by(user, public_id)
    if not may_handle(user, found):
        return _receipt(request, found)
    looked(user, role=Role.SAFEGUARDING_OFFICER, what="report", thread=found.public_id)
    return _desk(request, user, found)


def _receipt(request: SignedIn, found: SafeguardingReport) -> HttpResponse:
    """The author's page: received, read or not yet, and who reads it. What officers write of it is not the author's."""
    numbers = standing_numbers([found.institution.municipality.region_id])
    return page(
        request,
        "safeguarding/receipt.html",
        report=found,
        tone=TONES[ReportState(found.state)],
        readers=officers(found),
        left_out=found.left_out.order_by("sort_name", "pk"),
        emergency=[row for row in numbers if row.emergency],
        others=[row for row in numbers if not row.emergency],
        minutes=minutes_of(found),
    )


def minutes_of(found: SafeguardingReport) -> int:
    """How long it has waited, or waited, to be read."""
    until = found.acknowledged_at or clock.now()
    return int((until - found.raised_at).total_seconds() // 60)


def _desk(
    request: SignedIn,
    user: User,
    found: SafeguardingReport,
    forms: dict[str, StepForm] | None = None,
) -> HttpResponse:
    open_steps = open_to(user, found, STEPS)
    shown = {name: StepForm(label=str(LABELS[name]), auto_id=f"{name}_%s") for name in ACTS} | (forms or {})
    if REFER not in open_steps:
        del shown["refer"]
    if CLOSE not in open_steps:
        del shown["close"]
    if found.state == ReportState.RAISED:
        del shown["note"]
    return page(
        request,
        "safeguarding/report.html",
        status=422 if forms else 200,
        report=found,
        tone=TONES[ReportState(found.state)],
        minutes=minutes_of(found),
        acknowledging=ACKNOWLEDGE in open_steps,
        forms=shown,
        left_out=found.left_out.order_by("sort_name", "pk"),
        numbers=standing_numbers([found.institution.municipality.region_id]),
        events=[_told(step) for step in _steps(found)],
    )


def _steps(found: SafeguardingReport) -> list[ReportStep]:
    return list(found.steps.select_related("by", "told").order_by("-at", "-pk"))


def _told(step: ReportStep) -> dict[str, Any]:
    kind = StepKind(step.kind)
    title = str(kind.label)
    if step.told is not None:
        title = f"{title}: {step.told.name}"
    own_words = kind in (StepKind.REFERRED, StepKind.NOTED, StepKind.CLOSED)
    return {
        "title": title,
        "at": step.at,
        "who": step.by.name if step.by else "",
        "text": step.what if own_words else "",
    }


@once
@require_POST
def acknowledge(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """I have read it: the author learns so."""
    found = report_read_by(request.user, public_id)
    acknowledge_report(by=request.user, report=found)
    messages.success(request, _("The mentor is told that you have read it."))
    return redirect("safeguarding:report", public_id)


@once
@require_POST
def step(request: SignedIn, public_id: uuid.UUID, act: str) -> HttpResponse:
    """Passed on to a service, done, or closed: each with its words."""
    user = request.user
    found = report_read_by(user, public_id)
    require(may_handle(user, found))
    if act not in ACTS:
        raise Http404
    form = StepForm(request.POST, label=str(LABELS[act]), auto_id=f"{act}_%s")
    if form.is_valid():
        done = attempt(form, ACTS[act], by=user, report=found, what=form.cleaned_data["what"])
        if done is not None:
            messages.success(request, _("It is written down."))
            return redirect("safeguarding:report", public_id)
    return _desk(request, user, found, {act: form})
