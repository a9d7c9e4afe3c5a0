"""What Prometheus is told: counts and ages, nothing of a person."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from celabiedrs.lib.watch.checks import OK, WARNING, State

LEVELS = {OK: 0, WARNING: 1}
JOBS = "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1 ORDER BY 1"
GAUGES = {
    "letters_unsent": "SELECT count(*) FROM outbox_message WHERE sent_at IS NULL AND read_at IS NULL"
    " AND not_before <= now()",
    "job_oldest_due_seconds": "SELECT coalesce(extract(epoch FROM now() - min(coalesce(scheduled_at, ("
    "SELECT min(at) FROM procrastinate_events e WHERE e.job_id = j.id)))), 0) FROM procrastinate_jobs j"
    " WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())",
    "worker_heartbeat_age_seconds": "SELECT coalesce(extract(epoch FROM now() - max(last_heartbeat)), -1)"
    " FROM procrastinate_workers",
    "files_damaged": "SELECT count(*) FROM files_storedfile WHERE damaged_at IS NOT NULL",
    "alarms_open": "SELECT count(*) FROM watch_alarm WHERE over_at IS NULL",
    "database_bytes": "SELECT pg_database_size(current_database())",
    "database_connections": "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()",
}
AGES = "SELECT name, extract(epoch FROM now() - at) FROM watch_milestone ORDER BY name"


def exposition(states: list[State]) -> str:
    """The text format of Prometheus."""
    return "\n".join(_lines(states)) + "\n"


def _lines(states: list[State]) -> Iterator[str]:
    yield "# HELP celabiedrs_check 0 ok, 1 warning, 2 bad"
    yield "# TYPE celabiedrs_check gauge"
    for state in states:
        yield f'celabiedrs_check{{name="{state.name}"}} {LEVELS.get(state.level, 2)}'
    yield "# TYPE celabiedrs_disk_free_bytes gauge"
    yield f"celabiedrs_disk_free_bytes {shutil.disk_usage(Path(settings.DATA)).free}"
    try:
        yield from _of_database()
    except DatabaseError:
        return


def _of_database() -> Iterator[str]:
    with connection.cursor() as cursor:
        for name, question in GAUGES.items():
            cursor.execute(question)
            (value,) = cursor.fetchone() or (0,)
            yield f"# TYPE celabiedrs_{name} gauge"
            yield f"celabiedrs_{name} {float(value):g}"
        cursor.execute(JOBS)
        yield "# TYPE celabiedrs_jobs gauge"
        yield from (f'celabiedrs_jobs{{status="{status}"}} {count}' for status, count in cursor.fetchall())
        cursor.execute(AGES)
        yield "# TYPE celabiedrs_age_seconds gauge"
        yield from (
            f'celabiedrs_age_seconds{{of="{name}"}} {float(age):.0f}' for name, age in cursor.fetchall()
        )
