"""A2: the canary of the wall. A private note and a report of danger hold words that stand nowhere else; every page,
export, search, letter, message, event, log line and row of everybody is looked through for them.

The note is its author's alone (CNF-1); the report its author's and the named officers' who were not left out (CNF-2).
Every address of the matrix is looked through for such words as well, in tests/access.
"""

import io
import logging
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection, transaction
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from celabiedrs.contracts.models import Contract
from celabiedrs.hours.actions import record_meeting
from celabiedrs.lib import clock
from celabiedrs.lib.outbox.sending import Letter, send, unsent
from celabiedrs.notes import models as notes_models
from celabiedrs.notes.actions import write_note
from celabiedrs.notes.models import PrivateNote
from celabiedrs.people.models import Post, Role, User
from celabiedrs.plans.models import MentorAssignment, SupportPlan
from celabiedrs.registry.models import Mentor
from celabiedrs.safeguarding.actions import acknowledge_report, escalate_due, note_step, raise_report
from celabiedrs.safeguarding.models import SafeguardingReport
from config.logs import QuietFormatter
from rehearsal.stories import pages
from tests.access.world import NOW, World, make_world

pytestmark = [pytest.mark.slow, pytest.mark.get_may_write("audit_look")]

NOTE, REPORT, SERVICE, STEP = (
    "Zilzobe-sargā-pūci",
    "Sarkanspārne-klusē-krastā",
    "Dzeltenbikse-dienests",
    "Melnkāje-soļo",
)
TOKENS = (NOTE, REPORT, SERVICE, STEP)
AUDIENCE = {
    "author": {NOTE, REPORT, SERVICE},
    "officer": {REPORT, SERVICE, STEP},
}
"""Who finds which words; everybody else finds none."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_world()
        with clock.at(NOW):
            plant(made)
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def db() -> None:
    """In this module: the world's own transaction. The name tells pytest-django that a database is needed."""


@pytest.fixture(autouse=True)
def now(db: None, world: World) -> Iterator[None]:
    """Each test finds the world as it was planted."""
    with clock.at(NOW), transaction.atomic():
        yield
        transaction.set_rollback(True)


def plant(world: World) -> None:
    """The words, and two people who stand as near to them as one can: a second mentor, and an officer left out."""
    people, plan = world.people, the_plan(world)
    people["author"], people["second_mentor"] = people.pop("mentor"), people.pop("neighbour_mentor")
    people["left_out"] = User.objects.create_user(email="izslegta@example.test", name="Ārija Izslēgtā")
    for role in (Role.SAFEGUARDING_OFFICER, Role.HEAD):
        Post.objects.create(
            person=people["left_out"], role=role, institution=plan.institution, since=plan.starts_on
        )
    second = Mentor.objects.get(user=people["second_mentor"])
    MentorAssignment.objects.create(
        plan=plan,
        mentor=second,
        contract=Contract.objects.get(mentor=second),
        since=datetime(2026, 8, 20, 9, 0, tzinfo=clock.RIGA),
        until=datetime(2026, 8, 30, 9, 0, tzinfo=clock.RIGA),
    )
    write_note(by=people["author"], plan=plan, text=NOTE)
    write_note(by=people["second_mentor"], plan=plan, text="Mana paša")
    report = raise_report(
        by=people["author"],
        plan=plan,
        grounds="danger",
        text=REPORT,
        services=[SERVICE],
        leave_out=[people["left_out"]],
    ).thing
    with clock.at(datetime(2026, 11, 4, 13, 30, tzinfo=clock.RIGA)):
        escalate_due()
    acknowledge_report(by=people["officer"], report=report)
    note_step(by=people["officer"], report=report, what=STEP)


def the_plan(world: World) -> SupportPlan:
    return SupportPlan.objects.get(public_id=world.things["plan"]["own"])


