from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from celabiedrs.hours.models import Timesheet
from celabiedrs.lib.addressed import Addressed
from celabiedrs.lib.sealing.fields import SealedTextField
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution
from celabiedrs.plans.models import SupportPlan
from celabiedrs.registry.models import Mentor


class UnitRate(models.Model):
    """The full cost of one academic hour from a day on (PAY-1 to PAY-3). Entered with its source, only succeeded."""

    amount = models.DecimalField(max_digits=8, decimal_places=2)
    since = models.DateField(unique=True)
    source = models.CharField(max_length=200, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="rate_is_positive")]


class RunState(models.TextChoices):
    PREPARED = "prepared", _("prepared")
    APPROVED = "approved", _("approved")
    SENT = "sent", _("sent")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PayRun(Addressed):
    """What an employer owes its mentors for a month. Prepared as often as needed, approved once, then sent.

    A prepared one can be withdrawn: it stays as a trace, without lines. An empty one is never made.
    """

    employer = models.ForeignKey(Institution, models.PROTECT, related_name="runs")
    month = models.DateField()
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.PREPARED)
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "month"], condition=Q(state="prepared"), name="one_prepared_run_a_month"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("prepared", "withdrawn"), approved_at=None, approved_by=None)
                | Q(
                    ~Q(state__in=("prepared", "withdrawn")),
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                ),
                name="approved_run_has_its_head",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | Q(~Q(state="sent"), sent_at=None),
                name="sent_run_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | Q(~Q(state="withdrawn"), withdrawn_at=None),
                name="withdrawn_run_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["employer", "-month"], name="run_employer")]


class Correction(models.Model):
    """What a month in an approved run rightly comes to, found later; the difference goes into a later run (DUT-1)."""

    timesheet = models.ForeignKey(Timesheet, models.PROTECT, related_name="corrections")
    hours_before = models.PositiveSmallIntegerField()
    hours = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()


class CorrectionPart(models.Model):
    """The difference of a correction at one rate, that of the days which it corrects (PAY-3), to be settled by the
    employer of one timesheet of the month."""

    correction = models.ForeignKey(Correction, models.CASCADE, related_name="parts")
    timesheet = models.ForeignKey(Timesheet, models.PROTECT, related_name="correction_parts")
    rate = models.DecimalField(max_digits=8, decimal_places=2)
    hours = models.SmallIntegerField()


class PayLine(models.Model):
    """Hours, rate and amount as they were: copied, never recomputed. One for each mentor, plan and rate (PAY-3).

    `correction` is set on a line that puts an earlier month right; its hours may be below zero.
    """

    run = models.ForeignKey(PayRun, models.CASCADE, related_name="lines")
    timesheet = models.ForeignKey(Timesheet, models.PROTECT, related_name="pay_lines")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="pay_lines")
    plan = models.ForeignKey(SupportPlan, models.PROTECT, related_name="+")
    correction = models.ForeignKey(Correction, models.PROTECT, null=True, related_name="lines")
    hours = models.SmallIntegerField()
    rate = models.DecimalField(max_digits=8, decimal_places=2)
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=F("hours") * F("rate")), name="amount_is_hours_times_rate"
            ),
            models.CheckConstraint(
                condition=Q(hours__gt=0) | Q(correction__isnull=False), name="only_corrections_take_back"
            ),
            models.UniqueConstraint(
                fields=["run", "timesheet", "rate"],
                condition=Q(correction=None),
                name="one_line_a_sheet_and_rate",
            ),
        ]
        indexes = [models.Index(fields=["mentor", "run"], name="line_mentor")]


class VsaoiClass(models.Model):
    """By which class of social insurance a mentor is counted at an employer, from a day on (PAY-2)."""

    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="+")
    employer = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)  # the keys of the parameter vsaoi
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mentor", "employer", "since"], name="one_class_a_day")
        ]


class PayrollIdentity(models.Model):
    """By what an employer's payroll knows a mentor: its employee number, the personal code. Sealed; read by the pay
    clerk of that employer alone, each look written down. Nothing is looked up by it."""

    employer = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="+")
    employee_number = SealedTextField(purpose="employee number", null=True)
    personal_code = SealedTextField(purpose="mentor's personal code", null=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employer", "mentor"], name="one_payroll_identity_an_employer")
        ]

    def __str__(self) -> str:
        return "payroll identity"
