"""What the clock does with reports of danger."""

from procrastinate.contrib.django import app

from celabiedrs.safeguarding.actions import escalate_due, tell_new_officers


@app.task(queueing_lock="safeguarding.escalate")
def escalate(timestamp: int = 0) -> None:
    """Every minute; config/schedule.py says so."""
    escalate_due()
    tell_new_officers()
