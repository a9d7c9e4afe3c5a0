"""What the clock does with messages."""

from procrastinate.contrib.django import app

from celabiedrs.lib.outbox.posting import send_due


@app.task(queueing_lock="outbox.send")
def send(timestamp: int = 0) -> None:
    """Send what is due; config/schedule.py says how often. A failing mail server fails no job."""
    send_due()
