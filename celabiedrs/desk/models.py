from django.db import models

from celabiedrs.people.models import User
from celabiedrs.places.models import Region


class SentReminder(models.Model):
    """That the programme reminded of something: of what, whom as which role, where, and how many got it.

    Without the people: whom it reached stands in each one's messages.
    """

    kind = models.CharField(max_length=60)
    role = models.CharField(max_length=30)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, related_name="+"
    )  # none: the whole programme
    people = models.PositiveIntegerField()
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
