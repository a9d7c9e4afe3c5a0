"""What the clock does with private notes."""

from procrastinate.contrib.django import app

from celabiedrs.lib.retrying import NIGHTLY
from celabiedrs.notes.actions import erase_due_notes


@app.task(queueing_lock="notes.erase", retry=NIGHTLY)
def erase(timestamp: int = 0) -> None:
    """The nightly erasure; config/schedule.py says when."""
    erase_due_notes()
