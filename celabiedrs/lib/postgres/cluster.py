"""One PostgreSQL cluster in one data folder: made when missing, started, stopped, taken over after a kill."""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from celabiedrs.lib.postgres.account import Account, account_for
from celabiedrs.lib.postgres.binaries import find_binaries, major_version, reachable_binaries
from celabiedrs.lib.postgres.lock import FolderLock

ROLE = "celabiedrs"
READY_WITHIN = 60.0
"""Seconds: a recovery after a kill may take a while on a slow disk."""
STOPPED_WITHIN = 30.0
LOG_LIMIT = 10_000_000
"""Bytes above which the server's log is put aside."""


class ServerFailed(Exception):
    """The server could not be made or started; the text says why and where to read more."""


class Cluster:
    """The server of one data folder. `start` and `stop` are for one owner; others use `running_url`.

    `durable=False` is for throw-away clusters of tests only: it may lose everything at a power cut.
    """

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self.data = data.resolve()
        self.durable = durable
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None
        self._lock = FolderLock(self.data / "postgres.lock")

    # ------------------------------------------------------------------ for its owner

    def start(self) -> str:
        """Start, and give the address of the database. Raises FolderInUse or ServerFailed."""
        self.data.mkdir(parents=True, exist_ok=True)
        if not self._lock.held:
            self._lock.take()
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self.url

    def stop(self) -> None:
        """Stop fast (SIGINT) and wait; every committed row is kept. Safe to call twice."""
        if self.process is not None:
            _stop_process(self.process.pid, self.process)
            self.process = None
        self._lock.release()

    @property
    def died(self) -> bool:
        return self.process is None or self.process.poll() is not None

    @property
    def url(self) -> str:
        return _url(self._secrets()["role"], self.port)

    def trim_log(self) -> None:
        """Put the server's log aside once it is too long; the server, which appends, goes on in the emptied one."""
        log = self.data / "postgres.log"
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            shutil.copy2(log, log.with_suffix(".log.old"))
            os.truncate(log, 0)

    # ------------------------------------------------------------------ inside

    def _start(self) -> None:
        account = account_for(self.data)
        home = home_of(self.data, account)
        binaries = reachable_binaries(find_binaries(), account, home.parent)
        self._check_version(home, binaries)
        if not (home / "PG_VERSION").exists():
            self._make(home, binaries, account)
        _clear_leftovers(home)
        for attempt in range(3):
            self.port = self.port or free_port()
            self._launch(home, binaries, account)
            if self._wait_until_ready(last=attempt == 2):
                break
            self.port = 0
        self._make_database()

    def _secrets(self) -> dict[str, str]:
        path = self.data / "postgres.secret"
        if not path.exists():
            made = {"postgres": secrets.token_urlsafe(24), "role": secrets.token_urlsafe(24)}
            write_private(path, json.dumps(made))
        known: dict[str, str] = json.loads(path.read_text("utf-8"))
        return known

    def _check_version(self, home: Path, binaries: Path) -> None:
        made_by = home / "PG_VERSION"
        if made_by.exists() and int(made_by.read_text().strip()) != major_version(binaries):
            raise ServerFailed(
                f"The data in {home} was made by PostgreSQL {made_by.read_text().strip()}, but the programs in "
                f"{binaries} are version {major_version(binaries)}. Name the old ones in PG_BINDIR, or carry the "
                "data over with pg_dump."
            )

    def _make(self, home: Path, binaries: Path, account: Account) -> None:
        """initdb beside its place, then one rename: a kill in between leaves nothing half made."""
        making = home.with_name(home.name + ".new")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700)
        account.own(making)
        locale = ["--locale=C"]
        if major_version(binaries) >= 17:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        password = making.parent / f"password-{secrets.token_hex(8)}"
        write_private(password, self._secrets()["postgres"])
        account.own(password)
        try:
            done = subprocess.run(
                [str(binaries / "initdb"), "-D", str(making), "--username=postgres", f"--pwfile={password}",
                 "--auth=scram-sha-256", "--encoding=UTF8", *locale, "--data-checksums",
                 *([] if self.durable else ["--no-sync"])],
                **account.popen(),  # type: ignore[call-overload]
                env=_plain_environment(), cwd="/", capture_output=True, text=True,
            )  # fmt: skip
        finally:
            password.unlink()
        if done.returncode != 0:
            raise ServerFailed(f"initdb could not make the database in {home}: {done.stderr.strip()}")
        making.rename(home)

    def _launch(self, home: Path, binaries: Path, account: Account) -> None:
        log = self.data / "postgres.log"
        self.trim_log()
        options = _options(self.port, durable=self.durable)
        with open(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as output:
            self.process = subprocess.Popen(
                [str(binaries / "postgres"), "-D", str(home), *options],
                **account.popen(),  # type: ignore[call-overload]
                env=_plain_environment(), cwd="/", stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True,
            )  # fmt: skip

    def _wait_until_ready(self, *, last: bool) -> bool:
        """False when it went down by itself and another port is worth a try."""
        assert self.process is not None
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            if self.process.poll() is not None:
                if not last:
                    time.sleep(0.5)
                    return False
                break
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self._superuser_url(), connect_timeout=2).close()
                return True
            time.sleep(0.05)
        raise ServerFailed(
            f"PostgreSQL did not start; the reason is at the end of {self.data / 'postgres.log'}:\n"
            + tail_of(self.data / "postgres.log")
        )

    def _superuser_url(self) -> str:
        return _url(self._secrets()["postgres"], self.port, role="postgres", database="postgres")

    def _make_database(self) -> None:
        """The program's own role (no superuser: as a hosted server gives it) and its database."""
        role, password = sql.Identifier(ROLE), sql.Literal(self._secrets()["role"])
        with psycopg.connect(self._superuser_url(), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(role, password)
                )
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ROLE]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))


