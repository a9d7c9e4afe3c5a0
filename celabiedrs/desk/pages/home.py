"""The home page, the list of plans and the page of a plan: for each role what it may see, and nothing else."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from celabiedrs.closing.access import papers_visible_to
from celabiedrs.closing.reading.steps import end_of_life, ending_link
from celabiedrs.desk.reading.figures import figures_for
from celabiedrs.desk.reading.timeline import timeline
from celabiedrs.desk.waiting import waits_for
from celabiedrs.hours.access import SHOWN_TO_SCHOOL, rows_visible_to, sheets_visible_to
from celabiedrs.hours.models import SheetState, Timesheet
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.look import shown
from celabiedrs.lib.look.waits import address
from celabiedrs.lib.searched import search, words_of
from celabiedrs.lib.searching import found as with_words
from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role, User
from celabiedrs.places.models import Institution
from celabiedrs.plans.access import (
    may_decide,
    may_prepare,
    may_print,
    may_read_papers,
    may_read_story,
    plans_visible_to,
    questioned_by,
)
from celabiedrs.plans.actions.decision import what_waits
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.reading.steps import Possible, life_of
from celabiedrs.plans.reading.values import texts_of, values_of
from celabiedrs.plans.words import PlanState, QuestionState
from celabiedrs.plans.workflow import NOT_OVER, PREPARED

PAGE_LENGTH = 50

TONES = {
    PlanState.DRAFT: "grey",
    PlanState.SUBMITTED: "amber",
    PlanState.RETURNED: "red",
    PlanState.ACTIVE: "green",
    PlanState.SUSPENDED: "amber",
    PlanState.ENDED: "grey",
    PlanState.WITHDRAWN: "grey",
}
SHEET_TONES = {
    SheetState.OPEN: "grey",
    SheetState.SUBMITTED: "amber",
    SheetState.RETURNED: "red",
    SheetState.VERIFIED: "green",
}


@require_safe
def home(request: SignedIn) -> HttpResponse:
    """What waits for the person who looks, and for those who steer the figures."""
    user = request.user
    return page(
        request,
        "desk/home.html",
        is_mentor=hasattr(user, "mentor"),
        first_is_main=not hasattr(user, "mentor"),  # a mentor's page has its main button already
        waits=waits_for(user),
        figures=figures_for(user),
        lists_plans=user.holds(Role.PROJECT_EXPERT, Role.MUNICIPALITY_COORDINATOR),
    )


@dataclass(frozen=True)
class PlanRow:
    """A plan in the list; the learner and the mentor only where the viewer may read its story."""

    url: str
    number: str
    learner: str
    stage: str
    mentor: str
    school: str
    hours_per_month: int
    state: str
    tone: str


def stage_words(plan: SupportPlan) -> str:
    if plan.class_year is not None:
        return _("class %(number)s") % {"number": plan.class_year}
    return _("course %(number)s") % {"number": plan.course_year}


@require_http_methods(["GET", "HEAD", "POST"])
def plans(request: SignedIn) -> HttpResponse:
    """The plans of whose dates and state a person may know, by state and by words of the learner's or mentor's name."""
    if request.method == "POST":
        return search(request)
    user = request.user
    seen = SupportPlan.objects.filter(plans_visible_to(user))
    state, words = request.GET.get("state", ""), words_of(request)
    with_story = not user.holds(Role.MUNICIPALITY_COORDINATOR)
    found = seen.filter(state=state) if state in PlanState.values else seen
    if words:
        names = ("learner__name", "mentor__user__name") if with_story else ()
        found = with_words(found, words, "number", *names)
    found = found.select_related("learner", "mentor__user", "institution").order_by(
        "-year", "-semester", "number"
    )
    pages = Paginator(found, PAGE_LENGTH)
    shown_page = pages.get_page(request.GET.get("page"))
    return page(
        request,
        "desk/plans.html",
        rows=[_plan_row(plan, with_story) for plan in shown_page],
        pager=shown_page,
        states=[(value, label, value == state) for value, label in PlanState.choices],
        words=words,
        state=state,
        total=pages.count,
        any_at_all=seen.exists(),
        with_story=with_story,
    )


def _plan_row(plan: SupportPlan, with_story: bool) -> PlanRow:
    return PlanRow(
        url=address("desk:plan", plan.public_id),
        number=plan.number,
        learner=plan.learner.name if with_story else "",
        stage=stage_words(plan) if with_story else "",
        mentor=plan.mentor.user.name if with_story and plan.mentor else "",
        school=plan.institution.name,
        hours_per_month=plan.hours_per_month,
        state=str(PlanState(plan.state).label),
        tone=TONES[PlanState(plan.state)],
    )


@dataclass(frozen=True)
class MonthRow:
    """A month of a plan: whose, how many held hours (None while it is the mentor's draft), in which state, where it can
    be read."""

    month: date
    mentor: str
    hours: int | None
    state: str
    tone: str
    url: str


def _months(plan: SupportPlan, user: User, *, with_people: bool) -> list[MonthRow]:
    sheets = Timesheet.objects.filter(sheets_visible_to(user), plan=plan).select_related("mentor__user")
    rows = []
    read = set(Timesheet.objects.filter(rows_visible_to(user), plan=plan).values_list("pk", flat=True))
    for sheet in sheets.distinct().order_by("-month", "supplement", "pk"):
        held = sheet.meetings.held().aggregate(Sum("hours"))["hours__sum"] or 0
        rows.append(
            MonthRow(
                month=sheet.month,
                mentor=sheet.mentor.user.name if with_people else "",
                hours=held if sheet.pk in read or sheet.state in SHOWN_TO_SCHOOL else None,
                state=str(SheetState(sheet.state).label),
                tone=SHEET_TONES[SheetState(sheet.state)],
                url=address("hours:sheet", sheet.public_id),
            )
        )
    return rows


@require_safe
def plan(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The page of a plan: what is in force, its papers and people for those who may read them, its months and past."""
    user = request.user
    found = get_object_or_404(
        SupportPlan.objects.filter(plans_visible_to(user)).select_related(
            "learner__institution", "mentor__user", "institution__municipality"
        ),
        public_id=public_id,
    )
    story = may_read_story(user, found)
    looked(user, role=_role_of(user, found), what="plan", thread=found.public_id)
    agreements = found.agreements.select_related("text", "mentor__user").order_by("pk") if story else ()
    return page(
        request,
        "desk/plan.html",
        plan=found,
        story=story,
        back=_back(user),
        tone=TONES[PlanState(found.state)],
        facts=_facts(found, story),
        risks=found.risks.order_by("pk") if story else (),
        agreements=[(agreement, texts_of(agreement)) for agreement in agreements],
        moved_to=_moved_to(found) if story else None,
        waiting=found.amendments.filter(decision=None, superseded=False).exists(),
        months=_months(found, user, with_people=story),
        events=timeline(found, with_people=story),
        deciding=_deciding(user, found),
        preparing=_preparing(user, found),
        life=_life(user, found),
        ending=ending_link(user, found),
        questions=_questions(user, found),
        papers=_papers(user, found),
        scans=_scans(user, found),
        printed=address("plans:print", found.public_id) if story and may_print(user, found) else "",
    )


def _back(user: User) -> tuple[str, str]:
    """The list from which this person comes to a plan: label and address."""
    if user.holds(Role.PREPARER):
        return _("My plans"), address("plans:mine")
    if hasattr(user, "mentor") and not user.posts_on():
        return _("Today"), address("hours:today")
    return _("Plans"), address("desk:plans")


def _moved_to(found: SupportPlan) -> Institution | None:
    """The school at which the learner is now, where it is another than the plan's and the plan still runs."""
    here = found.learner.institution_id == found.institution_id
    return None if here or found.state not in NOT_OVER else found.learner.institution


def _scans(user: User, found: SupportPlan) -> list[tuple[str, str]]:
    """The signed papers that can be read in the page, for those who may: words and address."""
    if not may_read_papers(user, found):
        return []
    request = getattr(found, "request", None)
    rows = []
    if request is not None and request.scan_id is not None:
        rows.append((_("Signed request"), address("plans:request-paper", found.public_id)))
    for agreement in found.agreements.exclude(scan=None).select_related("mentor__user").order_by("pk"):
        words = _("Signed agreement with %(mentor)s") % {"mentor": agreement.mentor.name}
        rows.append((words, address("plans:agreement-of", found.public_id, agreement.mentor.public_id)))
    return rows


def _papers(user: User, found: SupportPlan) -> str:
    """Where the originals of its papers lie, for those who may know."""
    seen = SupportPlan.objects.filter(papers_visible_to(user), pk=found.pk).exists()
    return address("closing:papers", found.public_id) if seen else ""


def _deciding(user: User, found: SupportPlan) -> str:
    """Where the expert decides on it, while something waits."""
    return address("plans:decide", found.public_id) if may_decide(user, found) and what_waits(found) else ""


def _preparing(user: User, found: SupportPlan) -> str:
    """Where the preparer goes on with it, while it is drafted or was returned."""
    prepared = found.state in PREPARED and may_prepare(user, found)
    return address("plans:prepare", found.public_id) if prepared else ""


def _life(user: User, found: SupportPlan) -> list[Possible]:
    """What the preparer can do with it now, what is open first; the end and the next plan are the closing's."""
    rows = [*life_of(user, found), *end_of_life(user, found)]
    return sorted(rows, key=lambda row: bool(row.why_not))


def _questions(user: User, found: SupportPlan) -> dict[str, object] | None:
    """How many questions are open, for those between whom they go."""
    if not SupportPlan.objects.filter(questioned_by(user), pk=found.pk).exists():
        return None
    count = found.questions.exclude(state=QuestionState.CLOSED).count()
    return {"url": address("plans:questions", found.public_id), "count": count}


def _role_of(user: User, found: SupportPlan) -> str:
    """As whom a person looks: the post that shows it, else the mentor."""
    posts = [post.role for post in user.posts_on() if post.institution_id in (None, found.institution_id)]
    return posts[0] if posts else "mentor"


def _facts(found: SupportPlan, story: bool) -> list[dict[str, object]]:
    """The summary list of a plan."""
    rows: list[dict[str, object]] = []
    if story:
        rows.append({"label": _("Learner"), "value": f"{found.learner.name}, {stage_words(found)}"})
        rows.append(
            {"label": _("Mentor"), "value": found.mentor.user.name if found.mentor else _("none yet")}
        )
    rows.append({"label": _("School"), "value": found.institution.name})
    rows += ({"label": row.label, "value": row.value} for row in values_of(found, story=story))
    if found.extended_until:
        row: dict[str, object] = {
            "label": _("Extended into the summer"),
            "value": _("until %(day)s") % {"day": shown.day(found.extended_until)},
        }
        if story:
            row |= {"url": address("plans:extension-order", found.public_id), "act": _("The head's order")}
        rows.append(row)
    if found.approved_at:
        rows.append({"label": _("Approved"), "value": shown.moment(found.approved_at)})
    talks = found.talks.order_by("talked_on").values_list("talked_on", flat=True) if story else ()
    if talks:
        rows.append({"label": _("School and mentor talked"), "value": ", ".join(map(shown.day, talks))})
    return rows
