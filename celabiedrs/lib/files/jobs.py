"""What the clock does with files."""

import logging

from procrastinate.contrib.django import app

from celabiedrs.lib.files.sweeping import SweepStopped, empty_quarantine, sweep_orphans
from celabiedrs.lib.files.verification import verify_part
from celabiedrs.lib.retrying import NIGHTLY
from celabiedrs.lib.watch.alarms import end_alarm, raise_alarm

log = logging.getLogger(__name__)


@app.task(queueing_lock="files.sweep", retry=NIGHTLY)
def sweep(timestamp: int = 0) -> None:
    """The nightly sweep; config/schedule.py says when. Where it stops, the operator is told and nothing is emptied."""
    try:
        swept = sweep_orphans()
    except SweepStopped as stopped:
        log.error("files: %s", stopped)
        raise_alarm("sweep_stopped")
        return
    end_alarm("sweep_stopped")
    log.info("files: %s without a row put into quarantine, %s days of it emptied", swept, empty_quarantine())


@app.task(queueing_lock="files.verify", retry=NIGHTLY)
def verify_nightly(timestamp: int = 0) -> None:
    """Compare a part of the stored files with their checksums."""
    verdict = verify_part()
    log.info("files: %s compared, %s damaged", verdict.compared, len(verdict.damaged))
