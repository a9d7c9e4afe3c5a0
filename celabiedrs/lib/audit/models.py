from django.conf import settings
from django.db import models


class Event(models.Model):
    """Who did what to which thing, and when. Added to and read, never changed: a trigger refuses the rest.

    No text of notes, situations or reports and no names: `facts` holds states, days, counts and reasons
    that the thing's own readers may know.
    """

    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    thread = models.UUIDField(null=True)  # the public id of the thing whose timeline this belongs to
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["thread", "id"], name="event_thread"),
            models.Index(fields=["kind", "thing_id", "id"], name="event_thing"),
        ]


class Look(models.Model):
    """Who looked at whose case, as which role, and when. Without content; kept shorter than the case."""

    at = models.DateTimeField()
    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    what = models.CharField(max_length=40)
    thread = models.UUIDField()

    class Meta:
        indexes = [
            models.Index(fields=["thread", "at"], name="look_thread"),
            models.Index(fields=["viewer", "-id"], name="look_viewer"),
        ]


class ChainLink(models.Model):
    """A stretch of events that nobody can change unnoticed any more (T2): its digest covers the link before it.

    `last_event` is the highest id that the stretch covers; it begins after the last one of the link before.
    """

    number = models.PositiveIntegerField(unique=True)
    last_event = models.BigIntegerField()
    events = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256, hexadecimal
    made_at = models.DateTimeField()


class RemovedEvent(models.Model):
    """An event that a disposal took away: its id and digest stay, so that the chain still closes. Written by the
    trigger that lets a disposal delete."""

    event = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
