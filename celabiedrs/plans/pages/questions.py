"""Questions between the mentor and the school on a plan: ask, answer, close, on one page (DUT-8)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import ActForm, attempt, page
from celabiedrs.lib.workflow import open_to
from celabiedrs.people.access import SignedIn
from celabiedrs.plans.access import questioned_by, side_of
from celabiedrs.plans.actions import answer_question, ask_question, close_question
from celabiedrs.plans.forms.life import AnswerForm, PlainForm, QuestionForm
from celabiedrs.plans.models import PlanQuestion, SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.plans.workflow import ANSWER, CLOSE_QUESTION, QUESTION_STEPS

TONES = {"open": "amber", "answered": "green", "closed": "grey"}


@form_page
def questions(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """All questions of a plan, those that are not closed first. `act` says what a form does."""
    user = request.user
    plans = SupportPlan.objects.filter(questioned_by(user)).select_related("learner", "mentor__user")
    plan = get_object_or_404(plans, public_id=public_id)
    if request.method == "GET":
        looked(user, role=side_of(user, plan) or "", what="questions", thread=plan.public_id)
    asking: ActForm = QuestionForm()
    answering: dict[int, ActForm] = {}
    if request.method == "POST":
        if request.POST.get("act") in ("answer", "close"):
            question, form = _acted(request, plan)
            answering[question.pk] = form
        else:
            asking = form = QuestionForm(request.POST)
            if form.is_valid():
                attempt(form, ask_question, by=user, plan=plan, text=form.cleaned_data["text"])
        if form.is_valid() and not form.refused:
            messages.success(
                request, _("Done; the other side is told that something waits, without its words.")
            )
            return redirect("plans:questions", public_id)
    rows = plan.questions.select_related("asked_by", "answered_by", "plan__mentor").order_by("asked_at", "pk")
    shown = [_row(request, row, answering.get(row.pk)) for row in rows]
    return page(
        request,
        "plans/questions.html",
        status=422 if any(form.refused or form.errors for form in answering.values()) else 200,
        plan=plan,
        form=asking,
        open=[row for row in shown if row["question"].state != "closed"],
        closed=[row for row in shown if row["question"].state == "closed"],
        can_ask=plan.mentor_id is not None and plan.state != PlanState.WITHDRAWN,
    )


def _acted(request: SignedIn, plan: SupportPlan) -> tuple[PlanQuestion, ActForm]:
    """Answer or close one question of this plan."""
    raw = request.POST.get("question", "")
    found = {str(row.public_id): row for row in plan.questions.select_related("plan__mentor").order_by("pk")}
    question = get_object_or_404(plan.questions, pk=found[raw].pk if raw in found else 0)
    if request.POST["act"] == "close":
        form: ActForm = PlainForm(request.POST)
        attempt(form, close_question, by=request.user, question=question)
        return question, form
    form = AnswerForm(request.POST, auto_id=f"a{question.pk}_%s")
    if form.is_valid():
        attempt(form, answer_question, by=request.user, question=question, text=form.cleaned_data["text"])
    return question, form


def _row(request: SignedIn, question: PlanQuestion, form: ActForm | None) -> dict[str, Any]:
    steps = open_to(request.user, question, QUESTION_STEPS)
    if ANSWER in steps and form is None:
        form = AnswerForm(auto_id=f"a{question.pk}_%s")
    return {
        "question": question,
        "tone": TONES[question.state],
        "form": form if ANSWER in steps else None,
        "closable": CLOSE_QUESTION in steps,
    }
