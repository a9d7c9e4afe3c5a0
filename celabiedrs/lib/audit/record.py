import uuid
from typing import Any

from django.db import models

from celabiedrs.lib import clock
from celabiedrs.lib.audit.models import Event, Look


def record(
    thing: models.Model, verb: str, *, by: models.Model | None, thread: uuid.UUID | None = None, **facts: Any
) -> None:
    """Write the event in the act's own transaction. Facts are plain values that hold no text of a person's story."""
    Event.objects.create(
        at=clock.now(),
        actor_id=by.pk if by is not None else None,
        verb=verb,
        kind=type(thing).__name__,
        thing_id=thing.pk,
        thread=thread,
        facts=facts,
    )


def looked(viewer: models.Model, *, role: str, what: str, thread: uuid.UUID) -> None:
    """Write that a person looked at a case."""
    Look.objects.create(at=clock.now(), viewer_id=viewer.pk, role=role, what=what, thread=thread)
