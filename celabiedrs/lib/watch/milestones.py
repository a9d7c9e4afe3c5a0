"""When something important last succeeded."""

from datetime import datetime

from celabiedrs.lib import clock
from celabiedrs.lib.watch.models import Milestone

BACKUP, RESTORE = "backup", "restore"


def reach(name: str, *, at: datetime | None = None, detail: str = "") -> None:
    values = {"at": at or clock.now(), "detail": detail[:200]}
    Milestone.objects.update_or_create(name=name, defaults=values)


def last(name: str) -> Milestone | None:
    return Milestone.objects.filter(name=name).first()
