"""What the clock does with files."""

import logging

from procrastinate.contrib.django import app

from celabiedrs.lib.files.storage import orphans
from celabiedrs.lib.retrying import NIGHTLY

log = logging.getLogger(__name__)


def sweep_orphans() -> int:
    """Delete files that have had no row for a day; says how many."""
    swept = 0
    for path in orphans():
        path.unlink(missing_ok=True)
        swept += 1
    return swept


@app.task(queueing_lock="files.sweep", retry=NIGHTLY)
def sweep(timestamp: int = 0) -> None:
    """The nightly sweep; config/schedule.py says when."""
    log.info("files: %s without a row swept away", sweep_orphans())
