"""What was sent to the expert and what the expert decided, and changes that wait for that."""

from django.db import models
from django.db.models import Q

from celabiedrs.people.models import User
from celabiedrs.plans.models.plan import SupportPlan
from celabiedrs.plans.words import DecisionKind


class PlanDecision(models.Model):
    """What the expert decided, when, and why (IAP-1)."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=10, choices=DecisionKind.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=1000, blank=True)
    fields = models.JSONField(
        default=list, blank=True
    )  # what a return asks to be put right, by name; none: the words


class PlanSubmission(models.Model):
    """A plan as it was sent to the expert, so that the next sending can show only what differs (IAP-1).

    `values` as `plans.difference.snapshot` writes them, texts of the agreement included: read by who reads the plan's
    story, and by nobody else.
    """

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="submissions")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    values = models.JSONField()


class Amendment(models.Model):
    """A change of an approved plan that waits for the expert; what was approved stays in force until then (DUT-2)."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="amendments")
    changes = models.JSONField()  # field: new value, as the act takes them
    reason = models.CharField(max_length=500)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    decision = models.OneToOneField(PlanDecision, models.PROTECT, null=True, related_name="amendment")
    superseded = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(decision=None, superseded=False), name="one_amendment_waits"
            )
        ]
