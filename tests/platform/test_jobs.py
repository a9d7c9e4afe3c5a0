"""What a killed worker left is given to the others, and what fails once a day is tried again."""

from types import SimpleNamespace
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from croniter import croniter
from django.db import connection
from procrastinate.contrib.django import app

from config.schedule import requeue_stalled

OFTEN = 10 * 60


def state_of(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [job])
        return str(cursor.fetchone()[0])


def taken(silent_seconds: int) -> int:
    """A job in the hands of a worker that told of itself so many seconds ago."""
    job = app.configure_task("celabiedrs.lib.once.jobs.delete").defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 second') RETURNING id",
            [silent_seconds],
        )
        worker = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, job]
        )
    return int(job)


def requeue() -> None:
    async_to_sync(requeue_stalled.func)(SimpleNamespace(app=app), timestamp=0)


@pytest.mark.django_db
def test_the_job_of_a_killed_worker_is_given_to_the_others() -> None:
    job = taken(silent_seconds=300)
    assert state_of(job) == "doing"
    requeue()
    assert state_of(job) == "todo"


@pytest.mark.django_db
def test_the_job_of_a_worker_that_lives_is_left_to_it() -> None:
    job = taken(silent_seconds=20)
    requeue()
    assert state_of(job) == "doing"


def jobs() -> list[Any]:
    app.perform_import_paths()
    return list(app.periodic_registry.periodic_tasks.values())


def test_what_runs_a_few_times_a_day_is_tried_again_and_the_rest_is_made_up_for_by_its_next_run() -> None:
    once = []
    for periodic in jobs():
        clockwork = croniter(periodic.cron)
        first, second = clockwork.get_next(float), clockwork.get_next(float)
        if second - first > OFTEN and periodic.task.retry_strategy is None:
            once.append(periodic.task.name)
    assert jobs()
    assert once == []
