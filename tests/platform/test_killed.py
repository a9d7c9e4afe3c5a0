"""The program is killed, started again and started twice, each in a data folder of its own (R2, small)."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from celabiedrs.lib.postgres import Cluster, FolderInUse, running_url

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Program:
    """`celabiedrs run` in a data folder."""

    def __init__(self, data: Path, port: int) -> None:
        self.port = port
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("CELABIEDRS_", "DATABASE_"))
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.commands", "run", "--port", str(port), "--workers", "1"],
            env=kept | {"CELABIEDRS_DATA": str(data), "CELABIEDRS_MODE": "demonstration"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def answers(self, within: float = 240) -> bool:
        until = time.monotonic() + within
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/veseliba", timeout=2) as answer:
                    return bool(answer.read() == b"ok")
            except OSError:
                time.sleep(0.1)
        return False

    def end(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.ended()

    def ended(self) -> tuple[int, str]:
        """Exit code and words, once it has ended by itself."""
        said, _ = self.process.communicate(timeout=60)
        return self.process.returncode, said


@pytest.fixture
def program(data: Path) -> Iterator[Callable[[int], Program]]:
    """Starts programs on the folder; what still runs at the end of the test is ended."""
    started: list[Program] = []

    def start(port: int) -> Program:
        started.append(Program(data, port))
        return started[-1]

    yield start
    for one in started:
        if one.process.returncode is None:
            one.end(signal.SIGTERM)


@pytest.fixture
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("killed")
    yield folder
    for pid in servers_on(folder):
        os.kill(pid, signal.SIGQUIT)


def servers_on(folder: Path) -> list[int]:
    found = subprocess.run(
        ["pgrep", "-f", f"postgres -D .*{folder.name}"], capture_output=True, text=True, check=False
    )
    return [int(line) for line in found.stdout.split()]


def test_a_killed_program_starts_again_on_the_same_data_and_port(
    data: Path, program: Callable[[int], Program]
) -> None:
    port = free_port()
    first = program(port)
    assert first.answers(), first.end()
    address = running_url(data)
    assert address
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 20 AS hours")
    first.end(signal.SIGKILL)
    until = time.monotonic() + 15
    while time.monotonic() < until and port_taken(port):
        time.sleep(0.1)  # its web processes notice and end
    again = program(port)
    assert again.answers(), again.end()
    address = running_url(data)
    assert address
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT hours FROM kept").fetchone() == (20,)
    code, said = again.end()
    assert code == 0, said
    assert running_url(data) is None


def test_the_second_program_on_a_folder_says_so(program: Callable[[int], Program]) -> None:
    first = program(free_port())
    assert first.answers(), first.end()
    code, said = program(free_port()).ended()
    assert code == 1
    assert "is in use by process" in said
    assert str(first.process.pid) in said
    code, said = program(first.port).ended()
    assert (code, "is taken by another program" in said) == (1, True)
    assert first.end()[0] == 0


def test_a_server_that_outlived_its_program_is_stopped_first(data: Path) -> None:
    child = subprocess.run(
        [sys.executable, "-c", KILLS_ITSELF, str(data)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert child.returncode == -signal.SIGKILL
    orphan = running_url(data)
    assert orphan is not None
    cluster = Cluster(data, durable=False)
    assert cluster.start() != orphan
    with pytest.raises(FolderInUse):
        Cluster(data).start()
    cluster.stop()
    assert servers_on(data) == []


KILLS_ITSELF = """
import os, sys
from pathlib import Path
from celabiedrs.lib.postgres import Cluster
Cluster(Path(sys.argv[1]), durable=False).start()
os.kill(os.getpid(), 9)
"""


def port_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
