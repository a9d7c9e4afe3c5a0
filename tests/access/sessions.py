"""Supervision in the matrix's world: one session to come and one that was held, in each of the three places."""

from datetime import datetime
from typing import Any

from celabiedrs.lib import clock
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.registry.models import Mentor
from celabiedrs.supervision.actions import (
    compose_group,
    confirm_group,
    hold_session,
    nominate,
    plan_session,
    send_theme,
    show_interest,
)
from celabiedrs.supervision.models import SupervisionSession, Theme

LED_BY = {"own": "supervisor", "neighbour": "supervisor", "far": "far_supervisor"}
NOMINATED_BY = {"own": "responsible", "neighbour": "neighbour_staff", "far": "far_staff"}


def sessions_of(known: dict[Any, int], relation: str, people: dict[str, User]) -> dict[str, str]:
    """What stands in addresses: the session to come, a theme of it, the session that was held."""
    plan = SupportPlan.objects.select_related("institution__municipality").get(pk=known["plan", relation])
    mentor, by = Mentor.objects.get(pk=plan.mentor_id), people[LED_BY[relation]]
    nominator = people[NOMINATED_BY[relation]]
    with clock.at(datetime(2026, 10, 1, 9, 0)):
        ahead, held = (_planned(by, plan, day) for day in ("2026-11-24", "2026-10-20"))
        for session in (ahead, held):
            show_interest(by=mentor.user, session=session)
            nominate(by=nominator, mentor=mentor, session=session)
        send_theme(by=mentor.user, session=ahead, text="Kā novilkt robežu?")
        compose_group(by=by, session=ahead, members=[mentor])
        compose_group(by=by, session=held, members=[mentor])
        confirm_group(by=by, session=held)
    with clock.at(datetime(2026, 10, 20, 14, 0)):
        hold_session(by=by, session=held, attended=[mentor])
    return {
        "session": str(ahead.public_id),
        "held_session": str(held.public_id),
        "theme": str(Theme.objects.get(session=ahead).pk),
    }


def _planned(by: User, plan: SupportPlan, day: str) -> SupervisionSession:
    return plan_session(
        by=by,
        group="II",
        municipality=plan.institution.municipality,
        day=day,
        start="10:00",
        minutes=180,
        place="Kultūras nams",
        mode="in_person",
    ).thing
