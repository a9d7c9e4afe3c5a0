"""Reading what strangers send, in a process that can do nothing else (decision 0050).

A child of its own for each file: 256 MB, 10 seconds, no secret in its environment, no network, no file; killed with all
that it may have started. Waiting lets the other threads of the server go on, and a bounded number of files is read at
once, so that slow files can neither stop the service nor fill the machine.
"""

import contextlib
import json
import logging
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from celabiedrs.lib.limited.confinement import ANSWER
from celabiedrs.lib.limited.refusal import BROKE, BUSY, TOO_LONG, TOO_MUCH, Unreadable

SECONDS = 10.0
AT_ONCE, WAITING = 2, 1
"""Files that one server process reads at once, and that may wait for it; with four threads one is always free."""
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from celabiedrs.lib.limited.child import main; main()"
)
_ROOT = str(Path(__file__).resolve().parents[3])
_places = threading.BoundedSemaphore(AT_ONCE)
_room = threading.BoundedSemaphore(AT_ONCE + WAITING)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """What a task gave back: plain values, and bytes where it made some. `sealed`: nothing could leave the process."""

    result: dict[str, Any]
    payload: bytes = field(default=b"", repr=False)
    sealed: bool = False


def read(task: str, content: bytes, *, seconds: float = SECONDS, **options: Any) -> Answer:
    """Have `task` (module:function) read the bytes. Unreadable with its code where it refuses or does not end well."""
    with _place(), _memory_file() as given, _memory_file() as answered:
        given.write(content)
        given.seek(0)
        ended = _run(task, options, given, answered, seconds)
        answered.seek(0)
        told = answered.read(ANSWER)
    return _understood(task, told, ended)


def _run(task: str, options: dict[str, Any], given: IO[bytes], answered: IO[bytes], seconds: float) -> int:
    """Start the child, wait, and make sure that nothing of it is left; its exit code."""
    child = subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", "-c", _START, _ROOT, task, json.dumps(options)],
        stdin=given,
        stdout=answered,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"},
        cwd="/",
        start_new_session=True,
    )
    try:
        ended = _ended_within(child.pid, seconds)
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        code = child.wait()
    if not ended:
        raise Unreadable(TOO_LONG)
    return code


def _ended_within(pid: int, seconds: float) -> bool:
    """Whether the child ends by itself in time. It is left to be waited for, so that its number is not given away."""
    if hasattr(os, "pidfd_open"):
        with contextlib.suppress(OSError):
            watched = os.pidfd_open(pid)
            try:
                poll = select.poll()
                poll.register(watched, select.POLLIN)
                return bool(poll.poll(seconds * 1000))
            finally:
                os.close(watched)
    until = time.monotonic() + seconds
    while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def _understood(task: str, told: bytes, ended: int) -> Answer:
    line, _, payload = told.partition(b"\n")
    try:
        answer = json.loads(line) if ended == 0 else {}
    except ValueError:
        answer = {}
    if "result" in answer:
        return Answer(answer["result"], payload, bool(answer.get("sealed")))
    if ended in (-signal.SIGXCPU, -signal.SIGKILL):
        raise Unreadable(TOO_LONG)
    if not answer or answer["refused"] == BROKE:
        log.warning("reading: %s ended with %s %s", task, ended, answer.get("where", ""))
        raise Unreadable(BROKE if answer else TOO_MUCH)
    raise Unreadable(answer["refused"], **answer["values"])


@contextlib.contextmanager
def _place() -> Iterator[None]:
    if not _room.acquire(timeout=0.5):
        raise Unreadable(BUSY)
    try:
        with _places:
            yield
    finally:
        _room.release()


@contextlib.contextmanager
def _memory_file() -> Iterator[IO[bytes]]:
    """A file that lies on no disk where the system has such, since it holds what nobody else may read."""
    if hasattr(os, "memfd_create"):
        with os.fdopen(os.memfd_create("reading"), "w+b") as file:
            yield file
    else:
        with tempfile.TemporaryFile() as on_disk:
            yield on_disk
