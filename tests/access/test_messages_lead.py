"""Every message leads its reader to a page that is there for them: as each of those whom it is posted to."""

from typing import Any

import pytest
from django.test import Client

from celabiedrs.desk import words
from celabiedrs.desk.words import KINDS, Kind
from celabiedrs.lib import clock
from celabiedrs.lib.outbox.models import Message
from celabiedrs.lib.outbox.posting import post
from celabiedrs.people.models import User
from tests.access.walking import signed_in
from tests.access.world import NOW, World

SCHOOL = ("preparer",)
MENTOR = ("mentor", "far_mentor")
RESPONSIBLE = ("responsible",)
EXPERT = ("expert",)
STAFF = ("preparer", "responsible", "head")
READERS: dict[str, tuple[str, ...]] = {
    "plan_submitted": EXPERT,
    "amendment_waits": EXPERT,
    "plan_approved": SCHOOL,
    "mentor_plan_approved": MENTOR,
    "change_approved": SCHOOL,
    "mentor_change_approved": MENTOR,
    "plan_returned": SCHOOL,
    "change_returned": SCHOOL,
    "mentor_attached": MENTOR,
    "plan_suspended": MENTOR,
    "plan_resumed": MENTOR,
    "plan_extended": MENTOR,
    "preparing_handed_over": SCHOOL,
    "transfer_asked": SCHOOL,
    "learner_came": SCHOOL,
    "question_asked": (*MENTOR, *SCHOOL),
    "question_answered": (*MENTOR, *SCHOOL),
    "plan_evaluated": SCHOOL,
    "evaluation_asked": MENTOR,
    "way_chosen": MENTOR,
    "plan_ended": MENTOR,
    "sheets_handed_over": SCHOOL,
    "keeper_named": STAFF,
    "sheets_received": MENTOR,
    "month_submitted": RESPONSIBLE,
    "month_verified": MENTOR,
    "month_returned": MENTOR,
    "run_prepared": ("head",),
    "run_approved": ("clerk",),
    "run_sent": MENTOR,
    "mentor_nominated": ("supervisor",),
    "group_confirmed": RESPONSIBLE,
    "supervision_confirmed": MENTOR,
    "attendance_corrected": MENTOR,
    "session_cancelled": (*MENTOR, *RESPONSIBLE),
    "report_raised": ("officer",),
    "report_unacknowledged": ("officer",),
    "report_escalated": ("expert", "admin"),
    "report_acknowledged": MENTOR,
    "value_decided": ("head", "admin"),
    "post_given": ("preparer", "mentor"),
    "post_given_around": ("head", "admin"),
    "post_ended": ("nobody",),
    "post_ended_around": ("head", "admin"),
    "post_proposed": ("head", "admin"),
    "post_declined": ("admin",),
    "post_attempted": ("admin",),
    "address_change_asked": MENTOR,
    "address_changed": MENTOR,
    "contract_prolonged": MENTOR,
    "obstacle_found": ("preparer", "head", "expert"),
    "reset_proposed": ("admin",),
    "own_reset_proposed": MENTOR,
    "account_reset": MENTOR,
    "factor_changed": MENTOR,
    "disposal_proposed": ("admin",),
    "disposal_declined": ("admin",),
    "disposal_done": ("admin",),
    "disposal_fell": ("admin",),
    "remind_meeting": MENTOR,
    "remind_month": MENTOR,
    "remind_verify": RESPONSIBLE,
    "remind_decide": EXPERT,
    "remind_papers": SCHOOL,
    "remind_evaluation": MENTOR,
    "remind_checks": ("preparer", "head"),
    "remind_group": ("supervisor",),
    "asked_meeting": MENTOR,
    "asked_month": MENTOR,
    "asked_verify": RESPONSIBLE,
    "asked_decide": EXPERT,
    "asked_papers": SCHOOL,
    "asked_evaluation": MENTOR,
    "asked_checks": ("preparer", "head"),
    "asked_group": ("supervisor",),
}
"""To whom the stages post each message (their `notices.py`, and the reminders' roles)."""
DRAFTED = {"plan_returned", "preparing_handed_over"}
"""About a plan that is with its preparer."""


def about(world: World, kind: str, reader: str) -> dict[str, Any]:
    """Numbers, days and public ids as the notices give them, of the reader's own things."""
    own = {name: ids["far" if reader == "far_mentor" else "own"] for name, ids in world.things.items()}
    return {
        "plan": own["draft" if kind in DRAFTED else "plan"],
        "number": "IAP-1",
        "month": "2026-10-01",
        "day": "2026-11-02",
        "count": 2,
        "since": "2026-11-02",
        "before": "2035-01-01",
        "starts_at": "2026-11-24T08:00:00+00:00",
        "role": "head",
        "post": own["post_proposal"],
        "reset": own["reset"],
        **{
            name: own[name]
            for name in ("sheet", "run", "session", "report", "learner", "proposal", "contract")
        },
    }


def opened(world: World, kind: str, reader: str) -> tuple[Client, str]:
    """The address to which opening the message leads."""
    user: User = world.people[reader]
    client = signed_in(world, reader)
    row: Message = post(to=user, kind=kind, context=about(world, kind, reader))
    answer = client.post(f"/zinas/{row.public_id}/")
    assert answer.status_code == 302
    return client, answer["Location"]


def missed(world: World, kind: str) -> list[str]:
    found = []
    with clock.at(NOW):
        for reader in READERS[kind]:
            client, url = opened(world, kind, reader)
            answer = client.get(url, follow=True)
            if url == "/zinas/" or answer.status_code != 200:
                found.append(f"{reader}: {url} answers {answer.status_code}")
    return found


def test_every_message_has_its_readers() -> None:
    assert set(READERS) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(READERS))
def test_a_message_leads_where_its_reader_may_go(db: None, world: World, kind: str) -> None:
    assert missed(world, kind) == []


def test_a_message_that_leads_astray_is_seen(db: None, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof of the proof: a mentor who is sent to the expert's desk."""
    astray = {**KINDS, "plan_resumed": Kind("?", words._DECIDE)}
    monkeypatch.setattr("celabiedrs.desk.reading.inbox.KINDS", astray)
    assert missed(world, "plan_resumed")
