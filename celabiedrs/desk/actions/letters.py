"""The letters: what is urgent at once, everything else once a week to who wants it."""

from django.urls import reverse

from celabiedrs.desk.words import URGENT
from celabiedrs.lib import clock
from celabiedrs.lib.outbox.sending import Letter, send, unsent
from celabiedrs.rules.reminding import last_digest


def send_urgent() -> int:
    """A letter to each person for whom something urgent waits; says how many."""
    return send(unsent().filter(template__in=URGENT), Letter("outbox/letter.txt", reverse("desk:notices")))


def send_digests() -> int:
    """The week's letter to each person for whom something has waited since before its hour; says how many.

    What comes after the hour waits for the next one, so that nobody gets two in a week. A letter that was late because
    the mail was down goes out as soon as it can.
    """
    waiting = (
        unsent()
        .exclude(template__in=URGENT)
        .filter(not_before__lt=last_digest(clock.now()), to__weekly_digest=True)
    )
    return send(waiting, Letter("outbox/digest.txt", reverse("desk:notices")))
