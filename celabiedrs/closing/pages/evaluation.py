"""The mentor's evaluation, the preparer's feedback, and the pages on which the project reads them (EVA-1 to EVA-4)."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.closing.access import (
    answers_visible_to,
    evaluations_listed_for,
    feedback_visible_to,
    may_publish_questions,
)
from celabiedrs.closing.actions import evaluate, give_feedback
from celabiedrs.closing.facts import questions_in_force
from celabiedrs.closing.forms.ends import EvaluationForm, FeedbackForm
from celabiedrs.closing.models import Evaluation, PreparerFeedback
from celabiedrs.closing.pages.scope import mentors_plan, prepared_plan, role_in
from celabiedrs.closing.pages.series import onward
from celabiedrs.closing.reading.answers import figures, missing, read_answers
from celabiedrs.closing.workflow import HAD_SUPPORT
from celabiedrs.lib.acts import require
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.pages.scope import posted_data
from celabiedrs.plans.words import PlanState

PAGE_LENGTH = 50


@form_page
def evaluation(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """[EVA-2] Five answers on the phone; they change until the plan is closed."""
    by, plan = request.user, mentors_plan(request, public_id)
    written = Evaluation.objects.filter(answers_visible_to(by), plan=plan, mentor__user_id=by.pk).first()
    if plan.state not in HAD_SUPPORT:
        messages.info(request, _("Only a plan that was approved is evaluated."))
        return redirect("desk:plan", public_id)
    if request.method != "POST" and written is not None and plan.state == PlanState.ENDED:
        return redirect("closing:answers", public_id)
    questions = (written.questions if written else None) or questions_in_force()
    if questions is None:
        raise Http404
    on = onward(request, "closing:next_evaluation", public_id)
    form = EvaluationForm(questions, posted_data(request), initial=_initial(written))
    if request.method == "POST" and form.is_valid():
        done = attempt(form, evaluate, by=by, plan=plan, **form.answers())
        if done is not None:
            warn(request, done.cautions)
            messages.success(
                request, _("Thank you. The evaluation is in; the school sees that, not what it says.")
            )
            return redirect(on or reverse("closing:ending", args=[public_id]))
    return page(
        request, "closing/evaluate.html", plan=plan, form=form, questions=questions, written=written, on=on
    )


def _initial(written: Evaluation | None) -> dict[str, Any]:
    return EvaluationForm.initial_of(written.closed, written.open, written.goes_on) if written else {}


@form_page
def feedback(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """[EVA-3] The preparer's own word; the last one counts."""
    by, plan = request.user, prepared_plan(request, public_id)
    if plan.state not in HAD_SUPPORT:
        messages.info(request, _("Only a plan that was approved is evaluated."))
        return redirect("desk:plan", public_id)
    given = PreparerFeedback.objects.filter(feedback_visible_to(by), plan=plan).first()
    on = onward(request, "closing:next_feedback", public_id)
    form = FeedbackForm(posted_data(request), initial={"text": given.text} if given else {})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, give_feedback, by=by, plan=plan, **form.cleaned_data)
        if done is not None:
            messages.success(request, _("The feedback is stored."))
            return redirect(on or reverse("closing:ending", args=[public_id]))
    return page(request, "closing/feedback.html", plan=plan, form=form, given=given, on=on)


@require_safe
def answers(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """[EVA-3] What the mentor answered, and the preparer's feedback: each for those who may read it."""
    user = request.user
    found = Evaluation.objects.filter(answers_visible_to(user), plan__public_id=public_id)
    rows = list(found.select_related("plan__institution__municipality", "mentor__user", "questions"))
    said = PreparerFeedback.objects.filter(feedback_visible_to(user), plan__public_id=public_id)
    feedback = said.select_related("plan__institution__municipality").first()
    if not rows and feedback is None:
        raise Http404
    plan = rows[0].plan if rows else feedback.plan  # type: ignore[union-attr]
    looked(user, role=role_in(user, plan), what="evaluation", thread=plan.public_id)
    return page(
        request,
        "closing/answers.html",
        plan=plan,
        rows=[read_answers(row) for row in rows],
        feedback=feedback,
        named=not user.holds(Role.PROGRAMME_ADMINISTRATOR),
    )


@require_safe
def evaluations(request: SignedIn) -> HttpResponse:
    """[EVA-1] What is missing and what is in, for the expert of the region and the programme."""
    user = request.user
    require(user.holds(Role.PROJECT_EXPERT, Role.PROGRAMME_ADMINISTRATOR))
    plans = SupportPlan.objects.filter(evaluations_listed_for(user))
    lacking = missing(plans)
    given = Evaluation.objects.filter(answers_visible_to(user), plan__in=plans.order_by().values("pk"))
    tab = "in" if request.GET.get("tab") == "in" else "missing"
    rows = (
        given.select_related("plan__learner", "plan__institution", "mentor__user").order_by(
            "-given_at", "-pk"
        )
        if tab == "in"
        else lacking
    )
    shown = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    return page(
        request,
        "closing/evaluations.html",
        tabs=[
            {"label": _("missing"), "url": "?", "count": lacking.count(), "current": tab == "missing"},
            {"label": _("in"), "url": "?tab=in", "count": given.count(), "current": tab == "in"},
        ],
        tab=tab,
        rows=shown,
        pager=shown,
        figures=figures(given) if tab == "in" else None,
        publishes=may_publish_questions(user),
        named=not user.holds(Role.PROGRAMME_ADMINISTRATOR),
    )
