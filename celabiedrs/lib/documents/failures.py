"""Issuing many documents: one that cannot be made is written down, tried again later, and stops no other (I6)."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import F, Model, QuerySet

from celabiedrs.lib import clock
from celabiedrs.lib.documents.models import FailedDocument

AT_ONCE = 200
FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(days=1)
FORGOTTEN_AFTER = timedelta(days=2)
"""A failure that was not tried again for so long is about something that is gone."""

Thing = TypeVar("Thing", bound=Model)
log = logging.getLogger(__name__)


def issue_each(waiting: "QuerySet[Thing]", issue_one: Callable[[Thing], object], *, kind: str) -> int:
    """Issue a document for each thing that waits, at most 200 at once; says how many succeeded.

    Each has a savepoint of its own. Those that failed rest between two tries, so that the others get their turn.
    """
    now = clock.now()
    failures = FailedDocument.objects.filter(kind=kind)
    failures.filter(retry_at__lt=now - FORGOTTEN_AFTER).delete()
    resting = list(failures.filter(retry_at__gt=now).order_by().values_list("subject_id", flat=True))
    failed = set(failures.order_by().values_list("subject_id", flat=True))
    issued = 0
    for thing in waiting.exclude(pk__in=resting)[:AT_ONCE]:
        try:
            with transaction.atomic():
                issue_one(thing)
        except Exception as error:
            _note(kind, thing.pk, type(error).__name__)
            continue
        issued += 1
        if thing.pk in failed:
            failures.filter(subject_id=thing.pk).delete()
    return issued


def _note(kind: str, subject_id: int, error: str) -> None:
    """What failed and how often; the error by its class alone, because its text may hold what somebody wrote."""
    log.error("documents: a document of the kind %s could not be made: %s", kind, error)
    now = clock.now()
    row, new = FailedDocument.objects.get_or_create(
        kind=kind,
        subject_id=subject_id,
        defaults={"failed_at": now, "retry_at": now + FIRST_PAUSE, "error": error[:100]},
    )
    if not new:
        pause = min(FIRST_PAUSE * 2 ** min(row.tries, 12), LONGEST_PAUSE)
        FailedDocument.objects.filter(pk=row.pk).update(
            tries=F("tries") + 1, retry_at=now + pause, error=error[:100]
        )
