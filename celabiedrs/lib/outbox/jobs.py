"""Sending at once what cannot wait for the clock's next minute."""

from django.db import transaction
from procrastinate.contrib.django import app

from celabiedrs.lib.outbox.sending import Letter, send, unsent


@app.task
def send_now(kinds: list[str]) -> None:
    """Send what is due of these kinds. A failing mail server fails no job."""
    send(unsent().filter(kind__in=kinds), Letter())


def send_soon(*kinds: str) -> None:
    """Have the letters of these kinds sent once this transaction is through.

    Whatever goes wrong with that takes nothing back: the messages stand, and the clock's next minute sends them.
    """
    transaction.on_commit(lambda: send_now.defer(kinds=list(kinds)) and None, robust=True)
