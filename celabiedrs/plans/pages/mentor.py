"""Putting a mentor on a plan: who can be chosen, under which contract, with which cautions (REG-2, CON-1, TG-3)."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role
from celabiedrs.places.facts import programme
from celabiedrs.plans.actions import attach_mentor
from celabiedrs.plans.facts.papers import mentor_findings
from celabiedrs.plans.forms.papers import ContractChoiceForm
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.pages.scope import eligible_mentor, own_plan, posted_data
from celabiedrs.plans.reading.mentors import contract_choices, mentor_rows
from celabiedrs.plans.reading.readiness import returned_at
from celabiedrs.plans.reading.succession import needs, way_to_contract
from celabiedrs.plans.workflow import APPROVED, PREPARED
from celabiedrs.rules.breach import Breach, Caution


def _elsewhere(request: SignedIn, plan: SupportPlan) -> HttpResponse | None:
    if plan.state in (*PREPARED, *APPROVED):
        return None
    messages.info(request, _("The mentor of this plan cannot be changed now."))
    return redirect("desk:plan", plan.public_id)


@require_safe
def mentor(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The mentors of their own municipality, nearest and freest first. Each look into the registry is written down."""
    plan = own_plan(request, public_id)
    if (gone := _elsewhere(request, plan)) is not None:
        return gone
    looked(request.user, role=Role.PREPARER, what="registry", thread=plan.public_id)
    paper = getattr(plan, "request", None)
    return page(
        request,
        "plans/mentor.html",
        plan=plan,
        rows=mentor_rows(request.user, plan, programme()),
        request_missing=paper is None or paper.scan_id is None,
        approved=plan.state in APPROVED,
        returned=returned_at(plan, "mentor"),
    )


@form_page
def attach(request: SignedIn, public_id: uuid.UUID, mentor_id: uuid.UUID) -> HttpResponse:
    """One mentor: what speaks against, what to mind, under which contract; then attach."""
    plan = own_plan(request, public_id)
    if (gone := _elsewhere(request, plan)) is not None:
        return gone
    chosen = eligible_mentor(request.user, mentor_id)
    known, changes = programme(), plan.state in APPROVED
    choices = contract_choices(chosen, plan, known)
    by_id = {str(c.public_id): c for c in chosen.contracts.select_related("employer")}
    asked = request.POST.get("contract") or (choices[0][0] if choices else "")
    contract = by_id.get(asked)
    found = list(mentor_findings(plan, chosen, contract, changes_mentor=changes, known=known))
    cautions = [finding for finding in found if isinstance(finding, Caution)]
    form = ContractChoiceForm(choices, posted_data(request), warned=bool(cautions))
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            attach_mentor,
            by=request.user,
            plan=plan,
            mentor=chosen,
            contract=by_id.get(form.cleaned_data.get("contract", "")) or contract,
            reason=form.cleaned_data.get("reason", ""),
        )
        if done is not None:
            messages.success(request, _said(changes=changes))
            warn(request, done.cautions)
            return redirect("desk:plan" if changes else "plans:prepare", public_id)
    return page(
        request,
        "plans/attach.html",
        plan=plan,
        mentor=chosen,
        form=form,
        findings=[] if form.refused else [finding for finding in found if isinstance(finding, Breach)],
        cautions=cautions,
        choices=choices,
        contract_url="" if choices or changes else way_to_contract(request.user, chosen, request.path),
        needs=needs(request.user, plan, chosen, contract) if changes else (),
    )


def _said(*, changes: bool) -> str:
    if changes:
        return _("The mentor is changed. The former mentor's months and papers stay as they are.")
    return _("The mentor is attached. The agreement comes next.")