def running_url(data: Path) -> str | None:
    """The address of the server that runs on this data folder now, or None. Starts and changes nothing."""
    return cluster_url(data, role=ROLE, database=ROLE)


def cluster_url(data: Path, *, role: str, database: str) -> str | None:
    """The same for a role of ours."""
    data = data.resolve()
    for home in _homes(data):
        with contextlib.suppress(OSError, ValueError, KeyError):
            lines = (home / "postmaster.pid").read_text().splitlines()
            pid, port, ready = int(lines[0]), int(lines[3]), lines[7].strip() == "ready"
            if ready and _is_server(pid, home):
                known = json.loads((data / "postgres.secret").read_text("utf-8"))
                return _url(known["role" if role == ROLE else role], port, role=role, database=database)
    return None


def write_private(path: Path, text: str) -> None:
    """A new file, readable by its owner only, whole or not at all."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)


def _homes(data: Path) -> list[Path]:
    """Where the files may lie: in the data folder, or aside for an account that may not go there."""
    mark = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    return [data / "postgres", Path("/var/lib/celabiedrs") / mark / "postgres"]


def home_of(data: Path, account: Account) -> Path:
    """The first place where a cluster is already, else the first that the account may enter."""
    inside, aside = _homes(data)
    if account.uid is None or (account.can("-x", data) and not aside.exists()):
        return inside
    if (inside / "PG_VERSION").exists() and account.can("-x", data):
        return inside
    aside.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    return aside


def _options(port: int, *, durable: bool) -> list[str]:
    options: dict[str, Any] = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": "",
        "max_connections": 200,
        # a stopped `celabiedrs wal` must not fill the disk
        "max_slot_wal_keep_size": "8GB",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "jit": "off",
        # personal data stays out of the log: neither statements, nor their values, nor the DETAIL of a refusal
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_parameter_max_length": 0,
        "log_parameter_max_length_on_error": 0,
    }
    if not durable:
        options |= {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "autovacuum": "off",
        }
    return [part for name, value in options.items() for part in ("-c", f"{name}={value}")]


def _url(password: str, port: int, *, role: str = ROLE, database: str = ROLE) -> str:
    return f"postgresql://{role}:{password}@127.0.0.1:{port}/{database}"


def free_port() -> int:
    """One that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _plain_environment() -> dict[str, str]:
    kept = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"LC_ALL": "C"}


def _clear_leftovers(home: Path) -> None:
    """After a kill: stop the server that outlived its program, forget the one that did not.

    We hold the folder's lock, so whatever still runs here is nobody's.
    """
    mark = home / "postmaster.pid"
    try:
        pid = int(mark.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        mark.unlink(missing_ok=True)
        return
    if _is_server(pid, home):
        _stop_process(pid)
    mark.unlink(missing_ok=True)


def _is_server(pid: int, home: Path) -> bool:
    """Whether that process is a postgres on that folder: a number alone may be anybody's by now."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        if Path("/proc/self").exists():
            return False
        told = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, check=False)
        command = told.stdout.split()
    return any(part.endswith(b"postgres") for part in command[:1]) and str(home).encode() in command


def _stop_process(pid: int, child: subprocess.Popen[bytes] | None = None) -> None:
    for how in (signal.SIGINT, signal.SIGQUIT):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, how)
        until = time.monotonic() + STOPPED_WITHIN
        while time.monotonic() < until:
            if _gone(pid, child):
                return
            time.sleep(0.05)
    raise ServerFailed(f"PostgreSQL (process {pid}) does not stop.")


def _gone(pid: int, child: subprocess.Popen[bytes] | None) -> bool:
    if child is not None:
        return child.poll() is not None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    state = Path(f"/proc/{pid}/stat")
    # a zombie whose parent does not fetch it is as good as gone
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z"


def tail_of(path: Path, lines: int = 5) -> str:
    """The end of a log."""
    return "\n".join(path.read_text("utf-8", "replace").splitlines()[-lines:])
