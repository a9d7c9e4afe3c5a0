"""The whole story, from an empty programme to now, in one transaction: all of it is there, or nothing."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.db import transaction

from celabiedrs.evidence.actions import draw_sample
from celabiedrs.lib import clock
from celabiedrs.people.models import Role, User
from celabiedrs.places.actions import load_calendar, load_municipalities
from celabiedrs.places.facts import programme
from celabiedrs.plans.actions import override_semester
from rehearsal.demo import confidence, meetings, messages, papers, pay, plans, retention, supervision
from rehearsal.demo.cast import CHECKS_RUN_OUT, Cast
from rehearsal.demo.days import demo_today, story_months, story_now
from rehearsal.demo.names import Names
from rehearsal.demo.scenery import Scenery
from rehearsal.demo.staff import (
    ADMINISTRATOR,
    fill_posts,
    fill_registry,
    open_programme,
    publish_rates,
    sign_contracts,
)

SAMPLE = 5
PREPARATION = timedelta(days=40)


class NotEmpty(Exception):
    """The programme has people of its own; made-up ones do not belong among them."""


def is_there() -> bool:
    """Whether the demonstration programme has been built already."""
    return User.objects.filter(email=ADMINISTRATOR).exists()


@transaction.atomic
def build(progress: Callable[[float], None] = lambda share: None) -> bool:
    """Build it, unless it is there. NotEmpty where there are other people."""
    if is_there():
        return False
    if User.objects.exists():
        raise NotEmpty
    load_calendar()
    load_municipalities()
    calendar = programme().calendar
    today = demo_today(clock.today(), calendar)
    months = story_months(today, calendar)
    cast = Cast(begins_on=months[0].since - PREPARATION)
    scenery = Scenery(cast, story_now(today, clock.now()), months, progress)
    names = Names(scenery.random)
    with clock.at(clock.moment_of(cast.begins_on, time(9, 0))):
        administrator = open_programme(cast)
        fill_posts(cast, names, administrator)
        publish_rates(scenery.person(administrator.pk), today)
        fill_registry(cast, scenery, names, administrator)
    _contracts(cast, scenery)
    with clock.at(_papers_begin(scenery) - timedelta(days=2)):
        _own_semester(cast, scenery)
        plans.enrol_learners(cast, scenery, names)
    for part in (plans, meetings, pay, supervision, confidence, papers, messages):
        part.put_on_agenda(cast, scenery)
    scenery.play()
    messages.read_what_is_old(scenery)
    _draw_sample(scenery)
    retention.keep(scenery)
    return True


def _papers_begin(scenery: Scenery, label: str = "") -> datetime:
    first = scenery.first_day_in(label or scenery.months[0].label)
    return clock.moment_of(first - timedelta(days=plans.PAPERS_TAKE), time(8, 0))


def _contracts(cast: Cast, scenery: Scenery) -> None:
    """One contract for each mentor and school year that the story touches."""
    known = programme().calendar
    for label in scenery.labels():
        year = label[:7]
        semesters = [one for one in (f"{year}-1", f"{year}-2") if one >= label and known.knows(one)]
        if label == scenery.labels()[0] or year != scenery.labels()[0][:7]:
            moment = _papers_begin(scenery, label) - timedelta(days=5)
            with clock.at(moment):
                sign_contracts(cast, scenery, semesters)


def _own_semester(cast: Cast, scenery: Scenery) -> None:
    """[CAL-2] One vocational school's semester ends two days after the others'."""
    label, head = scenery.label_now(), scenery.holder(Role.HEAD, "O")
    rows = [row for row in programme().calendar.semesters if f"{row.year}-{row.number}" == label]
    override_semester(
        by=head,
        institution=cast.places["O"],
        semester=label,
        starts_on=min(row.since for row in rows),
        ends_on=scenery.plan_ends_on() + timedelta(days=2),
        order_scan=scenery.paper("order", f"Rīkojums par semestri {label}", by=head),
    )


def _draw_sample(scenery: Scenery) -> None:
    """The auditor's post shows a handful of plans."""
    draw_sample(
        by=User.objects.get(email=ADMINISTRATOR),
        auditor=scenery.person(scenery.cast.posts[Role.AUDITOR, ""]),
        semester=scenery.label_now(),
        least=SAMPLE,
        start=7,
    )


__all__ = ["CHECKS_RUN_OUT", "NotEmpty", "build", "is_there"]
