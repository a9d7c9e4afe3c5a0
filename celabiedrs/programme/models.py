"""What the programme has done that no other stage's table tells."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.addressed import Addressed
from celabiedrs.lib.sealing.fields import SealedTextField


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


class ImportState(models.TextChoices):
    LOOKING = "looking", _("being looked at")
    READY = "ready", _("looked at")
    ENTERING = "entering", _("being entered")
    DONE = "done", _("entered")


class TableImport(Addressed):
    """A table between its upload and its confirmation: its rows as they stood, and what the acts said of each.

    Read by the person who uploaded it alone; its rows go as soon as it is entered, or within days.
    """

    kind = models.CharField(max_length=20)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.LOOKING)
    given = models.JSONField(default=dict)  # what holds for all rows: the school, a class
    left_out = models.JSONField(default=list)
    rows = SealedTextField(
        purpose="table", db_column="sealed"
    )  # JSON: names, and codes where the list has them
    found = models.JSONField(default=list)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    entered = models.PositiveIntegerField(null=True)
