"""The plan of a later semester drawn from the last one."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from celabiedrs.closing.access import may_prepare_for
from celabiedrs.closing.actions import renew_plan
from celabiedrs.closing.facts import chain, is_evaluated
from celabiedrs.closing.forms.review import RenewForm
from celabiedrs.closing.pages.series import onward
from celabiedrs.closing.workflow import HAD_SUPPORT
from celabiedrs.lib.acts import require
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role, User
from celabiedrs.places.facts import programme
from celabiedrs.plans.access import story_visible_to
from celabiedrs.plans.facts import learner_facts
from celabiedrs.plans.facts.grounds import ground_options, semesters_open
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import RiskKind
from celabiedrs.plans.words.fields import ASKED, FIELDS
from celabiedrs.rules.calendar import Period
from celabiedrs.rules.closing import renewal
from celabiedrs.rules.support import Risk


@form_page
def renew(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """[IAP-3] [IAP-4] The next plan from this one: what was seen before stands beside each risk that is asked again."""
    by = request.user
    assert isinstance(by, User)
    plans = SupportPlan.objects.filter(story_visible_to(by)).select_related(
        "learner__institution", "institution"
    )
    plan = get_object_or_404(plans, public_id=public_id)
    require(may_prepare_for(by, plan.learner))
    if request.method == "GET":
        looked(by, role=Role.PREPARER, what="plan_renewing", thread=plan.public_id)
    if plan.state not in HAD_SUPPORT:
        messages.info(request, _("Only a plan that was approved can be followed by another."))
        return redirect("desk:plan", public_id)
    before = {risk.kind: risk.reason for risk in plan.risks.order_by("pk")}
    on = onward(request, "closing:next_plan", public_id)
    form = _renew_form(plan, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = attempt(form, renew_plan, by=by, plan=plan, **_renewed(form)) if form.is_valid() else None
        if done is None:
            form.mark()
        else:
            warn(request, done.cautions)
            messages.success(request, _drafted_words(one_of_many=bool(on)))
            if on:
                return redirect(on)
            return redirect("closing:following", done.thing.public_id)
    return page(
        request,
        "closing/renew.html",
        plan=plan,
        form=form,
        leaving=[row | {"before": before.get(row["kind"], "")} for row in form.leaving],
        exclusion=[row | {"before": before.get(row["kind"], "")} for row in form.exclusion],
        chain=chain(plan),
        length=len(chain(plan)) + 1,
        evaluated=is_evaluated(plan),
        nothing_open=not _later(plan),
        on=on,
    )


def _drafted_words(*, one_of_many: bool) -> str:
    """What was done, and where one reads what is still missing."""
    if one_of_many:
        return _("The next plan is drafted. What is still missing before it can be sent stands in the plan.")
    return _("The next plan is drafted. Here is what is still missing before it can be sent.")


def _later(plan: SupportPlan) -> list[Period]:
    """The semesters that are open to the learner and come after this plan's."""
    facts = learner_facts(plan.learner)
    periods = semesters_open(programme().calendar, facts.stage, plan.learner.institution_id)
    return [period for period in periods if not any(renewal(label=period.label, previous=plan.label))]


def _renew_form(plan: SupportPlan, data: Any) -> RenewForm:
    every = [Risk(kind.value, "–") for kind in RiskKind]
    options = [option for option in ground_options(learner_facts(plan.learner), every) if option.open]
    carried = {field.name: field.of(plan) for field in FIELDS if field.renewed and field.name in ASKED}
    return RenewForm(_later(plan), options, data, initial=carried)


def _renewed(form: RenewForm) -> dict[str, Any]:
    """What the form says, raw, as `renew_plan` takes it; days left empty are the semester's."""
    return {
        "semester": form.cleaned_data["semester"],
        **form.chosen(),
        **form.told(),
        "risks": form.risks(),
    }
