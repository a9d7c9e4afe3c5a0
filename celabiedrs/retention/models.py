from django.db import models
from django.db.models import Q

from celabiedrs.lib.addressed import Addressed
from celabiedrs.people.models import User


class Hold(models.Model):
    """That a thing must not be disposed of yet, and why."""

    kind = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    reason = models.CharField(max_length=500)
    held_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    held_at = models.DateTimeField()
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    release_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "thing_id"], condition=Q(released_at=None), name="held_once"
            )
        ]


class Disposal(Addressed):
    """The certificate of a disposal: what kinds, how many, kept until when, agreed by which two. No names."""

    before = models.DateField()
    counts = models.JSONField()
    done_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(done_by=models.F("agreed_by")), name="two_people_agree")
        ]

    @property
    def disposed(self) -> int:
        """How many plans, each with all that hung on it."""
        return int(self.counts["plans"])
