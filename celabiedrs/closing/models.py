from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.addressed import Addressed
from celabiedrs.lib.documents.models import IssuedDocument
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution
from celabiedrs.plans.models import SupportPlan
from celabiedrs.registry.models import Mentor


class Continue(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    OPEN = "open", _("not yet known")


class QuestionSet(models.Model):
    """The wording of the mentor's five questions: three closed and two open (EVA-2). Operator's data, with versions."""

    version = models.PositiveSmallIntegerField(unique=True)
    since = models.DateField()
    ours = models.BooleanField(default=True)  # the official wording was not found: marked as ours
    closed = (
        models.JSONField()
    )  # three of {"lv": …, "en": …, "low": {"lv": …}, "high": {…}}: words at the scale's ends
    open = models.JSONField()  # two of {"lv": …, "en": …}
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+"
    )  # null: came with the software
    published_at = models.DateTimeField(null=True)


class Evaluation(models.Model):
    """The mentor's evaluation of the support. The school sees that it is in; the project reads it (EVA-1 to EVA-3)."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="evaluations")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="+")
    questions = models.ForeignKey(QuestionSet, models.PROTECT, null=True)
    closed = ArrayField(models.PositiveSmallIntegerField(), size=3)
    open = ArrayField(models.TextField(), size=2)
    goes_on = models.CharField(max_length=4, choices=Continue.choices)
    given_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "mentor"], name="one_evaluation_a_mentor")]


class PreparerFeedback(models.Model):
    """What the preparer says of the support, in a form of its own (EVA-3)."""

    plan = models.OneToOneField(SupportPlan, models.CASCADE, related_name="feedback")
    text = models.TextField()
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()


class WayOn(models.TextChoices):
    CONTINUE = "continue", _("continue in the next semester")
    FINISH_WELL = "finish_well", _("finish well")
    HAND_OVER = "hand_over", _("hand over to another mentor")


class PlannedEnding(models.Model):
    """How it goes on after a plan: chosen by the preparer after the mentor has said (EVA-4). The last one counts."""

    plan = models.OneToOneField(SupportPlan, models.CASCADE, related_name="planned_ending")
    way = models.CharField(max_length=11, choices=WayOn.choices)
    chosen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()


class WishedBy(models.TextChoices):
    LEARNER = "learner", _("the learner")
    GUARDIAN = "guardian", _("the guardian")
    MENTOR = "mentor", _("the mentor")
    SCHOOL = "school", _("the school")
    OTHER = "other", _("somebody else, or circumstances")


class EndOutcome(models.TextChoices):
    CONTINUED = "continued", _("continued")
    FINISHED_WELL = "finished_well", _("finished well")
    HANDED_OVER = "handed_over", _("handed over to another mentor")
    ENDED_EARLY = "ended_early", _("ended early")


class ReviewExcuse(models.Model):
    """Why a mentor's review of the cooperation cannot be had, in the responsible person's words; it stands in its place
    when the timesheets of a closed plan are handed over (LOG-12)."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="review_excuses")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "mentor"], name="one_review_excuse_a_mentor")]


class PlanEnd(models.Model):
    """How a plan ended (DUT-3). An early end says who wished it, why, and whether it could have been avoided."""

    plan = models.OneToOneField(SupportPlan, models.CASCADE, related_name="end")
    outcome = models.CharField(max_length=15, choices=EndOutcome.choices)
    reason = models.CharField(max_length=500, blank=True)
    without_evaluation = models.BooleanField(default=False)
    wished_by = models.CharField(max_length=20, blank=True)
    avoidable = models.BooleanField(null=True)
    call_due_on = models.DateField(null=True)  # a call to the learner, on the school's list
    called_on = models.DateField(null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()


class HandOver(Addressed):
    """The act by which a mentor handed all timesheets of a plan to the school for keeping (ARC-1)."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="hand_overs")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="+")
    sheets = models.JSONField()  # code, month, hours and state of each timesheet as handed over
    handed_at = models.DateTimeField()
    handed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    received_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(null=True)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "mentor"], name="handed_over_once"),
            models.CheckConstraint(
                condition=Q(received_by=None, received_at=None)
                | Q(received_by__isnull=False, received_at__isnull=False),
                name="received_has_its_receiver",
            ),
        ]


class KeeperChange(models.Model):
    """That another institution keeps the originals of one that closed or merged; the latest counts (ARC-1, DUT-4).

    `to` is the institution itself where it keeps its own papers again.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="keeper_changes")
    to = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    since = models.DateField()
    reason = models.CharField(max_length=300)
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
