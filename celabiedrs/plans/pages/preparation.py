"""The task list of a plan in preparation, and the two pages on which what was drafted is changed."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Stale
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.places.facts import programme
from celabiedrs.plans.actions import correct_draft
from celabiedrs.plans.facts import plan_learner_facts, semester_of, stage_of
from celabiedrs.plans.facts.grounds import ground_options, semesters_open
from celabiedrs.plans.forms.plan import GroundsForm, RiskForm
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.pages.draft import band_of, in_words
from celabiedrs.plans.pages.scope import conflict, own_plan, posted_data
from celabiedrs.plans.reading.readiness import readiness, returned_at, tasks
from celabiedrs.plans.words.fields import ASKED, CHECK, FIELDS, GROUNDS, PARTS
from celabiedrs.plans.workflow import PREPARED
from celabiedrs.rules.parameters import whole
from celabiedrs.rules.plan import planned_day
from celabiedrs.rules.support import Risk

OPEN = ("returned", "in_progress", "not_started")


@require_safe
def prepare(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """What is done, what is missing, in the order in which it can be done; after a return the reasons on top."""
    plan = own_plan(request, public_id)
    if plan.state not in PREPARED:
        return redirect("desk:plan", public_id)
    known = programme()
    state = readiness(plan, known)
    period = semester_of(plan, known)
    rows = tasks(state)
    return page(
        request,
        "plans/prepare.html",
        plan=plan,
        state=state,
        tasks=rows,
        next=next((row for row in rows if row.state_key in OPEN and row.key != CHECK), None),
        done=sum(row.state_key == "done" for row in rows),
        count=len(rows),
        band=band_of(period, known) if period else None,
        today=clock.today(),
        limit=whole("learner_hours_per_month", planned_day(clock.today(), plan.starts_on)),
    )


def elsewhere(request: SignedIn, plan: SupportPlan) -> HttpResponse | None:
    """Where a page of preparing leads once the plan is no longer prepared."""
    if plan.state in PREPARED:
        return None
    messages.info(request, _("This plan is not being prepared now."))
    return redirect("desk:plan", plan.public_id)


@form_page
def grounds(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Semester, ground, hours and days of a drafted plan."""
    plan = own_plan(request, public_id)
    if (gone := elsewhere(request, plan)) is not None:
        return gone
    known = programme()
    facts = plan_learner_facts(plan)
    options = ground_options(facts, [Risk(risk.kind, risk.reason) for risk in plan.risks.order_by("pk")])
    periods = semesters_open(known.calendar, facts.stage, plan.institution_id)
    standing = {field.name: field.of(plan) for field in FIELDS if field.task == GROUNDS}
    form = GroundsForm(periods, options, posted_data(request), initial=standing | {"version": plan.version})
    if request.method == "POST" and form.is_valid():
        changes = _changes(plan, form)
        version = form.cleaned_data.get("version")
        try:
            done = attempt(form, correct_draft, by=request.user, plan=plan, version=version, **changes)
        except Stale:
            labels = {name: PARTS[name].label for name in standing if name in ASKED}
            url = reverse("plans:grounds", args=[public_id])
            return conflict(request, url=url, labels=labels, theirs=standing, mine=changes, shown=in_words)
        if done is not None:
            warn(request, done.cautions)
            return redirect("plans:prepare", public_id)
    period = semester_of(plan, known)
    return page(
        request,
        "plans/grounds.html",
        plan=plan,
        form=form,
        closed=[option for option in options if not option.open],
        band=band_of(period, known) if period else None,
        today=clock.today(),
        limit=whole("learner_hours_per_month", planned_day(clock.today(), plan.starts_on)),
        returned=returned_at(plan, "grounds"),
    )


def _changes(plan: SupportPlan, form: GroundsForm) -> dict[str, Any]:
    """What the form changes, as the act takes it; another semester brings its own days where none were typed."""
    given: dict[str, Any] = {"semester": form.cleaned_data["semester"], **form.chosen(), **form.given()}
    period = programme().calendar.semester_for(given["semester"], stage_of(plan), plan.institution_id)
    moved = given["semester"] != plan.label
    for name, own in (("starts_on", plan.starts_on), ("ends_on", plan.ends_on)):
        untouched = given[name] in ("", f"{own:%Y-%m-%d}", f"{own:%d.%m.%Y.}")
        if period is not None and (given[name] == "" or (moved and untouched)):
            given[name] = period.since if name == "starts_on" else period.until
    return given


@form_page
def risks(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The risks of a drafted plan; those carried over from the last plan count only after they were looked at."""
    plan = own_plan(request, public_id)
    if (gone := elsewhere(request, plan)) is not None:
        return gone
    standing = {risk.kind: risk.reason for risk in plan.risks.order_by("pk")}
    initial = RiskForm.initial_of(standing, {}) | {"version": plan.version}
    form = RiskForm(posted_data(request), initial=initial)
    if request.method == "POST":
        form.is_valid()
        version = form.cleaned_data.get("version")
        try:
            done = attempt(
                form, correct_draft, by=request.user, plan=plan, version=version, risks=form.risks()
            )
        except Stale:
            mine = {risk.kind: risk.reason for risk in form.risks()}
            url = reverse("plans:risks", args=[public_id])
            return conflict(
                request,
                url=url,
                labels={"risks": PARTS["risks"].label},
                theirs={"risks": standing},
                mine={"risks": mine},
                shown=in_words,
            )
        if done is not None:
            warn(request, done.cautions)
            return redirect("plans:prepare", public_id)
    return page(
        request,
        "plans/risks.html",
        plan=plan,
        form=form,
        carried=plan.risks.filter(carried=True).exists(),
        returned=returned_at(plan, "risks"),
    )
