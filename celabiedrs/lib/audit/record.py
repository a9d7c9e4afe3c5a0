import json
import uuid
from typing import Any

from django.db import connection, models

from celabiedrs.lib import clock
from celabiedrs.lib.audit.models import Event, Look

WRITE = f"""
INSERT INTO {Event._meta.db_table} (at, actor_id, verb, kind, thing_id, thread, facts)
VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb)
"""


def record(
    thing: models.Model, verb: str, *, by: models.Model | None, thread: uuid.UUID | None = None, **facts: Any
) -> None:
    """Write the event in the act's own transaction. Facts are plain values that hold no text of a person's story."""
    actor = by.pk if by is not None else None
    told = json.dumps(facts, ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [clock.now(), actor, verb, type(thing).__name__, thing.pk, thread, told])


def looked(viewer: models.Model, *, role: str, what: str, thread: uuid.UUID) -> None:
    """Write that a person looked at a case."""
    Look.objects.create(at=clock.now(), viewer_id=viewer.pk, role=role, what=what, thread=thread)
