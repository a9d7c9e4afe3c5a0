"""What the clock does about keeping."""

import logging

from procrastinate.contrib.django import app

from celabiedrs.lib.retrying import NIGHTLY
from celabiedrs.retention.actions.lapse import lapse
from celabiedrs.retention.actions.proposal import carry_out_agreed
from celabiedrs.retention.documents import issue_certificates

log = logging.getLogger(__name__)


@app.task(queueing_lock="retention.carry_out")
def carry_out(timestamp: int = 0) -> None:
    """Every minute; config/schedule.py says so. A disposal that was killed has done nothing and is taken up again."""
    carry_out_agreed()
    issue_certificates()


@app.task(queueing_lock="retention.lapse", retry=NIGHTLY)
def lapse_nightly(timestamp: int = 0) -> None:
    """The night's erasure of the shorter classes; config/schedule.py says when."""
    for name, rows in lapse().items():
        log.info("retention: %s rows of %s lapsed", rows, name)
