"""The support plan, its risks, and the sketch before it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from celabiedrs.contracts.models import Contract
from celabiedrs.lib.addressed import Addressed
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.places.models import Institution
from celabiedrs.plans.models.learner import Learner
from celabiedrs.plans.words import Module, ModuleGround, PlanState, RiskKind
from celabiedrs.registry.models import Mentor


class PlanSketch(models.Model):
    """What has been answered so far on the way to a plan that cannot be drafted yet. Kept so that nothing typed is
    lost; gone when the plan is there. Read by the school alone.

    `answers`: fields of the plan by name, as typed; risks as kind → reason.
    """

    learner = models.OneToOneField(Learner, models.CASCADE, related_name="sketch")
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()


class SupportPlan(Addressed):
    """The individual support plan of one learner for one semester (IAP-2).

    The stage is copied from the learner when the plan is drafted: who moves up a class keeps the old plan as it was.
    `mentor` and `contract` are those in force; who came before stands in `MentorAssignment`.
    """

    number = models.CharField(max_length=20, unique=True)
    learner = models.ForeignKey(Learner, models.PROTECT, related_name="plans")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="plans")
    class_year = models.PositiveSmallIntegerField(null=True)
    course_year = models.PositiveSmallIntegerField(null=True)
    year = models.CharField(max_length=7)
    semester = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    module = models.CharField(max_length=2, choices=Module.choices)
    ground = models.CharField(max_length=30, choices=ModuleGround.choices)
    hours_per_month = models.PositiveSmallIntegerField()
    meetings_a_week = models.PositiveSmallIntegerField(null=True)
    hours_a_meeting = models.PositiveSmallIntegerField(null=True)
    mentor = models.ForeignKey(Mentor, models.PROTECT, null=True, related_name="plans")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="plans")
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")  # IAP-3
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    # who of the school's preparers looks after it; none: any of them
    preparer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    first_submitted_at = models.DateTimeField(null=True)  # from here on the expert sees it
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    suspended_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    extended_until = models.DateField(null=True)
    extended_at = models.DateTimeField(null=True)
    extension_order = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["institution", "state"], name="plan_school"),
            models.Index(fields=["learner", "year", "semester"], name="plan_learner"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="plan_in_order"),
            models.CheckConstraint(
                condition=Q(hours_per_month__range=(1, 400)), name="plan_hours_of_a_month"
            ),
            models.UniqueConstraint(
                fields=["learner", "year", "semester"],
                condition=~Q(state__in=("ended", "withdrawn")),
                name="one_open_plan_a_semester",
            ),
            models.CheckConstraint(
                name="approved_has_its_moment",
                condition=~Q(state__in=("active", "suspended")) | Q(approved_at__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(mentor=None, contract=None) | Q(mentor__isnull=False, contract__isnull=False),
                name="mentor_comes_with_contract",
            ),
            models.CheckConstraint(
                condition=Q(state="suspended", suspended_at__isnull=False)
                | Q(~Q(state="suspended"), suspended_at=None),
                name="suspended_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) | Q(~Q(state="ended"), ended_at=None),
                name="ended_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(extended_until=None, extended_at=None, extension_order=None)
                | Q(
                    extended_until__gt=F("ends_on"), extended_at__isnull=False, extension_order__isnull=False
                ),
                name="extension_has_its_order",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def label(self) -> str:
        """The semester's label, as in 2026/27-1."""
        return f"{self.year}-{self.semester}"

    @property
    def last_day(self) -> date:
        """The last day on which it allows a meeting, the extension counted."""
        return self.extended_until or self.ends_on


class Risk(models.Model):
    """A risk by category with a reason, never a diagnosis (TG-2, MOD-5)."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="risks")
    kind = models.CharField(max_length=30, choices=RiskKind.choices)
    reason = models.CharField(max_length=500)
    carried = models.BooleanField(default=False)  # from the previous plan, to be assessed again (IAP-3)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "kind"], name="one_risk_a_kind")]
