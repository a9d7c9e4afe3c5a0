from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from celabiedrs.contracts.models import Contract
from celabiedrs.lib.addressed import Addressed
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.signing import content_hash
from celabiedrs.lib.signing.models import Means, Signature
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution
from celabiedrs.plans.models import Learner, SupportPlan
from celabiedrs.registry.models import Mentor
from celabiedrs.rules.holidays import is_public_holiday


class SheetState(models.TextChoices):
    OPEN = "open", _("open")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    VERIFIED = "verified", _("verified")


class Timesheet(Addressed):
    """One mentor's month with one learner under one plan (LOG-9). The mentor submits it, the school verifies it.

    A month in which the employer changes is two timesheets, one an employer (decision 0058); all that happens to one
    of them happens to both. `supplement` is 0 for the month itself; a supplement (1, 2 …) takes the rows that come to
    light after the month lies in an approved pay run.
    """

    code = models.CharField(max_length=14, unique=True)  # printed with the QR code; tells nothing of a person
    plan = models.ForeignKey(SupportPlan, models.PROTECT, related_name="timesheets")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="timesheets")
    employer = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    supplement = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=SheetState.choices, default=SheetState.OPEN)
    submitted_at = models.DateTimeField(null=True)
    declared_at = models.DateTimeField(null=True)  # that no other project pays for these hours (CON-9)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    paper_hours = models.PositiveSmallIntegerField(null=True)  # what the signed sheet adds up to (LOG-10)
    paper_scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    returned_reason = models.CharField(max_length=500, blank=True)
    reopened_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(
        null=True
    )  # lies in an approved pay run: only a correction line can follow
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "mentor", "month", "employer", "supplement"],
                name="one_timesheet_a_month_and_employer",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="month_is_its_first_day"),
            models.CheckConstraint(
                condition=Q(state="verified", verified_by__isnull=False, verified_at__isnull=False)
                | Q(~Q(state="verified"), verified_by=None, verified_at=None),
                name="verified_has_its_verifier",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(state="verified"), name="settled_is_verified"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("submitted", "verified"))
                | Q(submitted_at__isnull=False, declared_at__isnull=False),
                name="submitted_has_its_declaration",
            ),
        ]
        indexes = [
            models.Index(fields=["employer", "month", "state"], name="sheet_employer_month"),
            models.Index(fields=["mentor", "month"], name="sheet_mentor_month"),
        ]

    def __str__(self) -> str:
        return self.code


class Outcome(models.TextChoices):
    HELD = "held", _("held")
    LEARNER_ABSENT = "learner_absent", _("the learner did not come")
    CANCELLED = "cancelled", _("cancelled")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def standing(self) -> "MeetingQuerySet":
        """Rows that were not voided."""
        return self.filter(voided_at=None)

    def held(self) -> "MeetingQuerySet":
        return self.filter(voided_at=None, outcome=Outcome.HELD)

    def unsigned(self) -> "MeetingQuerySet":
        """Held rows that lack a signature: they pay nothing until they are signed (LOG-8)."""
        return self.held().filter(Q(learner_means="") | Q(mentor_means=""))


def meeting_span() -> Func:
    """From the start to the end, the end not included: back to back is no overlap (TG-4)."""
    return Func(
        F("starts_at"), F("ends_at"), RangeBoundary(), function="TSTZRANGE", output_field=DateTimeRangeField()
    )


