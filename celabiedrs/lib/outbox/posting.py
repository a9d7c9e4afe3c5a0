"""Posting inside an act's transaction, sending afterwards."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, QuerySet
from django.template.loader import render_to_string

from celabiedrs.lib import clock
from celabiedrs.lib.outbox.models import Message

log = logging.getLogger(__name__)
BATCH = 200
ATTEMPTS_AT_MOST = 20
FIRST_WAIT = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=6)


def post(
    *,
    to: Any,
    kind: str,
    context: Mapping[str, str | int | bool | None] | None = None,
    template: str = "",
    not_before: datetime | None = None,
) -> Message:
    """Write a message to a person as part of the act that goes on: it is sent only if the act holds.

    `template` is the key by which the page words it (default: `kind`); `context` its numbers, ISO days and
    public ids – no names and no texts.
    """
    now = clock.now()
    return Message.objects.create(
        to=to,
        kind=kind,
        template=template or kind,
        context=dict(context or {}),
        created_at=now,
        not_before=not_before or now,
    )


def post_to_all(people: Any, *, kind: str, **rest: Any) -> list[Message]:
    """The same message to each of several people."""
    return [post(to=person, kind=kind, **rest) for person in people]


def messages_to(user: Any) -> QuerySet[Message]:
    """What a person has been told, newest first."""
    return Message.objects.filter(to=user, not_before__lte=clock.now()).order_by("-created_at", "-pk")


def unsent() -> QuerySet[Message]:
    """What is due and not yet sent, oldest first."""
    due = Message.objects.filter(sent_at=None, attempts__lt=ATTEMPTS_AT_MOST, not_before__lte=clock.now())
    return due.order_by("not_before", "pk")


def send_due() -> int:
    """Send what is due, one e-mail a person however many messages wait; says how many people got one.

    A mail server that fails keeps the messages: each failure waits twice as long as the one before. Several
    workers may send at once; nobody is written to twice, and no row is locked while others' letters go out.
    """
    people = list(dict.fromkeys(unsent().values_list("to", flat=True)[:BATCH]))
    return sum(_send_to(person) for person in people)


def letter(address: str) -> EmailMessage:
    """The whole e-mail: that something waits and where to sign in, in both languages, without any name."""
    body = render_to_string("outbox/letter.txt", {"address": settings.ADDRESS})
    subject, _, text = body.partition("\n")
    return EmailMessage(subject.strip(), text.strip() + "\n", to=[address], connection=get_connection())


@transaction.atomic
def _send_to(person_id: int) -> bool:
    waiting = unsent().filter(to=person_id).select_related("to")
    messages = list(waiting.select_for_update(skip_locked=True, of=("self",)))
    if not messages:
        return False
    now = clock.now()
    taken = Message.objects.filter(pk__in=[message.pk for message in messages])
    person = messages[0].to
    reachable = bool(person.is_active and person.email)
    try:
        if reachable:
            letter(person.email).send()
    except Exception as error:  # whatever a mail server does, the messages stay
        log.warning("outbox: a letter did not go out (%s)", type(error).__name__)
        wait = min(FIRST_WAIT * 2 ** min(max(message.attempts for message in messages), 10), LONGEST_WAIT)
        taken.update(attempts=F("attempts") + 1, last_error=type(error).__name__[:200], not_before=now + wait)
        return False
    taken.update(sent_at=now, attempts=F("attempts") + 1, last_error="")
    return reachable
