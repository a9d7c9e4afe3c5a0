"""The life of a plan: suspend, resume, withdraw, extend into the summer, amend (PAY-5, CAL-5, DUT-2)."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from celabiedrs.lib.acts import Done, Refused
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.files.serving import as_download
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.signing import content_hash
from celabiedrs.lib.web import ActForm, attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.plans.access import story_visible_to
from celabiedrs.plans.actions import (
    amend_plan,
    extend_plan,
    resume_plan,
    suspend_plan,
    take_back_plan,
    withdraw_plan,
)
from celabiedrs.plans.actions.amendment import Effect, preview
from celabiedrs.plans.facts import plan_learner_facts, plan_values, stored_changes
from celabiedrs.plans.facts.grounds import ground_options
from celabiedrs.plans.forms.life import AmendForm, ExtendForm, PlainForm, SuspendForm
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.pages.scope import own_plan, uploaded
from celabiedrs.plans.reading.difference import Change, difference, proposed
from celabiedrs.plans.reading.steps import life_of, why_not
from celabiedrs.rules.breach import Caution

FORMS: dict[str, type[ActForm]] = {
    "suspend": SuspendForm,
    "resume": PlainForm,
    "take_back": PlainForm,
    "withdraw": PlainForm,
    "extend": ExtendForm,
}
ACTS: dict[str, Callable[..., Any]] = {
    "suspend": suspend_plan,
    "resume": resume_plan,
    "take_back": take_back_plan,
    "withdraw": withdraw_plan,
    "extend": extend_plan,
}
DONE = {
    "suspend": gettext_lazy("The plan is suspended. The mentor has been told."),
    "resume": gettext_lazy("The plan goes on. The mentor has been told."),
    "take_back": gettext_lazy("The plan is back with you. Correct it and send it again."),
    "withdraw": gettext_lazy("The plan is withdrawn."),
    "extend": gettext_lazy("The plan is extended into the summer. The mentor has been told."),
}


@form_page
def step(request: SignedIn, public_id: uuid.UUID, key: str) -> HttpResponse:
    """One act of a plan's life: what follows from it, what it asks, the button."""
    plan = own_plan(request, public_id)
    if (gone := _cannot(request, plan, key)) is not None:
        return gone
    form = FORMS[key](request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        done = _done(request, form, plan, key)
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, str(DONE[key]))
            return redirect("desk:plan", public_id)
    possible = next(row for row in life_of(request.user, plan) if row.key == key)
    return page(
        request, "plans/life_step.html", plan=plan, form=form, possible=possible, files=key == "extend"
    )


def _done(request: SignedIn, form: ActForm, plan: SupportPlan, key: str) -> Done[Any] | None:
    """Do the act; an order that came with a refused form does not stay."""
    values = dict(form.cleaned_data)
    with transaction.atomic():
        if key == "extend":
            values["order_scan"] = uploaded(form, "order_scan", by=request.user, kind="order")
        done = None if form.errors else attempt(form, ACTS[key], by=request.user, plan=plan, **values)
        if done is None:
            transaction.set_rollback(True)
    return done


def _cannot(request: SignedIn, plan: SupportPlan, key: str) -> HttpResponse | None:
    """Where it cannot be done: back to the plan, with the reason."""
    why = why_not(request.user, plan, key)
    if not why:
        return None
    messages.warning(request, why)
    return redirect("desk:plan", plan.public_id)


@form_page
def amend(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Change an approved plan: first what would change at once and what would wait, then, confirmed, the act."""
    plan = own_plan(request, public_id)
    if (gone := _cannot(request, plan, "amend")) is not None:
        return gone
    standing = plan_values(plan)
    initial = standing | _risks_as_typed(standing)
    options = ground_options(plan_learner_facts(plan), standing["risks"])
    form = AmendForm(options, request.POST or None, initial=initial)
    effect = None
    cautions: tuple[Caution, ...] = ()
    if request.method == "POST" and form.is_valid():
        changes = form.changes(standing)
        if not changes:
            form.add_error(None, _("Nothing differs from what is in force."))
        else:
            effect, cautions = _foreseen(form, plan, changes)
        if effect is not None and form.cleaned_data["confirmed"] == _seal(effect):
            done = attempt(
                form, amend_plan, by=request.user, plan=plan, reason=form.cleaned_data["reason"], **changes
            )
            if done is not None:
                return _amended(request, plan, effect, done.cautions)
    waiting = plan.amendments.filter(decision=None, superseded=False).first()
    return page(
        request,
        "plans/life_amend.html",
        plan=plan,
        form=form,
        at_once=_shown(plan, effect.at_once) if effect else [],
        waits=_shown(plan, effect.waits) if effect else [],
        foreseen=effect is not None,
        seal=_seal(effect) if effect else "",
        cautions=cautions,
        waiting=proposed(plan, waiting) if waiting else [],
    )


def _risks_as_typed(standing: dict[str, Any]) -> dict[str, Any]:
    return AmendForm.initial_of({risk.kind: risk.reason for risk in standing["risks"]}, {})


def _foreseen(
    form: AmendForm, plan: SupportPlan, changes: dict[str, Any]
) -> tuple[Effect | None, tuple[Caution, ...]]:
    try:
        return preview(plan, reason=form.cleaned_data["reason"], changes=changes)
    except Refused as refusal:
        form.refuse(refusal.findings)
        return None, ()


def _seal(effect: Effect) -> str:
    """What was foreseen, as a word: another change after the look is looked at again."""
    return content_hash({"at_once": stored_changes(effect.at_once), "waits": stored_changes(effect.waits)})


def _shown(plan: SupportPlan, values: dict[str, Any]) -> list[Change]:
    return difference(stored_changes(plan_values(plan)), stored_changes(values))


def _amended(
    request: SignedIn, plan: SupportPlan, effect: Effect, cautions: tuple[Caution, ...]
) -> HttpResponse:
    warn(request, cautions)
    if effect.waits:
        messages.success(
            request,
            _("The change waits for the expert. Until it is decided, what was approved stays in force."),
        )
    else:
        messages.success(request, _("The plan is changed; this holds from now on."))
    return redirect("desk:plan", plan.public_id)


@require_safe
def order(request: SignedIn, public_id: uuid.UUID) -> HttpResponseBase:
    """The head's order by which a plan goes on into the summer, to who reads the plan's story (CAL-5)."""
    user = request.user
    plans = SupportPlan.objects.filter(story_visible_to(user)).select_related("extension_order")
    plan = get_object_or_404(plans.distinct(), public_id=public_id)
    if plan.extension_order is None:
        raise Http404
    posts = (post.role for post in user.posts_on() if post.institution_id in (None, plan.institution_id))
    looked(user, role=next(posts, "mentor"), what="extension_order", thread=plan.public_id)
    return as_download(plan.extension_order)
