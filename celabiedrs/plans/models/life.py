"""What happens around a plan while it runs: mentors, suspensions, questions, talks, audit samples."""

from django.db import models
from django.db.models import Q

from celabiedrs.contracts.models import Contract
from celabiedrs.lib.addressed import Addressed
from celabiedrs.people.models import Post, User
from celabiedrs.plans.models.plan import SupportPlan
from celabiedrs.plans.words import QuestionSide, QuestionState
from celabiedrs.registry.models import Mentor


class MentorAssignment(models.Model):
    """Which mentor stood by the plan from which moment to which, under which contract."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="assignments")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="assignments")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)  # why in spite of a warning (MEN-9, CON-4)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan"], condition=Q(until=None), name="one_mentor_at_a_time"),
        ]
        indexes = [models.Index(fields=["mentor", "plan"], name="assignment_mentor")]


class Suspension(models.Model):
    """A time in which a plan was suspended, and why (PAY-5)."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="suspensions")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500)


class PlanQuestion(Addressed):
    """A question between the plan's mentor and the learner's school, and its answer (DUT-8)."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="questions")
    side = models.CharField(max_length=6, choices=QuestionSide.choices)  # who asked
    state = models.CharField(max_length=8, choices=QuestionState.choices, default=QuestionState.OPEN)
    text = models.CharField(max_length=1000)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["plan", "state"], name="question_plan")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_at__isnull=False), name="answered_has_its_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False),
                name="closed_question_has_its_moment",
            ),
        ]


class MonthlyTalk(models.Model):
    """That the school and the mentor talked about progress on a day: a date and no content (DUT-6)."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="talks")
    talked_on = models.DateField()
    logged_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    logged_at = models.DateTimeField()


class AuditSample(models.Model):
    """A plan that was drawn for an auditor's post: the only kind of plan that the post shows."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="sample")
    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "plan"], name="drawn_once")]
