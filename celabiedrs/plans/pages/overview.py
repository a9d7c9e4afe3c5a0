"""The preparer's plans: forty at a glance, by state and by what is missing (DUT-7)."""

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from celabiedrs.lib.look.listing import Column, Listing
from celabiedrs.lib.searched import search
from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role, User
from celabiedrs.places.facts import programme
from celabiedrs.plans.access import story_visible_to
from celabiedrs.plans.actions.bulk import ACTS, Row, row_of
from celabiedrs.plans.models import PlanSketch, SupportPlan
from celabiedrs.plans.pages.readiness import stage_words
from celabiedrs.plans.pages.scope import own_schools
from celabiedrs.plans.words import PlanState
from celabiedrs.plans.words.fields import TASKS
from celabiedrs.plans.workflow import PREPARED

TONES = {
    PlanState.DRAFT: "grey", PlanState.SUBMITTED: "amber", PlanState.RETURNED: "red", PlanState.ACTIVE: "green",
    PlanState.SUSPENDED: "amber", PlanState.ENDED: "grey", PlanState.WITHDRAWN: "grey",
}  # fmt: skip
GROUPS = {
    "returned": (PlanState.RETURNED,),
    "preparing": (PlanState.DRAFT,),
    "submitted": (PlanState.SUBMITTED,),
    "active": (PlanState.ACTIVE,),
    "suspended": (PlanState.SUSPENDED,),
    "over": (PlanState.ENDED, PlanState.WITHDRAWN),
}


def own_plans(user: User) -> Any:
    """Plans of the schools at which the person prepares."""
    return (
        SupportPlan.objects.filter(story_visible_to(user), institution__in=user.institutions(Role.PREPARER))
        .select_related("learner", "mentor__user", "institution", "contract__employer", "request", "preparer")
        .order_by("learner__sort_name", "-year", "-semester")
    )


def _group_words() -> dict[str, str]:
    return {
        "": _("all"),
        "returned": _("returned"),
        "preparing": _("in preparation"),
        "submitted": _("with the expert"),
        "active": _("approved"),
        "suspended": _("suspended"),
        "over": _("over"),
    }


def _plan_text(row: Row) -> str:
    plan = row.plan
    return (
        f"{plan.learner.name} {plan.number} {plan.mentor.name if plan.mentor else ''} {plan.institution.name}"
    )


COLUMNS = (
    Column[Row]("learner", gettext_lazy("Learner"), lambda row: row.plan.learner.name),
    Column[Row](
        "state", gettext_lazy("State"), lambda row: row.plan.get_state_display(), lambda row: row.urgency
    ),
    Column[Row]("missing", gettext_lazy("What is missing"), lambda row: ", ".join(row.lacks)),
    Column[Row](
        "mentor", gettext_lazy("Mentor"), lambda row: row.plan.mentor.name if row.plan.mentor else ""
    ),
)
KEPT = (
    *COLUMNS,
    Column[Row]("number", gettext_lazy("Number"), lambda row: row.plan.number),
    Column[Row]("stage", gettext_lazy("Class or course"), lambda row: stage_words(row.plan)),
    Column[Row]("semester", gettext_lazy("Semester"), lambda row: row.plan.label),
    Column[Row]("hours", gettext_lazy("Hours a month"), lambda row: row.plan.hours_per_month),
    Column[Row]("until", gettext_lazy("Last day of the plan"), lambda row: row.plan.last_day),
    Column[Row]("school", gettext_lazy("School"), lambda row: row.plan.institution.name),
)


def _asked_for(request: SignedIn) -> list[SupportPlan]:
    """The school's plans, or those that the person looks after and those that nobody does."""
    plans = own_plans(request.user)
    if request.GET.get("whose") == "mine":
        plans = plans.filter(preparer__in=[request.user.pk]) | plans.filter(preparer=None)
    return list(plans)


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: SignedIn) -> HttpResponse:
    """The plans of their own school, what asks for work first: searched, sorted, by state and by what is missing,
    and the bar for several at once."""
    user = request.user
    schools = own_schools(user)
    if request.method == "POST":
        return search(request)
    known = programme()
    plans = _asked_for(request)
    counts = Counter(group for plan in plans for group, states in GROUPS.items() if plan.state in states)
    group = request.GET.get("state", "")
    rows = [row_of(plan, known) for plan in plans if _in_group(plan, group)]
    missing = Counter(task for row in rows for task in row.tasks)
    lack = request.GET.get("missing", "")
    listed = Listing(
        request,
        sorted((row for row in rows if _matches(row, lack)), key=lambda row: row.urgency),
        KEPT,
        text=_plan_text,
    )
    if (table := listed.table("plani.xlsx")) is not None:
        return table
    return page(
        request,
        "plans/mine.html",
        rows=[_shown(row) for row in listed.rows],
        list=listed,
        heads=[head for head, _column in zip(listed.heads, COLUMNS, strict=False)],
        any_at_all=bool(plans),
        tabs=_tabs(request, counts, group, len(plans) - counts["over"]),
        lacks=[
            (task, f"{title} ({missing[task]})", task == lack)
            for task, title in TASKS.items()
            if missing[task]
        ],
        lack=lack,
        ready=sum(row.ready for row in rows),
        group=group,
        whose=request.GET.get("whose", ""),
        acts=list(ACTS.items()),
        sketches=PlanSketch.objects.filter(learner__institution__in=schools)
        .select_related("learner")
        .order_by("learner__sort_name"),
        several=len(schools) > 1,
    )


def _in_group(plan: SupportPlan, group: str) -> bool:
    if not group:
        return plan.state not in GROUPS["over"]
    return group not in GROUPS or plan.state in GROUPS[group]


def _matches(row: Row, lack: str) -> bool:
    if lack == "ready":
        return row.ready
    return not lack or lack in row.tasks


def _tabs(request: SignedIn, counts: Counter[str], group: str, total: int) -> list[dict[str, Any]]:
    tabs = []
    for name, label in _group_words().items():
        if name and not counts[name] and name != group:
            continue
        query = request.GET.copy()
        query.pop("missing", None)
        query["state"] = name
        if not name:
            query.pop("state", None)
        tabs.append(
            {
                "label": label,
                "url": f"?{query.urlencode()}",
                "current": name == group,
                "count": counts[name] if name else total,
            }
        )
    return tabs


def _shown(row: Row) -> dict[str, Any]:
    plan = row.plan
    return {
        "plan": plan,
        "stage": stage_words(plan),
        "prepared": plan.state in PREPARED,
        "state": plan.get_state_display(),
        "tone": TONES[PlanState(plan.state)],
        "ready": row.ready,
        "untouched": row.untouched,
        "lacks": row.lacks,
        "why_not": row.why_not,
    }
