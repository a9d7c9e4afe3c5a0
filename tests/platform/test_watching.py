"""An operator can tell: alive, ready, figures, alarms, logs; and a database that is away is a friendly 503."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.core import mail
from django.db import OperationalError, connection
from django.test import Client

from celabiedrs.lib import clock
from celabiedrs.lib.postgres import Cluster, cluster
from celabiedrs.lib.watch import checks, jobs
from celabiedrs.lib.watch.alarms import open_alarms, tell_operator
from celabiedrs.lib.watch.checks import OK, WARNING, State
from celabiedrs.lib.watch.metrics import exposition
from config import health
from config.logs import JsonFormatter, QuietFormatter
from config.sessions import SessionStore

NOWHERE = psycopg.OperationalError("connection failed: Anna Kalniņa")


@pytest.fixture(autouse=True)
def looked_at_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LASTS", 0.0)


@pytest.mark.django_db
class TestProbes:
    @pytest.mark.parametrize("path", ["/veseliba", "/gatavs", "/metrika"])
    def test_they_answer_by_address_without_a_word_in_the_log(
        self, client: Client, path: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        answer = client.get(path, headers={"host": "10.20.30.40:8000"})
        assert answer.status_code == 200
        assert not caplog.records
        assert "session" not in answer.cookies

    def test_ready_names_every_check_and_no_figure(self, client: Client) -> None:
        lines = dict(line.split() for line in client.get("/gatavs").content.decode().splitlines())
        assert set(lines) >= {"database", "migrations", "static", "worker", "disk", "mail", "backup", "clock"}
        assert set(lines.values()) <= {"ok", "warning"}

    def test_not_ready_is_503(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(checks._known, "migrated", False)
        monkeypatch.setattr(checks, "_migrated", lambda: False)
        assert client.get("/gatavs").status_code == 503
        assert client.get("/veseliba").status_code == 200

    def test_figures_are_for_this_machine_or_whoever_has_the_token(
        self, client: Client, settings: Any
    ) -> None:
        assert client.get("/metrika", REMOTE_ADDR="192.0.2.7").status_code == 404
        assert client.get("/metrika", headers={"x-forwarded-for": "192.0.2.7"}).status_code == 404
        settings.METRICS_TOKEN = "figures"
        assert client.get("/metrika").status_code == 404
        told = client.get("/metrika", headers={"authorization": "Bearer figures"}, REMOTE_ADDR="192.0.2.7")
        assert b'celabiedrs_check{name="database"} 0' in told.content

    def test_figures_are_in_the_format_of_prometheus(self) -> None:
        for line in exposition([State("disk", OK)]).splitlines():
            assert line.startswith("# ") or float(line.rsplit(" ", 1)[1]) is not None


def away(*args: Any, **kwargs: Any) -> Any:
    raise OperationalError("away") from NOWHERE


class TestDatabaseAway:
    def test_a_page_is_a_friendly_503(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        client.raise_request_exception = False
        monkeypatch.setattr(SessionStore, "load", away)
        client.cookies["session"] = "k" * 32
        answer = client.get("/")
        assert (answer.status_code, answer["Retry-After"]) == (503, "10")
        assert "Datubāze neatbild" in answer.content.decode()

    def test_another_error_of_the_database_is_a_500(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*args: Any) -> Any:
            raise OperationalError("full") from psycopg.errors.DiskFull("full")

        client.raise_request_exception = False
        monkeypatch.setattr(SessionStore, "load", full)
        client.cookies["session"] = "k" * 32
        assert client.get("/").status_code == 500

    def test_a_session_that_cannot_be_saved_is_not_a_session_that_ended(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def lost(self: Any, must_create: bool = False) -> None:
            try:
                away()
            except OperationalError:
                raise UpdateError  # noqa: B904 - as Django does

        monkeypatch.setattr(db.SessionStore, "save", lost)
        with pytest.raises(OperationalError):
            SessionStore("abc").save()


@pytest.mark.django_db
class TestAlarms:
    def look(self, monkeypatch: pytest.MonkeyPatch, level: str) -> None:
        monkeypatch.setattr(
            jobs, "states", lambda: iter([State("disk", level, "4%"), State("mail", WARNING)])
        )
        jobs.look.func()

    def test_the_operator_gets_one_letter_a_day_until_it_is_over(
        self, monkeypatch: pytest.MonkeyPatch, settings: Any
    ) -> None:
        settings.OPERATOR = "uzturetajs@example.org"
        for _ in range(3):
            self.look(monkeypatch, WARNING)
            tell_operator()
        assert (len(mail.outbox), [alarm.times for alarm in open_alarms()]) == (1, [3])
        assert "4%" in mail.outbox[0].body
        with clock.at(clock.now() + timedelta(hours=25)):
            tell_operator()
        assert len(mail.outbox) == 2
        self.look(monkeypatch, OK)
        assert not open_alarms().exists()

    def test_failed_jobs_are_named_without_what_they_were_given(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
                " VALUES ('default', 'desk.send_urgent', '{\"key\": \"Anna\"}', 'failed')"
            )
        (job,) = checks.failed_jobs()
        assert job.name == "desk.send_urgent"
        assert {state.name: state.level for state in checks.states()}["jobs"] == WARNING


class TestLogs:
    def line(self, error: Exception) -> logging.LogRecord:
        try:
            raise error
        except Exception:
            return logging.LogRecord("celabiedrs", logging.ERROR, "", 1, "failed", (), sys.exc_info())

    def test_an_error_has_its_numbers_and_none_of_its_words(self) -> None:
        full = OSError(28, "No space left on device: Anna Kalniņa")
        said = QuietFormatter().format(self.line(full))
        assert "errno 28" in said
        assert "Anna" not in said
        error = psycopg.errors.DiskFull("Anna Kalniņa")
        assert "SQLSTATE 53100" in QuietFormatter().format(self.line(error))

    def test_json_is_one_object_a_line(self) -> None:
        said = JsonFormatter().format(self.line(ValueError("Anna Kalniņa")))
        assert json.loads(said)["message"] == "failed"
        assert "Anna" not in said

    @pytest.mark.django_db
    def test_an_answer_names_its_request_and_no_visitor_chooses_the_name(self, client: Client) -> None:
        given = {client.get("/ienakt/", headers={"x-request-id": "mine"})["X-Request-ID"] for _ in range(2)}
        assert len(given) == 2
        assert "mine" not in given


def test_the_log_of_the_server_is_put_aside_while_it_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "LOG_LIMIT", 10)
    log = tmp_path / "postgres.log"
    with log.open("ab") as written:
        written.write(b"a line of the server")
        written.flush()
        Cluster(tmp_path).trim_log()
        written.write(b"next")
    assert log.read_bytes() == b"next"
    assert log.with_suffix(".log.old").read_bytes() == b"a line of the server"


CLOSED = """
import signal, sys
from celabiedrs.lib.supervisor import Child, Supervisor
tree = Supervisor([Child("sleep", ["sleep", "60"])])
tree.listen(); tree.start(); print(tree.children[0].process.pid, flush=True); tree.watch(); tree.stop()
"""


def test_a_closed_terminal_leaves_no_orphan() -> None:
    supervisor = subprocess.Popen([sys.executable, "-c", CLOSED], stdout=subprocess.PIPE, text=True)
    assert supervisor.stdout
    child = int(supervisor.stdout.readline())
    supervisor.send_signal(signal.SIGHUP)
    assert supervisor.wait(30) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    supervisor.stdout.close()


@pytest.mark.slow
@pytest.mark.long
def test_a_restart_behind_a_socket_of_systemd_refuses_no_request(
    tmp_path: Path, django_db_blocker: Any
) -> None:
    """What deploy/systemd does: systemd holds the socket, the service is stopped and started under load (R12)."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(1024)
    port = listening.getsockname()[1]
    address = os.environ["CELABIEDRS_TEST_DATABASE_URL"]
    key = "k3x7YqPw" * 9
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CELABIEDRS_")}
    environment = kept | {
        "DATABASE_URL": address, "CELABIEDRS_DATA": str(tmp_path), "CELABIEDRS_HTTPS": "0",
        "CELABIEDRS_SECRET_KEY": key, "CELABIEDRS_NOTES_KEYS": key,
    }  # fmt: skip

    def start() -> "subprocess.Popen[bytes]":
        program = (
            f"exec env LISTEN_FDS=1 LISTEN_PID=$$ {sys.executable} -m config.commands web --port {port} 3<&0"
        )
        return subprocess.Popen(["sh", "-c", program], env=environment, stdin=listening.fileno())

    answered: list[int] = []
    failed: list[str] = []
    over = threading.Event()
    serving = start()
    clients = [threading.Thread(target=asks, args=(port, over, answered, failed)) for _ in range(8)]
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/veseliba", timeout=120).close()
        for client in clients:
            client.start()
        for _ in range(3):
            until = len(answered) + 50
            while len(answered) < until:
                time.sleep(0.1)
            serving.terminate()
            assert serving.wait(60) == 0
            serving = start()
        until = len(answered) + 50
        while len(answered) < until and not failed:
            time.sleep(0.1)
    finally:
        over.set()
        for client in clients:
            client.join()
        serving.terminate()
        serving.wait(60)
        listening.close()
    print(f"restart: {len(answered)} requests answered over 3 restarts, {len(failed)} failed")
    assert (failed, len(answered) > 100) == ([], True)


def asks(port: int, over: threading.Event, answered: list[int], failed: list[str]) -> None:
    ask: Callable[..., Any] = urllib.request.urlopen
    while not over.is_set():
        try:
            with ask(f"http://127.0.0.1:{port}/veseliba", timeout=60) as answer:
                answered.append(answer.status)
        except OSError as error:
            failed.append(type(error).__name__)
        time.sleep(0.02)
