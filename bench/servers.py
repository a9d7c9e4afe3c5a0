"""The throw-away cluster and the two servers on it: ours as `celabiedrs web` starts it, and the floors."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.clients import Client, Unexpected, request
from bench.machine import cpu_seconds

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
UP_WITHIN = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def ground() -> Iterator[int]:
    """A durable cluster of our own and the environment of a service; gives the id of the database's process."""
    from celabiedrs.lib.postgres import Cluster

    folder = Path(tempfile.mkdtemp(prefix="celabiedrs-bench-"))
    folder.chmod(0o711)
    for name in [name for name in os.environ if name.startswith("CELABIEDRS_")]:
        del os.environ[name]
    os.environ |= {
        "CELABIEDRS_DATA": str(folder),
        "CELABIEDRS_MODE": "production",
        "CELABIEDRS_PROXY": "1",
        "CELABIEDRS_SECRET_KEY": secrets.token_urlsafe(64),
        "CELABIEDRS_NOTES_KEYS": secrets.token_urlsafe(64),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    cluster = Cluster(folder, durable=True)
    try:
        os.environ["DATABASE_URL"] = cluster.start()
        assert cluster.process is not None
        yield cluster.process.pid
    finally:
        with contextlib.suppress(ImportError):
            from django.db import connections

            connections.close_all()
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Server:
    """A web server in a process tree of its own."""

    def __init__(self, name: str, command: list[str], first_page: str) -> None:
        self.name = name
        self.command = command
        self.port = free_port()
        self.first_page = first_page
        self.process: subprocess.Popen[bytes] | None = None
        self.came_up_in = 0.0

    def start(self) -> "Server":
        """Start, and measure until the first whole page."""
        command = [part.replace("PORT", str(self.port)) for part in self.command]
        began = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"CELABIEDRS_PARENT": str(os.getpid())},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        asking = request("GET", self.first_page, self.headers())
        while True:
            client = Client(self.port)
            try:
                status, _, body = client.send(asking)
                if status == 200 and b"</html>" in body:
                    break
                self.stop()
                raise Unexpected(f"the first page of {self.name}: {status} {body[:300]!r}")
            except OSError:
                if self.process.poll() is not None or time.perf_counter() - began > UP_WITHIN:
                    self.stop()
                    raise
                time.sleep(0.01)
            finally:
                client.close()
        self.came_up_in = time.perf_counter() - began
        return self

    def headers(self, cookies: str = "") -> dict[str, str]:
        """As a proxy in front of the service would send them."""
        headers = {
            "Host": f"127.0.0.1:{self.port}",
            "X-Forwarded-Proto": "https",
            "Origin": f"https://127.0.0.1:{self.port}",
            "Accept": "text/html",
        }
        return headers | ({"Cookie": cookies} if cookies else {})

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def cpu(self) -> float:
        return cpu_seconds(self.pid)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(20)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)  # a session of its own: whatever is left of it
            self.process.wait()


def ours() -> Server:
    web = [sys.executable, "-m", "config.commands", "web", "--port", "PORT", "--workers", str(WORKERS)]
    return Server("ours", web, "/ienakt/")


def floor() -> Server:
    return Server("floor", [sys.executable, "-m", "bench.serve_floors", "PORT", str(WORKERS)], "/hello")
