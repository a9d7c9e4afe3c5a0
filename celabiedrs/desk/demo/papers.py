"""The papers: timesheets of plans that are over go to the school, and some originals have their place already."""

from datetime import timedelta

from celabiedrs.closing.actions import hand_over, place_original, receive
from celabiedrs.closing.handing_over import leaving
from celabiedrs.closing.models import HandOver
from celabiedrs.closing.originals import papers_of
from celabiedrs.desk.demo.cast import Cast
from celabiedrs.desk.demo.scenery import Scenery
from celabiedrs.people.models import Role
from celabiedrs.plans.models import SupportPlan

PLACED_AT = ("A", "B")
HANDED, PLACED = timedelta(hours=2), timedelta(hours=1)


def put_on_agenda(cast: Cast, scenery: Scenery) -> None:
    """In the last hours of the story, when all else has happened."""
    scenery.later(scenery.now - HANDED, lambda: _hand_over(cast, scenery))
    scenery.later(scenery.now - PLACED, lambda: _place(cast, scenery))


def _hand_over(cast: Cast, scenery: Scenery) -> None:
    """Mentors hand over what is ready; every other act is received."""
    for mentor in cast.mentors.values():
        by = scenery.person(mentor.user_id)
        for row in leaving(by):
            if row.state == "ready":
                hand_over(by=by, plan=row.plan)
    for place, act in enumerate(HandOver.objects.select_related("plan").order_by("pk")):
        school = next(key for key, one in cast.places.items() if one.pk == act.plan.institution_id)
        if place % 2 == 0:
            receive(by=scenery.holder(Role.PREPARER, school), hand_over=act)


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
