"""The register of originals of one plan and of an institution; where they lie is said for several at once (DUT-4)."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from celabiedrs.closing.access import may_place, papers_visible_to
from celabiedrs.closing.actions import place_original
from celabiedrs.closing.forms.originals import PlaceForm
from celabiedrs.closing.reading.originals import (
    ACT,
    AGREEMENT,
    COMING,
    CONTRACT,
    INSIDE,
    KINDS,
    MISSING,
    NO_PLACE,
    PLACED,
    SHEET,
    STALE,
    STATES,
    WHATS,
    Paper,
    papers_of,
)
from celabiedrs.closing.reading.register import GROUPS, counted, register_of, registers
from celabiedrs.lib import clock
from celabiedrs.lib.acts import require
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.look import shown
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.tables.writing import xlsx_response
from celabiedrs.lib.web import attempt, page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import SCHOOL_STAFF, Role, User
from celabiedrs.places.models import Institution
from celabiedrs.plans.access import plans_visible_to
from celabiedrs.plans.models import SupportPlan
from celabiedrs.rules.retention import keep_until

PAGE = 60
TONES = {PLACED: "green", INSIDE: "green", NO_PLACE: "amber", STALE: "amber", MISSING: "red", COMING: "grey"}


@form_page
def papers(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The papers of one plan: what each is, where it lies, what is missing; POST places the ticked ones."""
    user = request.user
    plans = SupportPlan.objects.filter(papers_visible_to(user)).select_related("learner", "institution")
    plan = get_object_or_404(plans, public_id=public_id)
    listed = papers_of([plan])
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(any(may_place(user, paper.keeper_id) for paper in listed))
        if _place(request, form, listed):
            return redirect("closing:papers", public_id)
    elif request.method == "GET":
        looked(user, role=_role(user, plan), what="originals", thread=plan.public_id)
    rows = _rows(user, listed, request.POST.getlist("paper") if request.method == "POST" else None)
    return page(
        request,
        "closing/papers.html",
        plan=plan,
        reads_plan=SupportPlan.objects.filter(plans_visible_to(user), pk=plan.pk).exists(),
        rows=rows,
        counts=counted(listed),
        may=any(row["may"] for row in rows),
        form=form,
        until=keep_until(clock.today()),
        changes=_changes(plan.institution),
    )


@form_page
def register(request: SignedIn) -> HttpResponse:
    """The register of an institution, filtered by what has no place yet; POST places the ticked ones."""
    user = request.user
    places, place = _chosen(request)
    listed = register_of(user, place) if place else []
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(user.holds(*SCHOOL_STAFF))
        if _place(request, form, listed):
            return redirect(request.get_full_path())
    found = _filtered(request, listed)
    shown_page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = _rows(user, list(shown_page), _ticked(request))
    return page(
        request,
        "closing/register.html",
        place=place,
        places=places,
        rows=rows,
        pager=shown_page,
        total=len(found),
        any_at_all=bool(listed),
        tabs=_tabs(request, listed),
        kinds=[(kind, words, kind == request.GET.get("kind")) for kind, words in KINDS.items()],
        group=request.GET.get("group", ""),
        may=any(row["may"] for row in rows),
        receives=user.holds(Role.PREPARER),
        form=form,
        until=keep_until(clock.today()),
        changes=_changes(place) if place else [],
        query=request.GET.urlencode(),
        tick_all=_tick_all(request, rows),
    )


def _ticked(request: SignedIn) -> list[str] | None:
    """What was ticked; None, all that wait for a place, where the address says so."""
    if request.method == "POST":
        return request.POST.getlist("paper")
    return None if "all" in request.GET else []


def _tick_all(request: SignedIn, rows: list[dict[str, Any]]) -> str:
    """The same page with all ticked that wait for a place; empty where none does or they are ticked already."""
    query = request.GET.copy()
    query["all"] = "1"
    waits = any(row["may"] and row["paper"].state in (NO_PLACE, STALE) for row in rows)
    return f"?{query.urlencode()}" if waits and "all" not in request.GET else ""


