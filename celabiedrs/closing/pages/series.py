"""What is typed for each plan by itself is asked for one plan after another: the mentor's evaluations, the preparer's
feedback, the next plans.

Each page leads on to the next one; one that is left for later waits where it stood before.
"""

import uuid
from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.closing.access import plans_listed_for
from celabiedrs.closing.pages.scope import is_id
from celabiedrs.closing.pages.semester import own_school
from celabiedrs.closing.reading.answers import missing
from celabiedrs.closing.reading.ends import EndStatus
from celabiedrs.closing.reading.following import by_name, papers_to_file
from celabiedrs.closing.reading.semester import ends_of, to_renew, to_speak_of
from celabiedrs.hours.access import own_plans
from celabiedrs.lib.acts import require
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role
from celabiedrs.plans.models import SupportPlan

MODE = "one_after_another"


@require_safe
def next_plan(request: SignedIn) -> HttpResponse:
    """On to the next plan whose successor is to be drafted; back to the list when none is left."""
    return _on(request, to_renew, "closing:renew", "next", _("Every next plan is drafted."))


@require_safe
def next_papers(request: SignedIn) -> HttpResponse:
    """On to the next plan whose request and agreement are to be entered; back to the list when none is left."""
    user = request.user
    school, schools = own_school(request)
    require(user.holds(Role.PREPARER, at=school))
    waiting = list(papers_to_file(user, school))
    after = request.GET.get("after", "")
    passed = SupportPlan.objects.filter(plans_listed_for(user), public_id=after) if is_id(after) else None
    last = passed.select_related("learner").first() if passed is not None else None
    left = [plan for plan in waiting if last is None or by_name(plan) > by_name(last)]
    query = QueryDict(mutable=True)
    if len(schools) > 1:
        query["school"] = str(school.public_id)
    if left:
        query[MODE] = "1"
        return redirect(f"{reverse('closing:following', args=[left[0].public_id])}?{query.urlencode()}")
    if not waiting:
        messages.success(request, _("The papers of every next plan are entered."))
    return redirect(reverse("closing:semester") + (f"?{query.urlencode()}" if query else ""))


@require_safe
def next_feedback(request: SignedIn) -> HttpResponse:
    """On to the next plan that lacks the preparer's feedback; back to the list when none is left."""
    return _on(
        request, to_speak_of, "closing:feedback", "feedback", _("The feedback on every plan is given.")
    )


@require_safe
def next_evaluation(request: SignedIn) -> HttpResponse:
    """On to the mentor's next plan without an evaluation, by its last day; to the home page when none is left."""
    user = request.user
    if not hasattr(user, "mentor"):
        raise Http404
    plans = SupportPlan.objects.filter(own_plans(user), mentor__user_id=user.pk)
    waiting = list(missing(plans))
    after = request.GET.get("after", "")
    passed = plans.filter(public_id=after).first() if is_id(after) else None
    left = [plan for plan in waiting if passed is None or _by_day(plan) > _by_day(passed)]
    if left:
        return redirect(reverse("closing:evaluation", args=[left[0].public_id]) + f"?{MODE}=1")
    if not waiting:
        messages.success(request, _("All your evaluations are in."))
    return redirect("desk:home")


def _by_day(plan: SupportPlan) -> tuple[date, int]:
    return plan.last_day, plan.pk


def _on(
    request: SignedIn,
    waiting_of: Callable[[list[EndStatus]], list[EndStatus]],
    page_of_one: str,
    tab: str,
    all_done: str,
) -> HttpResponse:
    user = request.user
    school, schools = own_school(request)
    require(user.holds(Role.PREPARER, at=school))
    rows = ends_of(user, school)
    waiting = waiting_of(rows)
    passed = next((row for row in rows if str(row.plan.public_id) == request.GET.get("after")), None)
    left = [row for row in waiting if passed is None or row.by_name > passed.by_name]
    query = QueryDict(mutable=True)
    if len(schools) > 1:
        query["school"] = str(school.public_id)
    if left:
        query[MODE] = "1"
        return redirect(f"{reverse(page_of_one, args=[left[0].plan.public_id])}?{query.urlencode()}")
    if waiting:
        query["tab"] = tab
    else:
        messages.success(request, all_done)
    return redirect(reverse("closing:semester") + (f"?{query.urlencode()}" if query else ""))


def onward(request: SignedIn, name: str, public_id: uuid.UUID) -> str:
    """Where the page of one plan leads on to; empty where it was opened by itself."""
    if MODE not in request.GET:
        return ""
    query = QueryDict(mutable=True)
    query["after"] = str(public_id)
    if "school" in request.GET:
        query["school"] = request.GET["school"]
    return f"{reverse(name)}?{query.urlencode()}"
