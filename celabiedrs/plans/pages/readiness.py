"""Check your answers, declare, send; and the page that says that it is sent."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.lib.look import shown
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn, way_back
from celabiedrs.people.access import SignedIn
from celabiedrs.places.facts import programme
from celabiedrs.plans.actions import submit_plan
from celabiedrs.plans.forms.papers import DeclarationForm
from celabiedrs.plans.models import Learner, SupportPlan
from celabiedrs.plans.pages.preparation import elsewhere
from celabiedrs.plans.pages.scope import own_plan, posted_data
from celabiedrs.plans.reading.readiness import Readiness, readiness
from celabiedrs.plans.reading.values import texts_of, values_of
from celabiedrs.plans.words import PlanState
from celabiedrs.plans.words.fields import AGREEMENT, GROUNDS, MENTOR, REQUEST, RISKS, TASKS


@form_page
def check(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Everything that goes to the expert on one page, what is missing with links, the declaration."""
    plan = own_plan(request, public_id)
    if (gone := elsewhere(request, plan)) is not None:
        return gone
    form = DeclarationForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        done = attempt(form, submit_plan, by=request.user, plan=plan)
        if done is not None:
            warn(request, done.cautions)
            if back := way_back(request):
                messages.success(request, _("Sent: %(number)s.") % {"number": plan.number})
                return redirect(back)
            return redirect("plans:sent", public_id)
    state = readiness(plan, programme())
    return page(
        request,
        "plans/check.html",
        plan=plan,
        form=form,
        state=state,
        sections=sections(state),
        texts=texts_of(state.agreement),
        back=way_back(request),
    )


@require_safe
def sent(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The reference number, and what happens next."""
    plan = own_plan(request, public_id)
    if plan.state != PlanState.SUBMITTED:
        return redirect("plans:prepare", public_id)
    return page(request, "plans/sent.html", plan=plan)


def stage_words(plan: SupportPlan | Learner) -> str:
    if plan.class_year is not None:
        return _("class %(number)s") % {"number": plan.class_year}
    return _("course %(number)s") % {"number": plan.course_year}


def sections(state: Readiness) -> list[dict[str, Any]]:
    """The answers, section by section, each with the link that changes it."""
    plan = state.plan
    return [
        {"title": TASKS[GROUNDS], "rows": _grounds(plan)},
        {"title": TASKS[RISKS], "rows": _risks(plan)},
        {"title": TASKS[REQUEST], "rows": _request(plan)},
        {"title": TASKS[MENTOR], "rows": _mentor(plan)},
        {"title": TASKS[AGREEMENT], "rows": _agreement(state)},
    ]


def _row(plan: SupportPlan, task: str, label: str, value: Any) -> dict[str, Any]:
    return {
        "label": label,
        "value": value or "–",
        "url": reverse(f"plans:{task}", args=[plan.public_id]),
        "act": _("Change"),
    }


def _grounds(plan: SupportPlan) -> list[dict[str, Any]]:
    return [
        {"label": _("Learner"), "value": f"{plan.learner.name}, {stage_words(plan)}"},
        *(_row(plan, row.task, row.label, row.value) for row in values_of(plan)),
    ]


def _risks(plan: SupportPlan) -> list[dict[str, Any]]:
    rows = [
        _row(plan, "risks", str(risk.get_kind_display()), risk.reason) for risk in plan.risks.order_by("pk")
    ]
    return rows or [_row(plan, "risks", _("Risks"), "")]


def _request(plan: SupportPlan) -> list[dict[str, Any]]:
    request = getattr(plan, "request", None)
    signed = ""
    if request is not None:
        signed = f"{request.get_applicant_display()}, {shown.day(request.signed_on)}"
    paper = request is not None and request.scan_id is not None
    return [
        _row(plan, "request", _("Signed by"), signed),
        _row(plan, "request", _("Signed paper"), _("is here") if paper else ""),
    ]


def _mentor(plan: SupportPlan) -> list[dict[str, Any]]:
    contract = plan.contract
    words = ""
    if contract is not None:
        words = f"{contract.employer.name}, {', '.join(contract.semesters)}"
    return [
        _row(plan, "mentor", _("Mentor"), plan.mentor.name if plan.mentor else ""),
        _row(plan, "mentor", _("Contract"), words),
    ]


def _agreement(state: Readiness) -> list[dict[str, Any]]:
    signed = state.agreement
    return [
        _row(
            state.plan,
            "agreement",
            _("The learner signed"),
            shown.day(signed.learner_signed_on if signed else None),
        ),
        _row(
            state.plan,
            "agreement",
            _("The mentor signed"),
            shown.day(signed.mentor_signed_on if signed else None),
        ),
    ]
