"""What the clock does with messages."""

from django.db import transaction
from procrastinate.contrib.django import app

from celabiedrs.lib.outbox.posting import send_due


@app.task(queueing_lock="outbox.send")
def send(timestamp: int = 0) -> None:
    """Send what is due; config/schedule.py says how often. A failing mail server fails no job."""
    send_due()


@app.task
def send_now() -> None:
    """Send what is due without waiting for the clock."""
    send_due()


def send_soon() -> None:
    """Have the letters of this transaction sent once it is through.

    Whatever goes wrong with that takes nothing back: the messages stand, and the clock's next minute sends them.
    """
    transaction.on_commit(lambda: send_now.defer() and None, robust=True)
