"""The reading process: what it may not do, and that nobody waits for it who need not."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from celabiedrs.lib.limited import process
from celabiedrs.lib.limited.refusal import BROKE, BUSY, TOO_LONG, TOO_MUCH, Unreadable

HOSTILE = "tests.lib.hostile"


def refused(task: str, content: bytes = b"", **how: float) -> str:
    with pytest.raises(Unreadable) as refusal:
        process.read(f"{HOSTILE}:{task}", content, **how)  # type: ignore[arg-type]
    return refusal.value.code


def children() -> set[str]:
    return {name for name in os.listdir("/proc") if name.isdigit() and _parent(name) == os.getpid()}


def _parent(pid: str) -> int:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return int(file.read().rsplit(")", 1)[1].split()[1])
    except (OSError, ValueError):
        return 0


def test_what_a_task_makes_of_the_bytes_comes_back() -> None:
    answer = process.read(f"{HOSTILE}:quiet", b"abc")
    assert answer.result == {"size": 3} and answer.payload == b"cba"


def test_a_task_without_an_end_is_ended_and_nothing_of_it_is_left() -> None:
    before, began = children(), time.monotonic()
    assert refused("endless", seconds=0.5) == TOO_LONG
    assert time.monotonic() - began < 2
    assert children() == before


@pytest.mark.parametrize(
    ("task", "why"), [("greedy", TOO_MUCH), ("talkative", TOO_MUCH), ("dying", TOO_MUCH), ("failing", BROKE)]
)
def test_a_task_that_takes_too_much_or_dies_ends_in_a_word_for_the_server(task: str, why: str) -> None:
    assert refused(task) == why


def test_an_error_is_logged_by_its_place_and_without_a_word_of_the_file(
    caplog: pytest.LogCaptureFixture,
) -> None:
    refused("failing", b"Zane Celmina")
    assert "LookupError at failing" in caplog.text and "Celmina" not in caplog.text


def test_nothing_of_the_machine_can_be_reached_and_no_secret_is_known() -> None:
    os.environ["CELABIEDRS_SECRET_KEY_OF_THIS_TEST"] = "known"
    try:
        told = process.read(f"{HOSTILE}:curious", b"")
    finally:
        del os.environ["CELABIEDRS_SECRET_KEY_OF_THIS_TEST"]
    assert told.sealed
    assert told.result == {
        "file": "PermissionError", "network": "PermissionError", "program": "PermissionError",
        "child": "PermissionError", "environment": "reached",
    }  # fmt: skip


def test_others_go_on_while_a_file_is_read_and_only_so_many_are_read_at_once() -> None:
    steps, done = 0, threading.Event()

    def count() -> None:
        nonlocal steps
        while not done.is_set():
            steps += 1
            time.sleep(0.005)

    counting = threading.Thread(target=count)
    counting.start()
    began = time.monotonic()
    try:
        with ThreadPoolExecutor(6) as uploads:
            codes = list(uploads.map(lambda _: refused("endless", seconds=1.0), range(6)))
    finally:
        done.set()
        counting.join()
    assert codes.count(TOO_LONG) == process.AT_ONCE + process.WAITING
    assert codes.count(BUSY) == 6 - process.AT_ONCE - process.WAITING
    assert steps > 100, "the other thread stood still"
    assert time.monotonic() - began < 4
