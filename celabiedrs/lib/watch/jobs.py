"""What the clock does with alarms."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from procrastinate.contrib.django import app

from celabiedrs.lib import clock
from celabiedrs.lib.retrying import NIGHTLY
from celabiedrs.lib.watch.alarms import end_alarm, raise_alarm, tell_operator
from celabiedrs.lib.watch.checks import ALARMED, OK, states
from celabiedrs.lib.watch.models import Alarm

LETTERS_KEPT = timedelta(days=30)
ALARMS_KEPT = timedelta(days=365)


@app.task(queueing_lock="watch.tell")
def tell(timestamp: int = 0) -> None:
    """Write to the operator about what is new; config/schedule.py says when."""
    tell_operator()


@app.task(queueing_lock="watch.look")
def look(timestamp: int = 0) -> None:
    """Raise an alarm where disk, letters, jobs, backup or clock are not as they should be, and end it when they are."""
    for state in states():
        if state.name in ALARMED:
            end_alarm(state.name) if state.level == OK else raise_alarm(state.name, state.figure)


@app.task(queueing_lock="watch.forget", retry=NIGHTLY)
def forget(timestamp: int = 0) -> None:
    """Delete letters in the data folder after a month (no mail server), and alarms that were over a year ago."""
    now = clock.now()
    folder = Path(settings.EMAIL_FILE_PATH)
    for letter in folder.glob("*.log") if folder.is_dir() else ():
        if letter.stat().st_mtime < (now - LETTERS_KEPT).timestamp():
            letter.unlink(missing_ok=True)
    Alarm.objects.filter(over_at__lt=now - ALARMS_KEPT).delete()
