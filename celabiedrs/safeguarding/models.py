from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.addressed import Addressed
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution
from celabiedrs.plans.models import SupportPlan


class Grounds(models.TextChoices):
    DANGER = "danger", _("life, health or safety is in danger")
    RADICALISATION = "radicalisation", _("signs of radicalisation")


class ReportState(models.TextChoices):
    RAISED = "raised", _("raised")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    REFERRED = "referred", _("referred")
    CLOSED = "closed", _("closed")


class SafeguardingReport(Addressed):
    """The one door through the wall (CNF-2). Never blocked by a state, never deleted, only closed. Holds no note."""

    plan = models.ForeignKey(SupportPlan, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    grounds = models.CharField(max_length=15, choices=Grounds.choices)
    text = models.TextField()
    services = ArrayField(
        models.CharField(max_length=60), default=list
    )  # whom the mentor told, outside the school
    left_out = models.ManyToManyField(User, related_name="+", blank=True)  # the person whom it concerns
    state = models.CharField(max_length=15, choices=ReportState.choices, default=ReportState.RAISED)
    raised_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    escalated_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="raised") | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="acknowledged_has_its_officer",
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class ReportStep(models.Model):
    """Who was told, when, and what was done."""

    report = models.ForeignKey(SafeguardingReport, models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    told = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=300)
