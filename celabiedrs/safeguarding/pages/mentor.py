"""The mentor's door: three questions that decide, the numbers to call, and the report (CNF-2, CNF-3)."""

import uuid
from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.hours.access import own_plans
from celabiedrs.lib import clock
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.safeguarding.access import own_reports
from celabiedrs.safeguarding.actions import raise_report
from celabiedrs.safeguarding.forms import RaiseForm
from celabiedrs.safeguarding.models import SafeguardingReport
from celabiedrs.safeguarding.reading.numbers import standing_numbers
from celabiedrs.safeguarding.reading.recipients import members_of, officers_of

OVER = (PlanState.ENDED, PlanState.WITHDRAWN)


def _mentor(request: SignedIn) -> User:
    """A mentor, whatever has become of plan and contract; to anybody else this door is not there."""
    user = request.user
    if not hasattr(user, "mentor"):
        raise Http404
    return user


def _latest(user: User) -> list[SupportPlan]:
    """The latest plan of each learner by whom one stands or stood."""
    plans = SupportPlan.objects.filter(own_plans(user)).select_related(
        "learner", "institution__municipality", "mentor"
    )
    latest: dict[int, SupportPlan] = {}
    for plan in plans.order_by("-year", "-semester", "-pk"):
        latest.setdefault(plan.learner_id, plan)
    return sorted(latest.values(), key=lambda plan: plan.learner.name)


def _regions(plans: Iterable[SupportPlan]) -> set[int]:
    return {plan.institution.municipality.region_id for plan in plans}


@require_safe
def door(request: SignedIn) -> HttpResponse:
    """Call now, report today, or talk first."""
    user = _mentor(request)
    plans = _latest(user)
    now = [plan for plan in plans if plan.state not in OVER and plan.last_day >= clock.today()]
    schools = {plan.institution: officers_of(plan.institution, but=user) for plan in now}
    numbers = standing_numbers(_regions(plans))
    return page(
        request,
        "safeguarding/door.html",
        emergency=[row for row in numbers if row.emergency],
        others=[row for row in numbers if not row.emergency],
        now=now,
        past=[plan for plan in plans if plan not in now],
        asked=[plan for plan in now if plan.mentor is not None and plan.mentor.user_id == user.pk],
        schools=list(schools.items()),
        reports=SafeguardingReport.objects.filter(own_reports(user)).order_by("-raised_at", "-pk"),
    )


@form_page
def report_now(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Write the report about the learner of a plan."""
    user = _mentor(request)
    plans = SupportPlan.objects.filter(own_plans(user)).select_related("learner", "institution__municipality")
    plan = get_object_or_404(plans, public_id=public_id)
    people = members_of(plan.institution, but=user)
    readers = [row.person.name for row in people if row.reads]
    numbers = standing_numbers(_regions([plan]))
    form = RaiseForm(
        request.POST if request.method == "POST" else None,
        numbers=numbers,
        people=people,
        readers=", ".join(readers)
        or _("nobody at the school; the programme learns at once that there is a report"),
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            raise_report,
            by=user,
            plan=plan,
            grounds=form.cleaned_data["grounds"],
            text=form.cleaned_data["text"],
            services=form.services(),
            leave_out=form.left_out(),
        )
        if done is not None:
            warn(request, done.cautions)
            return redirect("safeguarding:report", done.thing.public_id)
    return page(
        request,
        "safeguarding/report_now.html",
        plan=plan,
        form=form,
        readers=readers,
        emergency=[row for row in numbers if row.emergency],
        leaving_out=bool(form["leave_out"].value()),
    )
