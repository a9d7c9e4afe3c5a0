"""Supervision of the mentors: one session that was held, one that is to come, one that was called off."""

from datetime import time, timedelta

from celabiedrs.desk.demo.cast import Cast
from celabiedrs.desk.demo.scenery import Scenery
from celabiedrs.lib import clock
from celabiedrs.people.models import Role
from celabiedrs.supervision.actions import (
    cancel_session,
    compose_group,
    confirm_group,
    hold_session,
    nominate,
    plan_session,
    show_interest,
)
from celabiedrs.supervision.models import SupervisionSession

TOWN = "Cēsu novads"
TAKE_PART = {1: "A", 2: "A", 3: "B", 4: "A"}


def put_on_agenda(cast: Cast, scenery: Scenery) -> None:
    """The held one in the middle of the month before the last, the next one in nine days."""
    middle = list(scenery.months[-2].days())
    held_on = middle[len(middle) // 2]
    _session(scenery, "held", planned=held_on - timedelta(days=9), day=held_on)
    _session(
        scenery, "confirmed", planned=scenery.today - timedelta(days=4), day=scenery.today + timedelta(days=9)
    )
    _session(
        scenery, "planned", planned=scenery.today - timedelta(days=2), day=scenery.today + timedelta(days=24)
    )
    _session(
        scenery, "cancelled", planned=scenery.today - timedelta(days=6), day=scenery.today + timedelta(days=3)
    )


def _session(scenery: Scenery, becomes: str, *, planned, day) -> None:  # type: ignore[no-untyped-def]
    supervisor = scenery.holder(Role.SUPERVISOR, "")
    known: list[SupervisionSession] = []

    def plan() -> None:
        town = scenery.cast.places["A"].municipality
        done = plan_session(
            by=supervisor, group="II", municipality=town, day=day, start="10:00", minutes=180,
            place="Ābelkalna kultūras nams, mazā zāle", mode="in_person",
        )  # fmt: skip
        known.append(done.thing)

    def session() -> SupervisionSession:
        return SupervisionSession.objects.select_related("group", "municipality").get(pk=known[0].pk)

    def gather() -> None:
        for number, school in TAKE_PART.items():
            mentor = scenery.mentor(number)
            show_interest(by=scenery.person(mentor.user_id), session=session())
            if becomes != "planned":
                by = scenery.holder(Role.RESPONSIBLE_PERSON, school)
                nominate(by=by, mentor=mentor, session=session())

    def confirm() -> None:
        chosen = [scenery.mentor(number) for number in TAKE_PART]
        compose_group(by=supervisor, session=session(), members=chosen)
        confirm_group(by=supervisor, session=session())

    def hold() -> None:
        came = [scenery.mentor(number) for number in list(TAKE_PART)[:-1]]
        hold_session(by=supervisor, session=session(), attended=came)

    scenery.later(clock.moment_of(planned, time(9, 0)), plan)
    scenery.later(clock.moment_of(planned + timedelta(days=1), time(9, 0)), gather)
    after = clock.moment_of(planned + timedelta(days=2), time(9, 0))
    if becomes in ("held", "confirmed"):
        scenery.later(after, confirm)
    if becomes == "held":
        scenery.later(clock.moment_of(day, time(13, 30)), hold)
    elif becomes == "cancelled":
        scenery.later(after, lambda: cancel_session(by=supervisor, session=session()))
