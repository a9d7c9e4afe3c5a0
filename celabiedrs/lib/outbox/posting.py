"""Posting inside an act's transaction, and reading."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from celabiedrs.lib import clock
from celabiedrs.lib.outbox.models import Message

Context = Mapping[str, str | int | bool | None]


def post(
    *,
    to: Any,
    kind: str,
    context: Context | None = None,
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


def remind(
    *, to: int, kind: str, key: str, context: Context | None = None, template: str = ""
) -> Message | None:
    """Post to the person with this id unless it was posted under this key before; None where it was."""
    now = clock.now()
    message, made = Message.objects.get_or_create(
        to_id=to,
        key=key,
        defaults={
            "kind": kind,
            "template": template or kind,
            "context": dict(context or {}),
            "created_at": now,
            "not_before": now,
        },
    )
    return message if made else None


def messages_to(user: Any) -> QuerySet[Message]:
    """What a person has been told, newest first."""
    return Message.objects.filter(to=user, not_before__lte=clock.now()).order_by("-created_at", "-pk")


def unread_by(user: Any) -> int:
    """How many messages a person has not read yet."""
    return Message.objects.filter(to=user, not_before__lte=clock.now(), read_at=None).count()


def mark_read(user: Any, *, only: uuid.UUID | None = None, until: datetime | None = None) -> int:
    """Mark a person's messages as read: one of them, or all that had come by a moment. Says how many."""
    unread = messages_to(user).filter(read_at=None)
    if only is not None:
        unread = unread.filter(public_id=only)
    if until is not None:
        unread = unread.filter(created_at__lte=until)
    return unread.order_by().update(read_at=clock.now())
