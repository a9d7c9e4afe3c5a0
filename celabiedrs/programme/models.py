"""What the programme has done that no other stage's table tells."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.addressed import Addressed


class MergedKind(models.TextChoices):
    MENTOR = "mentor", _("mentor")
    LEARNER = "learner", _("learner")
    INSTITUTION = "institution", _("institution")


class Merge(Addressed):
    """That two entries of one person or institution became one, why, and what moved (decision 0060).

    `moved`: how many rows of which table. `signatures`: hashes of rows whose mentor is the kept entry now, as they
    stood before, by the signature's id.
    """

    kind = models.CharField(max_length=12, choices=MergedKind.choices)
    kept = models.UUIDField()
    gone = models.UUIDField()
    reason = models.CharField(max_length=300)
    moved = models.JSONField(default=dict)
    signatures = models.JSONField(default=dict)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
