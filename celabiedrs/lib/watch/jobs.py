"""What the clock does with alarms."""

from procrastinate.contrib.django import app

from celabiedrs.lib.watch.alarms import tell_operator


@app.task(queueing_lock="watch.tell")
def tell(timestamp: int = 0) -> None:
    """Write to the operator about what is new; config/schedule.py says when."""
    tell_operator()
