"""What the clock would have done between two steps: each job of the schedule that fell due, at its time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from croniter import croniter
from django.db import transaction
from procrastinate.contrib.django import app

from celabiedrs.lib import clock

AT_MOST, FREQUENT_AT_MOST = 62, 4
"""Runs of one job between two steps, and of one that runs many times an hour. Over a longer time they are spread
evenly, the last one always: what the jobs do follows from what is there, so a run that is left out is made up for by
the next."""
HOUSEKEEPING = ("schedule", "files", "once", "outbox", "audit", "watch")
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
    """When a job falls due after one moment and by the other; thinned out where it is too often."""
    if until <= after:
        return
    clockwork = croniter(cron, after.astimezone(UTC))
    first, second = clockwork.get_next(datetime), clockwork.get_next(datetime)
    if first > until:
        return
    most = FREQUENT_AT_MOST if second - first < timedelta(hours=1) else AT_MOST
    apart = max(second - first, (until - after) / most)
    last = croniter(cron, until.astimezone(UTC) + timedelta(seconds=1)).get_prev(datetime)
    moment = first
    while moment < last:
        yield moment
        clockwork = croniter(cron, (moment + apart).astimezone(UTC) - timedelta(seconds=1))
        moment = clockwork.get_next(datetime)
    yield last