class Meeting(Addressed):
    """One meeting of one mentor with one learner (TG-4): a row of the diary and of the month's timesheet
    at once (LOG-10).

    `contract` is the one under which the mentor stood by the plan on that day; its employer pays, up to its last day.
    `hours` are whole academic hours of 40 minutes (LOG-3 to LOG-5), 0 where nobody met. `learner_means` and
    `mentor_means` say by which means each has signed the row as it stands, empty for not: the signatures themselves
    are `MeetingSignature`, bound to the row's content.
    """

    timesheet = models.ForeignKey(Timesheet, models.PROTECT, related_name="meetings")
    plan = models.ForeignKey(SupportPlan, models.PROTECT, related_name="meetings")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="+")
    learner = models.ForeignKey(Learner, models.PROTECT, related_name="+")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    hours = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=15, choices=Outcome.choices, default=Outcome.HELD)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    late = models.BooleanField(default=False)  # entered more than 30 days after the meeting (LOG-1)
    changed_at = models.DateTimeField(null=True)
    changed_after_signing = models.BooleanField(default=False)
    change_reason = models.CharField(max_length=300, blank=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=300, blank=True)
    learner_means = models.CharField(max_length=10, choices=Means.choices, blank=True)
    mentor_means = models.CharField(max_length=10, choices=Means.choices, blank=True)
    disputed_at = models.DateTimeField(null=True)  # the learner said "not right"
    version = models.PositiveIntegerField(default=1)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="held", hours__range=(1, 100), ends_at__gt=F("starts_at"))
                | Q(~Q(outcome="held"), hours=0, ends_at=F("starts_at")),
                name="whole_hours_where_held",
            ),
            models.CheckConstraint(condition=~Q(topic="") | ~Q(outcome="held"), name="meeting_has_a_topic"),
            models.CheckConstraint(
                condition=Q(voided_at=None, void_reason="") | Q(voided_at__isnull=False),
                name="voided_has_its_moment",
            ),
            ExclusionConstraint(
                name="mentor_meets_one_at_a_time",
                expressions=[("mentor", RangeOperators.EQUAL), (meeting_span(), RangeOperators.OVERLAPS)],
                condition=Q(voided_at=None, outcome="held"),
            ),
            ExclusionConstraint(
                name="learner_meets_one_at_a_time",
                expressions=[("learner", RangeOperators.EQUAL), (meeting_span(), RangeOperators.OVERLAPS)],
                condition=Q(voided_at=None, outcome="held"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["learner", "held_on"], name="meeting_learner_day", condition=Q(voided_at=None)
            )
        ]

    @property
    def month(self) -> date:
        return self.held_on.replace(day=1)

    @property
    def covered(self) -> bool:
        """Whether its contract still reaches its day; after an early end of the contract it pays nothing (CON-1)."""
        return self.contract.ended_on is None or self.held_on <= self.contract.ended_on

    @property
    def on_holiday(self) -> bool:
        """On a public holiday or the day off given for one (CAL-3)."""
        return is_public_holiday(self.held_on)

    @property
    def signed_by_both(self) -> bool:
        return bool(self.learner_means and self.mentor_means)

    def content_hash(self) -> str:
        """What a signature on this row is bound to: any change of these makes another hash (LOG-7)."""
        return content_hash(
            {
                "meeting": self.public_id,
                "plan": self.plan_id,
                "mentor": self.mentor_id,
                "day": self.held_on,
                "starts_at": self.starts_at.timestamp(),
                "ends_at": self.ends_at.timestamp(),
                "hours": self.hours,
                "topic": self.topic,
                "outcome": self.outcome,
            }
        )


class Party(models.TextChoices):
    LEARNER = "learner", _("learner")
    MENTOR = "mentor", _("mentor")


class MeetingSignature(Signature):
    """A party's signature on one meeting as it then stood. A change of the row voids it and keeps it as history."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="signatures")
    party = models.CharField(max_length=10, choices=Party.choices)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "party"], condition=Q(voided_at=None), name="one_signature_a_party"
            )
        ]


class NoMeetings(models.Model):
    """The mentor's word that a month had no meetings: there is no timesheet for it (LOG-9)."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="+")
    month = models.DateField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "mentor", "month"], name="said_once")]


class NextMeeting(models.Model):
    """When mentor and learner meet next, as the mentor said; one a plan. Without a place and without a topic."""

    plan = models.OneToOneField(SupportPlan, models.CASCADE, related_name="next_meeting")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="+")
    planned_on = models.DateField()
    starts_at = models.TimeField(null=True)  # on the wall clock; may stay open
    said_at = models.DateTimeField()


class Recommendation(models.TextChoices):
    CONTINUE = "continue", _("continue")
    CLOSE = "close", _("close")


class CooperationReview(models.Model):
    """The mentor's review of the cooperation: the closing column of the last timesheet (LOG-12, LOG-13)."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="reviews")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="+")
    cooperation = models.TextField()
    conclusions = models.TextField(blank=True)
    recommendation = models.CharField(max_length=10, choices=Recommendation.choices)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "mentor"], name="one_review_a_mentor")]
