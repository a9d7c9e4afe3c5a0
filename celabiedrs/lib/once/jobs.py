"""What the clock does with posted keys."""

from datetime import timedelta

from procrastinate.contrib.django import app

from celabiedrs.lib import clock
from celabiedrs.lib.once.models import PostedKey
from celabiedrs.lib.retrying import NIGHTLY

KEPT = timedelta(days=7)


def delete_old_keys() -> int:
    """Delete keys older than a week: no page stays open that long. Says how many."""
    deleted, _ = PostedKey.objects.filter(made_at__lt=clock.now() - KEPT).delete()
    return deleted


@app.task(queueing_lock="once.delete", retry=NIGHTLY)
def delete(timestamp: int = 0) -> None:
    """The nightly deletion; config/schedule.py says when."""
    delete_old_keys()