@require_safe
def register_xlsx(request: SignedIn) -> HttpResponse:
    """The same register as a table to be kept or printed."""
    _places, place = _chosen(request)
    listed = _filtered(request, register_of(request.user, place)) if place else []
    until = keep_until(clock.today())
    header = [
        _("Learner"), _("Plan"), _("Mentor"), _("Paper"), _("Day or month"), _("Code"), _("Original"), _("State"),
        _("Where it lies"), _("In whose hands"), _("Kept by"), _("Kept until"), _("Noted"), _("Noted by"),
    ]  # fmt: skip
    names = _keepers(listed)
    rows = [
        [
            paper.plan.learner.name if paper.plan and paper.kind != CONTRACT else "",
            paper.plan.number if paper.plan and paper.kind != CONTRACT else "",
            paper.mentor.name if paper.mentor else "",
            str(paper.name),
            paper.day,
            paper.code,
            str(WHATS[paper.what]),
            str(paper.why or STATES[paper.state]),
            paper.original.place if paper.original else "",
            paper.original.holder if paper.original else "",
            names[paper.keeper_id].name,
            until,
            paper.original.placed_at if paper.original else None,
            paper.original.placed_by.name if paper.original and paper.original.placed_by else "",
        ]
        for paper in listed
    ]
    return xlsx_response(f"originali-{clock.today():%Y-%m-%d}.xlsx", header, rows, sheet=_("Originals"))


def _chosen(request: SignedIn) -> tuple[list[Institution], Institution | None]:
    """The institutions whose registers one reads, and the one that is looked at."""
    user = request.user
    require(user.holds(*SCHOOL_STAFF, Role.PROJECT_EXPERT, Role.AUDITOR))
    places = registers(user)
    asked = request.GET.get("place", "")
    if asked:
        place = next((place for place in places if str(place.public_id) == asked), None)
        if place is None:
            raise Http404
        return places, place
    return places, places[0] if places else None


def _filtered(request: SignedIn, listed: list[Paper]) -> list[Paper]:
    states, kind = GROUPS.get(request.GET.get("group", "")), request.GET.get("kind", "")
    found = [paper for paper in listed if states is None or paper.state in states]
    return [paper for paper in found if kind not in KINDS or paper.kind == kind]


def _place(request: SignedIn, form: PlaceForm, listed: Sequence[Paper]) -> bool:
    """Place the ticked papers, all or none."""
    ticked = set(request.POST.getlist("paper"))
    chosen = [paper for paper in listed if paper.key and paper.key in ticked]
    if not form.is_valid():
        return False
    done = attempt(form, place_original, by=request.user, papers=chosen, **form.said())
    if done is None:
        return False
    count = len(done.thing)
    words = ngettext(
        "The place of %(count)s paper is noted.", "The place of %(count)s papers is noted.", count
    )
    messages.success(request, words % {"count": count})
    return True


def _rows(user: User, listed: Sequence[Paper], ticked: list[str] | None) -> list[dict[str, Any]]:
    """As the tables show them; `ticked` None: all that wait for a place."""
    names = _keepers(listed)
    rows = []
    for paper in listed:
        may = paper.placeable and may_place(user, paper.keeper_id)
        waits = paper.state in (NO_PLACE, STALE)
        rows.append(
            {
                "paper": paper,
                "may": may,
                "ticked": may and (waits if ticked is None else paper.key in ticked),
                "detail": _detail(paper),
                "what": WHATS[paper.what],
                "state": STATES[paper.state],
                "tone": TONES[paper.state],
                "keeper": names[paper.keeper_id],
                "learner": paper.plan.learner.name if paper.plan and paper.kind != CONTRACT else "",
            }
        )
    return rows


def _detail(paper: Paper) -> str:
    """The words that tell it from others of its kind."""
    day = shown.month(paper.day) if paper.kind == SHEET else shown.day(paper.day)
    whose = paper.mentor.name if paper.mentor and paper.kind in (AGREEMENT, CONTRACT, ACT) else ""
    return " · ".join(part for part in (day, whose, paper.code) if part)


def _keepers(listed: Sequence[Paper]) -> dict[int, Institution]:
    return Institution.objects.in_bulk({paper.keeper_id for paper in listed})


def _tabs(request: SignedIn, listed: list[Paper]) -> list[dict[str, Any]]:
    words = {"": _("all"), "no_place": _("no place yet"), "missing": _("missing"), "placed": _("in place")}
    counts, group = counted(listed), request.GET.get("group", "")
    tabs = []
    for name, label in words.items():
        query = request.GET.copy()
        query.pop("page", None)
        query["group"] = name
        tabs.append(
            {"label": label, "url": f"?{query.urlencode()}", "current": name == group, "count": counts[name]}
        )
    return tabs


def _changes(institution: Institution) -> list[Any]:
    """The history of who keeps its papers."""
    return list(institution.keeper_changes.select_related("to").order_by("-named_at", "-pk"))


def _role(user: User, plan: SupportPlan) -> str:
    posts = [post.role for post in user.posts_on() if post.institution_id in (None, plan.institution_id)]
    return posts[0] if posts else "keeper"
