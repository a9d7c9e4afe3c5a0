"""Alarms, and when something important last succeeded. Nothing here is about a person."""

from django.db import models
from django.db.models import Q


class Alarm(models.Model):
    """Something that the operator has to know; open until it is over. `detail` holds no person's words."""

    kind = models.CharField(max_length=40)
    detail = models.CharField(max_length=200, blank=True, default="")
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(over_at=None), name="one_open_alarm_a_kind")
        ]

    def __str__(self) -> str:
        return self.kind


class Milestone(models.Model):
    """When something last succeeded: a backup, a restore that was compared."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    detail = models.CharField(max_length=200, blank=True, default="")

    def __str__(self) -> str:
        return self.name
