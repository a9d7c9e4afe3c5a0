"""What the clock does with messages and reminders; config/schedule.py says when. A failing mail server fails no job."""

from procrastinate.contrib.django import app

from celabiedrs.desk.actions import letters
from celabiedrs.desk.actions.daily import remind_all
from celabiedrs.lib.retrying import NIGHTLY


@app.task(queueing_lock="outbox.urgent")
def send_urgent(timestamp: int = 0) -> None:
    """Send what may not wait."""
    letters.send_urgent()


@app.task(queueing_lock="outbox.digests")
def send_digests(timestamp: int = 0) -> None:
    """Send the week's letters; asked often, so that no hour is missed and a mail server that was down is caught up."""
    letters.send_digests()


@app.task(queueing_lock="reminders.daily", retry=NIGHTLY)
def remind(timestamp: int = 0) -> None:
    """Post the reminders that are due today, each once."""
    remind_all()
