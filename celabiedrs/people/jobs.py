"""What the clock does with letters about accounts; config/schedule.py says when. A failing mail server fails no job."""

from procrastinate.contrib.django import app

from celabiedrs.people.actions import letters


@app.task(queueing_lock="people.letters")
def send_letters(timestamp: int = 0) -> None:
    """Send the letters that wait."""
    letters.send_letters()
