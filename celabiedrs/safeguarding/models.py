from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.addressed import Addressed
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution, Region
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
        models.CharField(max_length=120), default=list
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

    @property
    def number(self) -> str:
        """By which people speak of it: says nothing of anybody."""
        return f"Z-{self.public_id.hex[:8].upper()}"


class StepKind(models.TextChoices):
    RAISED = "raised", _("The report was raised")
    TOLD = "told", _("An officer was told")
    ESCALATED = "escalated", _("The programme was told that nobody has read it")
    ACKNOWLEDGED = "acknowledged", _("An officer read it")
    REFERRED = "referred", _("Passed on to a service")
    NOTED = "noted", _("Something was done")
    CLOSED = "closed", _("The report was closed")


class ReportStep(models.Model):
    """Who was told, when, and what was done."""

    report = models.ForeignKey(SafeguardingReport, models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    told = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=15, choices=StepKind.choices)
    what = models.CharField(max_length=300)


class ServiceNumber(Addressed):
    """A service that is called or told of a danger; the programme's (CNF-2). Taken away, it is shown no more."""

    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40)
    purpose = models.CharField(max_length=200)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=100)
    emergency = models.BooleanField(default=False)
    taken_away_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} {self.phone}"

    @property
    def dialled(self) -> str:
        """As a telephone dials it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")
