"""Can this installation work, and how well: each check tells "ok", "warning" or "bad", with a figure for operators."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from celabiedrs.lib import clock
from celabiedrs.lib.watch.milestones import BACKUP, RESTORE
from celabiedrs.lib.watch.words import CHECKS

OK, WARNING, BAD = "ok", "warning", "bad"
WORKER_SILENT = timedelta(seconds=60)
LETTER_LATE = timedelta(hours=1)
BACKUP_OLD = timedelta(hours=26)
RESTORE_OLD = timedelta(days=100)
CLOCK_OFF = 5.0
"""Seconds between this machine and the database."""
DISK_LOW, DISK_FULL = 0.10, 0.02


@dataclass(frozen=True)
class State:
    """`figure` is for the operator: a number or a moment, nothing of a person."""

    name: str
    level: str
    figure: str = ""

    @property
    def title(self) -> str:
        return str(CHECKS[self.name][0])

    @property
    def advice(self) -> str:
        """What to do, where it is not in order."""
        return "" if self.level == OK else str(CHECKS[self.name][1])


def states() -> Iterator[State]:
    """Every check in turn; without the database only those that do without it."""
    yield _disk()
    yield _static()
    yield State("mail", OK if _mails() else WARNING)
    try:
        _one("SELECT 1")
    except DatabaseError:
        yield State("database", BAD)
        return
    yield State("database", OK)
    yield _clock()
    if not _migrated():
        yield State("migrations", BAD)
        return
    yield State("migrations", OK)
    yield State("cache", OK if _one("SELECT to_regclass('cache')") else BAD)
    for check in (_worker, _jobs, _letters, _backup, _restore, _files, _alarms):
        yield check()


def ready() -> tuple[bool, list[State]]:
    """Whether requests can be answered, and everything that was looked at."""
    found = list(states())
    return all(state.level != BAD for state in found), found


def _one(question: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, values or None)
        row = cursor.fetchone()
    return row[0] if row else None


def _disk() -> State:
    told = [shutil.disk_usage(path) for path in {_there(Path(settings.DATA)), _there(_files_folder())}]
    free = min(usage.free / usage.total for usage in told)
    level = BAD if free < DISK_FULL else WARNING if free < DISK_LOW else OK
    return State("disk", level, f"{free:.0%}")


def _files_folder() -> Path:
    return Path(getattr(settings, "FILES_ROOT", None) or Path(settings.DATA) / "files")


def _there(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path


def _static() -> State:
    made = settings.MODE == "making" or (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    return State("static", OK if made else BAD)


def _mails() -> bool:
    return not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")


def _migrated() -> bool:
    """Asked in full until it is so; a table never goes back while the program runs."""
    if not _known["migrated"]:
        executor = MigrationExecutor(connection)
        _known["migrated"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _known["migrated"]


_known = {"migrated": False}


def _clock() -> State:
    off = abs((_one("SELECT clock_timestamp()") - clock.now()).total_seconds())
    return State("clock", OK if off < CLOCK_OFF else WARNING, f"{off:.1f} s")


def _worker() -> State:
    seen = _one("SELECT max(last_heartbeat) FROM procrastinate_workers")
    silent = seen is None or _one("SELECT now() - %s > %s", seen, WORKER_SILENT)
    return State("worker", WARNING if silent else OK, _moment(seen))


def _jobs() -> State:
    failed = _one("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
    return State("jobs", WARNING if failed else OK, str(failed))


def _letters() -> State:
    waiting = _one(
        "SELECT count(*) FROM outbox_message WHERE sent_at IS NULL AND read_at IS NULL AND attempts > 0"
        " AND not_before < now() - %s",
        LETTER_LATE,
    )
    return State("letters", WARNING if waiting else OK, str(waiting))


def _backup() -> State:
    return _since("backup", BACKUP, BACKUP_OLD)


def _restore() -> State:
    return _since("restore", RESTORE, RESTORE_OLD)


def _since(name: str, milestone: str, old: timedelta) -> State:
    """A new installation has as long for its first one."""
    at = _one("SELECT at FROM watch_milestone WHERE name = %s", milestone)
    since = at or _one("SELECT min(applied) FROM django_migrations")
    late = clock.now() - since > old
    return State(name, WARNING if late else OK, _moment(at))


def _files() -> State:
    damaged = _one("SELECT count(*) FROM files_storedfile WHERE damaged_at IS NOT NULL")
    return State("files", WARNING if damaged else OK, str(damaged))


def _alarms() -> State:
    raised = _one("SELECT count(*) FROM watch_alarm WHERE over_at IS NULL")
    return State("alarms", WARNING if raised else OK, str(raised))


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "–"


@dataclass(frozen=True)
class FailedJob:
    """By its name and moment alone: what a job was given is nobody's to read here."""

    name: str
    attempts: int
    at: datetime | None


FAILED = """
SELECT task_name, attempts, (SELECT max(at) FROM procrastinate_events e WHERE e.job_id = j.id AND e.type = 'failed')
FROM procrastinate_jobs j WHERE status = 'failed' ORDER BY id DESC LIMIT 50
"""


def failed_jobs() -> list[FailedJob]:
    """The last fifty; the nightly clearing takes them away after a week."""
    with connection.cursor() as cursor:
        cursor.execute(FAILED)
        return [FailedJob(*row) for row in cursor.fetchall()]


ALARMED = ("disk", "letters", "jobs", "backup", "clock")
"""What the worker tells the operator of by letter; the rest is for anyone who watches from outside."""
