"""How a plan ends: where it stands, how it goes on, closing it, and the call after an early end (EVA-4, DUT-3)."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.closing.access import calls_listed_for
from celabiedrs.closing.actions import choose_way, close_plan, log_call
from celabiedrs.closing.facts import mentors_without_review
from celabiedrs.closing.forms.ends import CallForm, CloseForm, WayForm
from celabiedrs.closing.models import PlanEnd, WayOn
from celabiedrs.closing.pages.scope import pairs_plan, prepared_plan
from celabiedrs.closing.reading.calls import calls_of
from celabiedrs.closing.reading.ends import OUTCOME_OF, EndStatus, standing_of
from celabiedrs.closing.reading.tasks import tasks_of_mentor, tasks_of_school
from celabiedrs.closing.workflow import END
from celabiedrs.lib import clock
from celabiedrs.lib.acts import require
from celabiedrs.lib.look import shown
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import SCHOOL_STAFF
from celabiedrs.plans.access import may_answer_for, may_prepare
from celabiedrs.plans.pages.scope import posted_data


@form_page
def ending(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Where the end of a plan stands, for both sides; the preparer chooses here how it goes on."""
    by, plan = request.user, pairs_plan(request, public_id)
    prepares, standing = may_prepare(by, plan), standing_of(plan)
    of_school = by.holds(*SCHOOL_STAFF, at=plan.institution_id)
    form = WayForm(posted_data(request), initial={"way": standing.way or _proposed(standing)})
    if request.method == "POST":
        require(prepares)
        done = attempt(form, choose_way, by=by, plan=plan, **form.cleaned_data) if form.is_valid() else None
        if done is not None:
            messages.success(request, _("Stored. The mentor has been told."))
            return _after_choice(public_id, str(done.thing.way))
    return page(
        request,
        "closing/ending.html",
        plan=plan,
        standing=standing,
        tasks=tasks_of_school(standing, prepares=prepares) if of_school else tasks_of_mentor(by, standing),
        of_school=of_school,
        prepares=prepares,
        chooses=prepares and plan.state in END.sources,
        unreviewed=mentors_without_review(plan) if of_school and not standing.live else (),
        excuses=may_answer_for(by, plan),
        may_ask=of_school and not standing.evaluated and standing.plan.mentor_id is not None,
        form=form,
    )


def _proposed(standing: EndStatus) -> str:
    """What the mentor's word leads to; the preparer may choose otherwise."""
    return {"yes": WayOn.CONTINUE, "no": WayOn.FINISH_WELL}.get(standing.goes_on, "")


def _after_choice(public_id: uuid.UUID, way: str) -> HttpResponse:
    following = {WayOn.CONTINUE: "closing:renew", WayOn.HAND_OVER: "plans:mentor"}.get(WayOn(way))
    return redirect(following or "closing:ending", public_id)


@form_page
def close(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """[DUT-3] What is in, what is missing, how it ends; what follows is said before the button."""
    by, plan = request.user, prepared_plan(request, public_id)
    if plan.state not in END.sources:
        messages.info(request, _("Only a plan that is approved and not over can be closed."))
        return redirect("desk:plan", public_id)
    standing = standing_of(plan)
    outcome = OUTCOME_OF[WayOn(standing.way)] if standing.way else ""
    form = CloseForm(posted_data(request), initial={"outcome": outcome})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, close_plan, by=by, plan=plan, **form.values())
        if done is not None:
            warn(request, done.cautions)
            _say_closed(request, done.thing)
            return redirect("desk:plan", public_id)
    return page(
        request,
        "closing/close.html",
        plan=plan,
        standing=standing,
        tasks=tasks_of_school(standing, prepares=True),
        form=form,
        days_left=(plan.last_day - clock.today()).days,
    )


def _say_closed(request: SignedIn, end: PlanEnd) -> None:
    if end.call_due_on is None:
        messages.success(request, _("The plan is closed. The mentor has been told."))
    else:
        words = _("The plan is closed. Call the learner by %(day)s; the call stands on the school's list.")
        messages.success(request, words % {"day": shown.day(end.call_due_on)})


@require_safe
def calls(request: SignedIn) -> HttpResponse:
    """Learners to call after an early end, the overdue ones first."""
    by = request.user
    require(bool(by.institutions(*SCHOOL_STAFF)))
    waiting, made = calls_of(PlanEnd.objects.filter(calls_listed_for(by)))
    return page(request, "closing/calls.html", waiting=waiting, made=made)


@form_page
def call(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The call was made: on which day, and nothing more."""
    by = request.user
    ends = PlanEnd.objects.filter(calls_listed_for(by)).select_related("plan__learner", "plan__institution")
    end = get_object_or_404(ends, plan__public_id=public_id)
    if request.method != "POST" and end.called_on is not None:
        return redirect("closing:calls")
    form = CallForm(posted_data(request), initial={"day": clock.today()})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, log_call, by=by, end=end, **form.cleaned_data)
        if done is not None:
            messages.success(request, _("Noted. Thank you for calling."))
            return redirect("closing:calls")
    return page(request, "closing/call.html", end=end, plan=end.plan, form=form)


@require_safe
def goodbye(request: SignedIn) -> HttpResponse:
    """How to say goodbye well: plain words for the mentor, to be read with the learner."""
    return page(request, "closing/goodbye.html")
