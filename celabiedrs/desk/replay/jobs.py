"""What the clock would have done between two steps: each job of the schedule that fell due, at its time."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from croniter import croniter
from django.db import transaction
from procrastinate.contrib.django import app

from celabiedrs.lib import clock

AT_MOST = 60
"""Runs of one job between two steps. Over a longer time they are spread evenly, the last one always: what the jobs do
follows from what is there, so a run that is left out is made up for by the next."""
HOUSEKEEPING = ("schedule", "files", "once", "outbox")
"""Jobs that look after the machine and not after the programme."""


@lru_cache(maxsize=1)
def schedule() -> tuple[tuple[str, Any], ...]:
    """Cron and function of each job of the programme; all hours are UTC."""
    app.perform_import_paths()
    return tuple(
        (periodic.cron, periodic.task)
        for periodic in app.periodic_registry.periodic_tasks.values()
        if not (periodic.task.queueing_lock or periodic.task.name).startswith(HOUSEKEEPING)
    )


def run_due(after: datetime, until: datetime) -> None:
    """Run what fell due after one moment, and by the other."""
    due = sorted(
        (
            (moment, place)
            for place, (cron, _) in enumerate(schedule())
            for moment in times(cron, after, until)
        ),
    )
    for moment, place in due:
        with clock.at(moment), transaction.atomic():
            schedule()[place][1].func(timestamp=int(moment.timestamp()))


def times(cron: str, after: datetime, until: datetime) -> Iterator[datetime]:
    """When a job falls due in that time, at most AT_MOST moments."""
    if until <= after:
        return
    step = (until - after) / AT_MOST
    found = croniter(cron, after.astimezone(clock.UTC))
    moment = found.get_next(datetime)
    if moment > until:
        return
    last = croniter(cron, until.astimezone(clock.UTC) + timedelta(seconds=1)).get_prev(datetime)
    while moment < last:
        yield moment
        found = croniter(cron, max(moment, moment + step - timedelta(seconds=1)).astimezone(clock.UTC))
        moment = found.get_next(datetime)
    yield last
