"""Sending what was posted: one e-mail a person however many messages wait, and never a word of them."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string

from celabiedrs.lib import clock
from celabiedrs.lib.outbox.models import Message

log = logging.getLogger(__name__)
BATCH = 200
FIRST_WAIT = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True)
class Letter:
    """Which letter goes out, and to which page it leads."""

    template: str = "outbox/letter.txt"
    page: str = "/"

    def to(self, address: str, count: int) -> EmailMessage:
        """The whole e-mail: that so many messages wait and where to sign in, in both languages, without any name."""
        given = {"address": settings.ADDRESS + self.page, "count": count}
        subject, _, text = render_to_string(self.template, given).partition("\n")
        return EmailMessage(subject.strip(), text.strip() + "\n", to=[address], connection=get_connection())


def unsent() -> QuerySet[Message]:
    """What is due, not sent and not read on the page either, oldest first."""
    now = clock.now()
    due = Message.objects.filter(sent_at=None, read_at=None, not_before__lte=now)
    return due.filter(Q(retry_at=None) | Q(retry_at__lte=now)).order_by("not_before", "pk")


def send(waiting: QuerySet[Message], letter: Letter) -> int:
    """Send these of the unsent messages, one e-mail a person; says how many people got one.

    A mail server that fails keeps the messages for as long as it takes: each failure waits twice as long as the one
    before, up to six hours. Several workers may send at once; nobody is written to twice, and no row is locked while
    others' letters go out.
    """
    people = list(dict.fromkeys(waiting.values_list("to", flat=True)[:BATCH]))
    return sum(_send_to(person, waiting, letter) for person in people)


@transaction.atomic
def _send_to(person_id: int, waiting: QuerySet[Message], letter: Letter) -> bool:
    own = waiting.filter(to=person_id).select_related("to")
    messages = list(own.select_for_update(skip_locked=True, of=("self",)))
    if not messages:
        return False
    now = clock.now()
    taken = Message.objects.filter(pk__in=[message.pk for message in messages])
    person = messages[0].to
    reachable = bool(person.is_active and person.email)
    try:
        if reachable:
            letter.to(person.email, len(messages)).send()
    except Exception as error:  # whatever a mail server does, the messages stay
        log.warning("outbox: a letter did not go out (%s)", type(error).__name__)
        wait = min(FIRST_WAIT * 2 ** min(max(message.attempts for message in messages), 10), LONGEST_WAIT)
        taken.update(attempts=F("attempts") + 1, last_error=type(error).__name__[:200], retry_at=now + wait)
        return False
    taken.update(sent_at=now, attempts=F("attempts") + 1, last_error="", retry_at=None)
    return reachable
