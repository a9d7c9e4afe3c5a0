"""A mistake at two o'clock is undone on another server as of a second before (R7)."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from celabiedrs.lib.postgres import Cluster, running_url

pytestmark = [pytest.mark.slow, pytest.mark.long]
STORE = (
    "from celabiedrs.lib.files.storage import store_bytes as s; "
    "[s(b'%PDF- ' + str(n).encode(), kind='request', media_type='application/pdf', name='a.pdf') for n in range({})]"
)


def environment(data: Path, archive: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("CELABIEDRS_", "DATABASE_"))
    }
    return kept | {
        "CELABIEDRS_DATA": str(data), "CELABIEDRS_ARCHIVE": str(archive), "CELABIEDRS_MODE": "demonstration",
    }  # fmt: skip


class Server:
    def __init__(self, data: Path, archive: Path) -> None:
        self.data, self.environment = data, environment(data, archive)

    def does(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "config.commands", *arguments],
            env=self.environment, capture_output=True, text=True, timeout=300,
        )  # fmt: skip

    def done(self, *arguments: str) -> str:
        ended = self.does(*arguments)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    def another(self, name: str) -> "Server":
        """A second machine: nothing but the archive and the keys."""
        data = self.data.with_name(name)
        data.mkdir(mode=0o711)
        shutil.copytree(self.data / "secrets", data / "secrets")
        return Server(data, Path(self.environment["CELABIEDRS_ARCHIVE"]))


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Server]:
    """A server in service: tables, papers, the stream into the archive, a base from before the rest."""
    tmp_path.chmod(0o711)
    data, archive = tmp_path / "first", tmp_path / "archive"
    data.mkdir(mode=0o711)
    server = Server(data, archive)
    cluster = Cluster(data)
    cluster.start()
    server.done("migrate")
    stream = subprocess.Popen([sys.executable, "-m", "config.commands", "wal"], env=server.environment)
    server.done("manage", "shell", "-c", STORE.format(3))
    server.done("backup")
    yield server
    stream.send_signal(signal.SIGTERM)
    assert stream.wait(30) == 0
    cluster.stop()


def hours(server: Server) -> list[tuple[int, datetime]]:
    address = running_url(server.data)
    assert address
    with psycopg.connect(address) as connection:
        return connection.execute("SELECT hour, at FROM kept ORDER BY hour").fetchall()


def works_for_a_while(server: Server) -> datetime:
    """Rows every fifth of a second, two papers in between; gives a moment in the middle of the rows."""
    address = running_url(server.data)
    assert address
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (hour int, at timestamptz DEFAULT clock_timestamp())")
        server.done("manage", "shell", "-c", STORE.format(2))
        time.sleep(6)
        for hour in range(30):
            connection.execute("INSERT INTO kept (hour) VALUES (%s)", [hour])
            time.sleep(0.1)
        ((middle,),) = connection.execute("SELECT at + interval '50 ms' FROM kept WHERE hour = 14").fetchall()
    return middle


def test_any_second_comes_back_on_another_server(first: Server) -> None:
    middle = works_for_a_while(first)
    wanted = [row for row in hours(first) if row[1] <= middle]
    first.done("restore", "--prove")
    address = running_url(first.data)
    assert address
    with psycopg.connect(address, autocommit=True) as connection:
        proved = connection.execute("SELECT detail FROM watch_milestone WHERE name = 'restore'").fetchone()
        connection.execute("DELETE FROM kept")
        connection.execute("DELETE FROM files_storedfile")
    shutil.rmtree(first.data / "files")
    time.sleep(2)

    second = first.another("second")
    second.done("restore", "--to", middle.astimezone(UTC).isoformat())
    cluster = Cluster(second.data)
    cluster.start()
    try:
        found = hours(second)
        verified = second.done("verify")
    finally:
        cluster.stop()
    assert proved == ("5",)
    assert len(wanted) == 15
    assert found == wanted
    assert "5 files compared, 0 damaged" in verified
    print(f"to the second: {len(found)} of {len(wanted)} rows and 5 of 5 papers as of that moment")


def test_what_cannot_be_restored_rightly_is_not_restored(first: Server) -> None:
    works_for_a_while(first)
    archive = Path(first.environment["CELABIEDRS_ARCHIVE"])
    (base,) = (archive / "bases").glob("2*")
    refused = {
        "before the base": (datetime.now(UTC) - timedelta(days=1)).isoformat(),
        "after the end of the stream": (datetime.now(UTC) + timedelta(days=1)).isoformat(),
        "no moment": "yesterday",
    }
    for number, (why, moment) in enumerate(refused.items()):
        other = first.another(f"other{number}")
        ended = other.does("restore", "--to", moment)
        assert ended.returncode == 1, why
        assert "Traceback" not in ended.stderr
        assert not (other.data / "postgres").exists()
    listed = json.loads((base / "list.json").read_text("utf-8"))
    listed["cluster"]["backup_manifest"] = "0" * 64
    (base / "list.json").write_text(json.dumps(listed), "utf-8")
    ended = first.another("tampered").does("restore", "--to", "latest")
    assert (ended.returncode, "signature" in ended.stderr) == (1, True)
