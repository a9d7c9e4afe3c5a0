"""The README's own commands, word for word, on a machine that has nothing yet, in both ways (R16)."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from celabiedrs.lib.postgres import Cluster
from tests.architecture.sources import ROOT

pytestmark = pytest.mark.slow
KEY = "k3x7YqPw" * 9


def commands(after: str) -> list[list[str]]:
    """The lines of the code block after this heading or sentence, without what is said beside them."""
    text = (ROOT / "README.md").read_text("utf-8").split(after, 1)[1]
    block = re.search(r"\n\n((?:    .*\n)+)", text)
    assert block
    lines = [line.split("  #")[0].strip() for line in block[1].splitlines()]
    return [
        line.removeprefix(".venv/bin/celabiedrs ").split(" ", 1) for line in lines if line.startswith(".venv")
    ]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Machine:
    """A data folder and an environment; commands run there, services stay until the end."""

    def __init__(self, data: Path, **settings: str) -> None:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("CELABIEDRS_", "DATABASE_"))
        }
        self.port = free_port()
        self.environment = kept | {"CELABIEDRS_DATA": str(data), "CELABIEDRS_HTTPS": "0"} | settings
        self.running: list[subprocess.Popen[str]] = []

    def walk(self, lines: list[list[str]]) -> str:
        """Do what the README says, in its order; gives what `check` said at the end."""
        said = ""
        for name, *rest in lines:
            words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', " ".join(rest))]
            if name in {"run", "web"}:
                words += ["--port", str(self.port)]
            if name in {"run", "web", "worker"}:
                self.running.append(self.start(name, *words))
                if name != "worker":
                    self.wait("/veseliba")
            else:
                done = self.start(name, *words)
                said, _ = done.communicate(timeout=300)
                assert done.returncode == 0, f"{name}: {said}"
        return said

    def start(self, *words: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "config.commands", *words],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait(self, path: str) -> None:
        until = time.monotonic() + 240
        while time.monotonic() < until and all(one.poll() is None for one in self.running):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5).close()
                return
            except OSError:
                time.sleep(0.2)
        raise AssertionError(f"{path} does not answer")

    def stop(self) -> str:
        said = ""
        for one in reversed(self.running):
            one.send_signal(signal.SIGTERM)
            said += one.communicate(timeout=60)[0]
        return said


@pytest.fixture
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bare")
    folder.chmod(0o711)
    return folder


@pytest.fixture
def own_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("postgres")
    folder.chmod(0o711)
    cluster = Cluster(folder, durable=False)
    yield cluster.start()
    cluster.stop()


def signs_in_and_finds_pages(port: int) -> None:
    """The pages of the first minute open: sign-in with its style, a wrong password, a forgotten one."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    address = f"http://127.0.0.1:{port}"
    page = opener.open(f"{address}/ienakt/").read().decode()
    style = re.search(r'href="(/static/[^"]+\.css)"', page)
    assert style
    assert opener.open(address + style[1]).status == 200
    assert opener.open(f"{address}/noteikumi/").status == 200
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    form = {"csrfmiddlewaretoken": token[1], "login": "anna@example.lv", "password": "wrong"}
    request = urllib.request.Request(
        f"{address}/ienakt/", urllib.parse.urlencode(form).encode(), {"Referer": f"{address}/ienakt/"}
    )
    try:
        status = opener.open(request).status
    except urllib.error.HTTPError as refused:
        status = refused.code
    assert status in {200, 422}


def test_with_an_own_postgresql_every_command_leads_to_pages_that_open(
    data: Path, own_postgresql: str
) -> None:
    machine = Machine(
        data, DATABASE_URL=own_postgresql, CELABIEDRS_SECRET_KEY=KEY, CELABIEDRS_NOTES_KEYS=KEY + "n"
    )
    try:
        said = machine.walk(commands("**Your own PostgreSQL, several processes**"))
        assert "MISSING" not in said
        machine.wait("/gatavs")
        signs_in_and_finds_pages(machine.port)
    finally:
        log = machine.stop()
    assert "DisallowedHost" not in log
    assert "ERROR" not in log


@pytest.mark.long
def test_on_one_machine_every_command_leads_to_pages_that_open(data: Path) -> None:
    machine = Machine(data)
    try:
        said = machine.walk(commands("## Run it for real"))
        assert "MISSING" not in said
        machine.wait("/gatavs")
        signs_in_and_finds_pages(machine.port)
    finally:
        log = machine.stop()
    assert "ERROR" not in log


def test_a_dead_database_is_one_sentence(data: Path) -> None:
    machine = Machine(
        data,
        DATABASE_URL=f"postgresql://celabiedrs:secret@127.0.0.1:{free_port()}/celabiedrs",
        CELABIEDRS_SECRET_KEY=KEY,
        CELABIEDRS_NOTES_KEYS=KEY + "n",
    )
    done = machine.start("migrate")
    said, _ = done.communicate(timeout=120)
    assert done.returncode == 1
    assert "does not answer" in said
    assert "Traceback" not in said
    assert "secret" not in said
