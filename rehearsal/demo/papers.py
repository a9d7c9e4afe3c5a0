"""The papers: timesheets of plans that are over go to the school, and some originals have their place already."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from celabiedrs.closing.actions import hand_over, place_original, receive
from celabiedrs.closing.models import HandOver
from celabiedrs.closing.reading.handover import leaving
from celabiedrs.closing.reading.originals import papers_of
from celabiedrs.hours.actions import submit_month, verify_month
from celabiedrs.hours.actions.months import is_last, paper_sum
from celabiedrs.hours.models import SheetState, Timesheet
from celabiedrs.hours.workflow import WRITABLE
from celabiedrs.lib.acts import Refused
from celabiedrs.people.models import Role, User
from celabiedrs.plans.models import SupportPlan
from rehearsal.demo.cast import Cast
from rehearsal.demo.plans import review_plan
from rehearsal.demo.scenery import Scenery

PLACED_AT = ("A", "B")
SETTLED, HANDED, PLACED = timedelta(hours=3), timedelta(hours=2), timedelta(hours=1)
RECEIVED = "ended_early"


def put_on_agenda(cast: Cast, scenery: Scenery) -> None:
    """In the last hours of the story, when all else has happened."""
    scenery.later(scenery.now - SETTLED, lambda: _settle(cast, scenery))
    scenery.later(scenery.now - HANDED, lambda: _hand_over(cast, scenery))
    scenery.later(scenery.now - PLACED, lambda: _place(cast, scenery))


def _settle(cast: Cast, scenery: Scenery) -> None:
    """The last months of plans that have ended are submitted and verified, so that nothing stands in the way."""
    for track in cast.tracks:
        if track.fate not in ("ended_early", "finished_well"):
            continue
        plan = track.plan(scenery.label_now())
        by = scenery.person(scenery.mentor(track.mentor).user_id)
        for sheet in plan.timesheets.exclude(state=SheetState.VERIFIED).order_by("month"):
            with suppress(Refused):  # on the very day of the end a month is not over yet; then it waits
                _settle_sheet(sheet, by, scenery.holder(Role.RESPONSIBLE_PERSON, track.school))


def _settle_sheet(sheet: Timesheet, by: User, verifier: User) -> None:
    what: dict[str, Any] = {"plan": sheet.plan, "month": sheet.month.isoformat()[:7]}
    if sheet.state in WRITABLE:
        if is_last(sheet) and not sheet.plan.reviews.exists():
            review_plan(by, sheet.plan)
        submit_month(by=by, no_double_funding=True, **what)
    hours, any_paper = paper_sum(sheet)
    verify_month(by=verifier, mentor=by.mentor, paper_hours=hours if any_paper else None, **what)


def _hand_over(cast: Cast, scenery: Scenery) -> None:
    """Mentors hand over what is ready; of the plan that ended early the act is received."""
    for mentor in cast.mentors.values():
        by = scenery.person(mentor.user_id)
        for row in leaving(by):
            if row.state == "ready":
                hand_over(by=by, plan=row.plan)
    for track in cast.tracks:
        act = (
            HandOver.objects.filter(plan__in=track.plans.values()).first() if track.fate == RECEIVED else None
        )
        if act is not None:
            receive(by=scenery.holder(Role.PREPARER, track.school), hand_over=act)


def _place(cast: Cast, scenery: Scenery) -> None:
    """At two schools the papers of every other plan lie in their folder."""
    for key in PLACED_AT:
        by = scenery.holder(Role.PREPARER, key)
        plans = SupportPlan.objects.filter(institution=cast.places[key], approved_at__isnull=False)
        for number, plan in enumerate(plans.order_by("pk")[::2], start=1):
            papers = [
                paper
                for paper in papers_of([plan])
                if paper.placeable and paper.original is None and paper.keeper_id == cast.places[key].pk
            ]
            if papers:
                place_original(by=by, papers=papers, place=f"Lietvedībā, {number}. mape", holder="lietvede")
