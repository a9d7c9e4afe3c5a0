"""Putting a mentor on a plan: who can be chosen, under which contract, with which cautions (REG-2, CON-1, TG-3)."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.contracts.access import may_contract
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role, User
from celabiedrs.places.facts import programme
from celabiedrs.plans.actions import attach_mentor
from celabiedrs.plans.facts.papers import mentor_findings
from celabiedrs.plans.forms.papers import ContractChoiceForm
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.pages.scope import own_plan, typed
from celabiedrs.plans.reading.mentors import contract_choices, mentor_rows
from celabiedrs.plans.reading.readiness import returned_at
from celabiedrs.plans.workflow import APPROVED, PREPARED
from celabiedrs.registry.access import mentors_known_to
from celabiedrs.registry.models import Mentor
from celabiedrs.rules.breach import Breach, Caution


def _elsewhere(request: SignedIn, plan: SupportPlan) -> HttpResponse | None:
    if plan.state in (*PREPARED, *APPROVED):
        return None
    messages.info(request, _("The mentor of this plan cannot be changed now."))
    return redirect("desk:plan", plan.public_id)


@require_safe
def mentor(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The mentors of the own municipality, nearest and freest first. Each look into the registry is written down."""
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
    known_mentors = Mentor.objects.filter(
        mentors_known_to(request.user), certificate__isnull=False
    ).distinct()
    chosen = get_object_or_404(known_mentors.select_related("user", "certificate"), public_id=mentor_id)
    known = programme()
    choices = contract_choices(chosen, plan, known)
    by_id = {str(c.public_id): c for c in chosen.contracts.select_related("employer")}
    asked = request.POST.get("contract") or (choices[0][0] if choices else "")
    contract = by_id.get(asked)
    found = list(mentor_findings(plan, chosen, contract, changes_mentor=plan.state in APPROVED, known=known))
    cautions = [finding for finding in found if isinstance(finding, Caution)]
    form = ContractChoiceForm(choices, typed(request), warned=bool(cautions))
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
            messages.success(request, _("The mentor is attached. The agreement comes next."))
            warn(request, done.cautions)
            return redirect("desk:plan" if plan.state in APPROVED else "plans:prepare", public_id)
    return page(
        request,
        "plans/attach.html",
        plan=plan,
        mentor=chosen,
        form=form,
        findings=[] if form.refused else [finding for finding in found if isinstance(finding, Breach)],
        cautions=cautions,
        choices=choices,
        contract_url="" if choices else _contract_url(request.user, chosen),
    )


def _contract_url(user: User, mentor: Mentor) -> str:
    """Where a contract is made, for who may make one; a plan without one goes no further (CON-1)."""
    return reverse("contracts:new", args=[mentor.public_id]) if may_contract(user, None) else ""
