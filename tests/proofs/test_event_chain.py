"""T2: the event log is evidence. A thousand random changes behind the program's back are a thousand times found."""

import random
import uuid
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction

from celabiedrs.lib import clock
from celabiedrs.lib.audit import chain, jobs
from celabiedrs.lib.audit.models import ChainLink, Event, RemovedEvent
from celabiedrs.lib.audit.record import WRITE
from celabiedrs.retention.actions.erasure import disposing

EVENTS, TAMPERINGS = 60, 1_000
Change = Callable[[random.Random, list[int]], tuple[str, list[object]]]


def written(count: int) -> list[int]:
    """That many made-up events, by the statement with which acts write theirs; their ids."""
    with connection.cursor() as cursor:
        for number in range(count):
            cursor.execute(
                WRITE,
                [clock.now(), None, "drafted", "SupportPlan", number, uuid.UUID(int=number), '{"hours": 2}'],
            )
    return list(Event.objects.order_by("pk").values_list("pk", flat=True))


def changed_fact(dice: random.Random, ids: list[int]) -> tuple[str, list[object]]:
    return (
        "UPDATE audit_event SET facts = jsonb_build_object('hours', %s::int) WHERE id = %s",
        [dice.randint(3, 9), dice.choice(ids)],
    )


def other_moment(dice: random.Random, ids: list[int]) -> tuple[str, list[object]]:
    return (
        "UPDATE audit_event SET at = at - %s * interval '1 microsecond' WHERE id = %s",
        [dice.randint(1, 9), dice.choice(ids)],
    )


def other_verb(dice: random.Random, ids: list[int]) -> tuple[str, list[object]]:
    return "UPDATE audit_event SET verb = 'approved' WHERE id = %s", [dice.choice(ids)]


def taken_away(dice: random.Random, ids: list[int]) -> tuple[str, list[object]]:
    return "DELETE FROM audit_event WHERE id = %s", [dice.choice(ids)]


def put_between(dice: random.Random, ids: list[int]) -> tuple[str, list[object]]:
    """An event under an id that was left free: where a transaction was taken back there is always one."""
    return (
        "INSERT INTO audit_event (id, at, verb, kind, thing_id, facts) VALUES (%s, now(), 'approved', 'X', 1, '{}')",
        [min(ids) - dice.randint(1, 5)],
    )


def swapped(dice: random.Random, ids: list[int]) -> tuple[str, list[object]]:
    one, other = dice.sample(ids, 2)
    return (
        "UPDATE audit_event e SET thing_id = o.thing_id FROM audit_event o "
        "WHERE (e.id, o.id) IN ((%s::bigint, %s::bigint), (%s::bigint, %s::bigint))",
        [one, other, other, one],
    )


def link_gone(dice: random.Random, ids: list[int]) -> tuple[str, list[object]]:
    return "DELETE FROM audit_chainlink WHERE number = %s", [dice.randint(1, ChainLink.objects.count() - 1)]


CHANGES: tuple[Change, ...] = (
    changed_fact, other_moment, other_verb, taken_away, put_between, swapped, link_gone,
)  # fmt: skip


def open_the_tables() -> None:
    """What the owner of the tables can do: switch the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("audit_event", "audit_chainlink", "audit_removedevent"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def behind_our_back(change: Change, dice: random.Random, ids: list[int]) -> None:
    """As the owner of the tables does it: without triggers."""
    statement, values = change(dice, ids)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount


@pytest.fixture
def ids(db: None, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    monkeypatch.setattr(chain, "STRETCH", 20)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('audit_event_id_seq', nextval('audit_event_id_seq') + 10)")
    found = written(EVENTS)
    assert chain.extend() == 3
    return found


def test_a_log_that_nobody_touched_is_whole(ids: list[int]) -> None:
    verdict = chain.verify()
    assert (verdict.troubles, verdict.events, verdict.unchained) == ((), EVENTS, 0)


@pytest.mark.slow
def test_every_tampering_is_found(ids: list[int]) -> None:
    dice = random.Random(20341231)
    found = 0
    open_the_tables()
    for _ in range(TAMPERINGS):
        with transaction.atomic():
            behind_our_back(dice.choice(CHANGES), dice, ids)
            found += bool(chain.verify().troubles)
            transaction.set_rollback(True)
    print(f"T2: {TAMPERINGS} tamperings, {found} found")
    assert found == TAMPERINGS


def test_without_the_digests_of_the_events_nothing_would_be_found(
    ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain, "_digest", lambda previous, last, count, digests: "0" * 64)
    open_the_tables()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_chainlink SET digest = %s", ["0" * 64])
    behind_our_back(changed_fact, random.Random(1), ids)
    assert chain.verify().troubles == ()


def test_a_chain_that_was_reckoned_again_differs_from_the_head_that_was_sent_out(
    ids: list[int], settings: object
) -> None:
    settings.OPERATOR = "operators@example.lv"  # type: ignore[attr-defined]
    jobs.send_head.func()
    letter = mail.outbox[-1]
    assert letter.to == ["operators@example.lv"]
    sent = next(
        chain.Head.read(line) for line in str(letter.body).splitlines() if ":" in line and line[0].isdigit()
    )
    assert chain.verify(sent).troubles == ()
    open_the_tables()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET verb = 'approved' WHERE id = %s", [ids[3]])
        cursor.execute("DELETE FROM audit_chainlink")
    chain.extend()
    assert chain.verify().troubles == ()
    assert chain.verify(sent).troubles == (f"link {sent.number} is not the one that was sent out",)


def test_what_a_disposal_takes_leaves_the_chain_whole(ids: list[int]) -> None:
    with disposing():
        Event.objects.filter(pk__in=ids[10:20])._raw_delete("default")
    assert RemovedEvent.objects.count() == 10
    assert chain.verify().troubles == ()


def test_the_command_says_so_with_its_exit_code(ids: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("audit", "verify")
    assert "as it was written" in capsys.readouterr().out
    open_the_tables()
    behind_our_back(other_verb, random.Random(2), ids)
    with pytest.raises(SystemExit):
        call_command("audit", "verify")
    assert "are not as they were written" in capsys.readouterr().out
