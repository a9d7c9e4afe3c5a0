"""Steps that the tests of supervision share: a session on its way, and a mentor of the school next door."""

from datetime import date
from typing import Any

from celabiedrs.people.models import User
from celabiedrs.registry.models import Mentor
from celabiedrs.supervision.actions import (
    compose_group,
    confirm_group,
    hold_session,
    nominate,
    plan_session,
    show_interest,
)
from celabiedrs.supervision.models import SupervisionSession
from tests.cast import at
from tests.cast.programme import Cast

FIRST = "2026-10-01 10:00"


def planned(cast: Cast, **changed: Any) -> SupervisionSession:
    values: dict[str, Any] = {
        "group": "II",
        "municipality": cast.cesis,
        "day": date(2026, 10, 20),
        "start": "10:00",
        "minutes": 180,
        "place": "Cēsis",
        "mode": "in_person",
    }
    with at(FIRST):
        return plan_session(by=cast.supervisor, **(values | changed)).thing


def nominated(cast: Cast, session: SupervisionSession, mentor: Mentor, by: User | None = None) -> None:
    with at(FIRST):
        show_interest(by=mentor.user, session=session)
        nominate(by=by or cast.responsible, mentor=mentor, session=session)


def composed(cast: Cast, *mentors: Mentor) -> SupervisionSession:
    session = planned(cast)
    for mentor in mentors or (cast.ilze,):
        nominated(cast, session, mentor)
    with at(FIRST):
        compose_group(by=cast.supervisor, session=session, members=list(mentors or (cast.ilze,)))
    return session


def at_near_school(cast: Cast, name: str = "Maija Liepa") -> Mentor:
    """A mentor with a plan at the school of the neighbour municipality."""
    mentor = cast.mentor(name)
    learner = cast.learner("Pēteris", school=cast.near_school)
    cast.planned(learner, mentor, cast.contracted(mentor, cast.near_school))
    return mentor


def confirmed(cast: Cast, *mentors: Mentor) -> SupervisionSession:
    session = composed(cast, *mentors)
    with at("2026-10-10 09:00"):
        confirm_group(by=cast.supervisor, session=session)
    return SupervisionSession.objects.get(pk=session.pk)


def held(cast: Cast, *mentors: Mentor) -> SupervisionSession:
    """A session that was held; everybody of the group was there."""
    session = confirmed(cast, *mentors)
    with at("2026-10-20 14:00"):
        hold_session(by=cast.supervisor, session=session, attended=list(mentors or (cast.ilze,)))
    return SupervisionSession.objects.get(pk=session.pk)
