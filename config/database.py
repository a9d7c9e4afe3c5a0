"""Which database: the one named in DATABASE_URL, else the embedded server of the data folder."""

import fcntl
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from celabiedrs.lib.postgres import Cluster, FolderInUse, ServerFailed, running_url
from config.folder import data_folder, make_folder

NOWHERE = "postgresql://celabiedrs@127.0.0.1:1/celabiedrs"
"""No server is known: connecting fails at once, importing the settings does not."""
PATIENCE = 60.0
"""Seconds to wait for a server that another command is just starting or stopping."""


def database_settings(url: str, *, pool: int = 0) -> dict[str, Any]:
    """Django's DATABASES entry for a libpq address. `pool` is the largest number of kept connections."""
    parts: dict[str, Any] = {
        name: value for name, value in conninfo_to_dict(url).items() if value is not None
    }
    settings: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "celabiedrs"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "CONN_MAX_AGE": 0,
        # a kept connection may be one to a server that has been started again since
        "CONN_HEALTH_CHECKS": bool(pool),
    }
    # the server remembers the plan of what it has been asked three times on a connection: two fifths of the cost of
    # writing down a meeting (docs/bench.md). A pooler between needs to know this too (PgBouncer 1.21 or newer).
    parts |= {"server_side_binding": True, "prepare_threshold": 3}
    if pool:
        parts["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10}
    return settings | {"OPTIONS": parts}


def known_url() -> str:
    """What the settings take: DATABASE_URL, else the embedded server if it runs. Starts nothing."""
    return os.environ.get("DATABASE_URL") or running_url(data_folder().path) or NOWHERE


@contextmanager
def database() -> Iterator[str]:
    """The database for one command: its address stands in DATABASE_URL inside.

    Starts the embedded server where none runs and uses the running one where one does. Who started it
    stops it, after the last other command that uses it has ended (a shared lock tells).
    """
    if os.environ.get("DATABASE_URL"):
        yield os.environ["DATABASE_URL"]
        return
    folder = data_folder()
    make_folder(folder.path)
    if folder.word:
        print(folder.word, file=sys.stderr)
    with open(folder.path / "postgres.users", "a", encoding="ascii") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        started, url = _start_or_join(folder.path)
        os.environ["DATABASE_URL"] = url
        try:
            yield url
        finally:
            del os.environ["DATABASE_URL"]
            if started is not None:
                fcntl.flock(users, fcntl.LOCK_EX)
                started.stop()


def _start_or_join(data: Path) -> tuple[Cluster | None, str]:
    until = time.monotonic() + PATIENCE
    while True:
        cluster = Cluster(data)
        try:
            return cluster, cluster.start()
        except FolderInUse:
            url = running_url(data)
            if url:
                return None, url
            if time.monotonic() > until:
                raise ServerFailed(f"The database in {data} is neither up nor free.") from None
            time.sleep(0.2)
