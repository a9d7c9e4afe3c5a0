"""The mentor's review of the cooperation, and why it cannot be had."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from celabiedrs.closing.actions import excuse_review, review_cooperation
from celabiedrs.closing.facts import last_sheet_in_hand, mentors_without_review
from celabiedrs.closing.forms.review import ExcuseForm, ReviewForm
from celabiedrs.closing.pages.scope import pairs_plan
from celabiedrs.hours.access import own_plans
from celabiedrs.hours.models import CooperationReview
from celabiedrs.lib.acts import require
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import User
from celabiedrs.plans.access import may_answer_for
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState


@form_page
def review(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Write the review, or change it while the last month is still with the mentor."""
    by = request.user
    assert isinstance(by, User)
    plans = SupportPlan.objects.filter(own_plans(by)).select_related("learner", "institution")
    plan = get_object_or_404(plans, public_id=public_id)
    written = CooperationReview.objects.filter(plan=plan, mentor__user_id=by.pk).first()
    initial = (
        {
            "text": written.cooperation,
            "conclusions": written.conclusions,
            "recommendation": written.recommendation,
        }
        if written
        else {}
    )
    form = ReviewForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, review_cooperation, by=by, plan=plan, **form.cleaned_data)
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("The review is stored."))
            return _on_to_the_sheet(by, plan)
    return page(request, "closing/review.html", form=form, plan=plan, written=written)


@form_page
def excuse(request: SignedIn, public_id: uuid.UUID, mentor: uuid.UUID) -> HttpResponse:
    """[LOG-12] The responsible person says why a mentor's review cannot be had, on a plan that closed without it."""
    by, plan = request.user, pairs_plan(request, public_id)
    require(may_answer_for(by, plan))
    missing = {found.public_id: found for found in mentors_without_review(plan)}
    if mentor not in missing or plan.state != PlanState.ENDED:
        raise Http404
    form = ExcuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, excuse_review, by=by, plan=plan, mentor=missing[mentor], **form.cleaned_data)
        if done is not None:
            messages.success(request, _("Stored. The timesheets can be handed over without the review."))
            return redirect("closing:ending", public_id)
    return page(request, "closing/excuse.html", form=form, plan=plan, mentor=missing[mentor])


def _on_to_the_sheet(by: User, plan: SupportPlan) -> HttpResponse:
    """The review was what the last month waited for: on to that month, else to the plan."""
    last = last_sheet_in_hand(plan, by.mentor)
    if last is None:
        return redirect("hours:plan", plan.public_id)
    return redirect("hours:month", plan.public_id, last.month)
