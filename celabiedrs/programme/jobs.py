"""Long tables in the background, and those forgotten that nobody confirmed; config/schedule.py says when."""

from procrastinate.contrib.django import app

from celabiedrs.lib.retrying import NIGHTLY
from celabiedrs.programme.actions import imports


@app.task
def run_import(key: int) -> None:
    """Look at a table, or enter it; a second run of the same finds nothing to do."""
    imports.run_import(key)


@app.task(queueing_lock="programme.tables", retry=NIGHTLY)
def forget_tables(timestamp: int = 0) -> None:
    """Delete what was uploaded and not confirmed."""
    imports.forget_old()