def found(world: World, persona: str) -> set[str]:
    """The words that a person comes upon, by every link, export and search from the home page."""
    user = User.objects.get(pk=world.people[persona].pk)
    text = pages.everything(user, [NOTE, REPORT])
    return {token for token in TOKENS if token in text}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts what the crawl reads, by kind; a page with a question behind its address is a search."""
    counted: Counter[str] = Counter()
    fetch, original = pages.fetch, pages.read

    def of_address(client: Client, address: str) -> Any:
        counted["searches"] += "?" in address
        return fetch(client, address)

    def of_kind(body: bytes, kind: str) -> str:
        counted["pages" if "html" in kind else kind.partition(";")[0]] += 1
        return original(body, kind)

    monkeypatch.setattr(pages, "fetch", of_address)
    monkeypatch.setattr(pages, "read", of_kind)
    return counted


def test_nobody_comes_upon_a_word_that_is_not_meant_for_them(
    world: World,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    read: Counter[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    upon = {persona: found(world, persona) for persona in sorted(world.people)}
    assert {persona: words for persona, words in upon.items() if words} == AUDIENCE
    assert not [token for token in TOKENS if token in caplog.text]
    exports = {
        "application/pdf",
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    assert exports | {"pages", "searches"} <= set(read)
    files = sum(read[kind] for kind in exports)
    with capsys.disabled():
        print(
            f"\ncanary of the wall: {len(upon)} people, {read['pages']} pages, {files} files,"
            f" {read['searches']} searches, {len(TOKENS)} words, 0 outside their audience"
        )


class TestTheCanarySees:
    """The test of the test: with a guard taken away the words are found."""

    def test_notes_that_are_everybodys(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(notes_models.NoteQuerySet, "written_by", lambda notes, user: notes.all())
        assert NOTE in found(world, "second_mentor")

    def test_reports_from_which_nobody_is_left_out(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("celabiedrs.safeguarding.access._not_left_out", lambda user: Q())
        assert REPORT in found(world, "left_out")

    def test_reports_that_a_head_may_read(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("celabiedrs.safeguarding.pages.scope.reports_visible_to", lambda user: Q())
        report = SafeguardingReport.objects.get(text=REPORT)
        client = pages.signed_in(world.people["head"])
        page = pages.fetch(client, reverse("safeguarding:report", args=[report.public_id]))
        assert page is not None and REPORT in page[0]


def test_no_letter_holds_one(world: World) -> None:
    assert send(unsent(), Letter())
    said = "".join(f"{letter.subject}{letter.body}{letter.from_email}" for letter in mail.outbox)
    assert said
    assert not [token for token in (*TOKENS, "Kārlis", "Ilga") if token in said]


def test_no_table_holds_one_but_the_reports_own(world: World) -> None:
    """Message contexts, events, looks, keys of forms, jobs, sessions: every row of the database as text."""
    client = pages.signed_in(world.people["author"])
    plan = the_plan(world)
    client.post(reverse("notes:plan", args=[plan.public_id]), {"text": NOTE, "once": str(plan.public_id)})
    client.post(
        reverse("safeguarding:report_now", args=[plan.public_id]),
        {"grounds": "danger", "text": REPORT, "once": str(plan.public_id)},
    )
    holding: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for token in TOKENS:
                cursor.execute(f'SELECT 1 FROM "{table}" AS t WHERE t::text LIKE %s LIMIT 1', [f"%{token}%"])
                if cursor.fetchone():
                    holding.setdefault(token, set()).add(table)
        cursor.execute("SELECT string_agg(convert_from(sealed, 'UTF8'), '') FROM notes_privatenote")
        assert NOTE not in cursor.fetchone()[0]
    report = "safeguarding_safeguardingreport"
    assert holding == {REPORT: {report}, SERVICE: {report}, STEP: {"safeguarding_reportstep"}}
    told = str([session.get_decoded() for session in Session.objects.order_by("pk")])
    assert not [token for token in TOKENS if token in told]


def test_an_error_while_a_note_is_written_says_nothing_of_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(note: PrivateNote, *_: Any, **__: Any) -> None:
        raise RuntimeError(note.text)

    monkeypatch.setattr(PrivateNote, "save", fails)
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(QuietFormatter())
    logging.getLogger("django").addHandler(handler)
    try:
        client = Client(raise_request_exception=False)
        client.force_login(world.people["author"])
        answer = client.post(reverse("notes:plan", args=[the_plan(world).public_id]), {"text": NOTE})
    finally:
        logging.getLogger("django").removeHandler(handler)
    assert answer.status_code == 500
    assert "RuntimeError" in said.getvalue()
    assert NOTE not in said.getvalue() + answer.content.decode()


def test_what_is_written_for_the_school_finds_its_readers(world: World) -> None:
    """The same crawl finds what it should: a meeting's topic, which the school may read once it is submitted."""
    token = "Tēma-kas-redzama"
    plan = the_plan(world)
    with clock.at(datetime(2026, 11, 4, 11, 59, tzinfo=clock.RIGA)):
        record_meeting(
            by=world.people["author"], plan=plan, day="2026-11-03", start="15:00", hours=1, topic=token
        )
    assert token in pages.everything(world.people["author"], [token])
