"""A small tree of processes: started in order, restarted when they die, stopped in the opposite order."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

STOP_WITHIN = 20.0
"""Seconds a child has for ending by itself before it is killed."""
LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0
"""Seconds of life after which a child counts as healthy and the pause before a restart is short again."""


@dataclass
class Child:
    """One process of the tree; `command` starts it, in a session of its own so that Ctrl-C is ours."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.5
    due: float = 0.0

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command,
            env={**os.environ, **self.environment, "CELABIEDRS_PARENT": str(os.getpid())},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.started = time.monotonic()

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Supervisor:
    """Watches children until somebody asks to stop. `tend` is called each second for other things to keep alive."""

    def __init__(self, children: list[Child], tend: Callable[[], None] = lambda: None) -> None:
        self.children = children
        self.tend = tend
        self._wake = threading.Event()
        self._stopping = False

    def listen(self) -> None:
        """Take SIGINT, SIGTERM and a closed terminal (SIGHUP) as the wish to stop. Before that they end the program as
        usual; whom `nohup` has told to stay stays."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._ask_to_stop)
        signal.signal(signal.SIGCHLD, lambda *_: self._wake.set())

    def _ask_to_stop(self, *_: object) -> None:
        self._stopping = True
        self._wake.set()

    @property
    def stopping(self) -> bool:
        return self._stopping

    def start(self) -> None:
        for child in self.children:
            child.start()

    def watch(self) -> None:
        """Return when asked to stop."""
        while not self._stopping:
            self.look()
            self._wake.wait(1.0)
            self._wake.clear()

    def look(self) -> None:
        """One round: start again what ended."""
        self.tend()
        for child in self.children:
            self._look_after(child)

    def stop(self) -> None:
        for child in reversed(self.children):
            child.stop()

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is not None and child.process.poll() is not None:
            if now - child.started > STEADY_AFTER:
                child.pause = 0.5
            print(
                f"celabiedrs: {child.name} ended ({child.process.returncode}); again in {child.pause:g} s",
                file=sys.stderr,
            )
            child.process, child.due = None, now + child.pause
            child.pause = min(child.pause * 2, LONGEST_PAUSE)
        if child.process is None and now >= child.due and not self._stopping:
            child.start()


def end_with_parent() -> None:
    """A child of a killed supervisor ends too, so that its port is free for the next start.

    Linux tells by a signal; a thread that looks once a second serves the others.
    """
    expected = os.getppid()
    named = os.environ.get("CELABIEDRS_PARENT")
    if not named:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGTERM)  # 1 = PR_SET_PDEATHSIG
    threading.Thread(target=_watch_parent, args=(expected,), daemon=True).start()


def _watch_parent(expected: int) -> None:
    while os.getppid() == expected:
        time.sleep(1.0)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(5.0)
    os._exit(1)
