import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.addressed import Addressed
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution, Municipality
from celabiedrs.registry.models import Mentor

ATTENDANCE = "attendance"
"""What certificates of attendance are among files and issued documents."""


class SessionState(models.TextChoices):
    PLANNED = "planned", _("planned")
    CONFIRMED = "confirmed", _("confirmed")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class GroupKind(models.Model):
    """A supervision group by its target group (SUP-2). Only II ships; I and III are the operator's to fill in."""

    code = models.CharField(max_length=5, unique=True)
    name = models.CharField(max_length=160, blank=True)
    class_since = models.PositiveSmallIntegerField(null=True)
    class_until = models.PositiveSmallIntegerField(null=True)
    courses = models.BooleanField(default=False)
    size_limit = models.PositiveSmallIntegerField(null=True)

    def __str__(self) -> str:
        return self.code


class SupervisionSession(Addressed):
    """One supervision of 180 minutes, in person, at a place (SUP-1). Minutes, never academic hours."""

    group = models.ForeignKey(GroupKind, models.PROTECT)
    municipality = models.ForeignKey(Municipality, models.PROTECT)
    supervisor = models.ForeignKey(User, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    exception_reason = models.CharField(
        max_length=300, blank=True
    )  # why somebody of a neighbour municipality (SUP-5)
    composed_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__range=(1, 1440)), name="session_has_a_length"),
            models.CheckConstraint(condition=~Q(place=""), name="session_has_a_place"),
            models.CheckConstraint(
                condition=~Q(state__in=("confirmed", "held")) | Q(confirmed_at__isnull=False),
                name="confirmed_has_its_moment",
            ),
        ]


class Interest(models.Model):
    """That a mentor would like to take part (SUP-3)."""

    session = models.ForeignKey(SupervisionSession, models.CASCADE, related_name="interests")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="+")
    shown_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "mentor"], name="interest_once")]


class Nomination(models.Model):
    """That a school's responsible person registered a mentor for a session (SUP-3)."""

    session = models.ForeignKey(SupervisionSession, models.CASCADE, related_name="nominations")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    nominated_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    nominated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "mentor", "institution"], name="nominated_once")
        ]


class Member(models.Model):
    """A mentor in the group of a session; one, however many schools nominated."""

    session = models.ForeignKey(SupervisionSession, models.CASCADE, related_name="members")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="+")
    attended = models.BooleanField(null=True)
    certificate = models.CharField(max_length=40, unique=True, null=True)  # the number on the certificate
    marked_at = models.DateTimeField(null=True)  # when attendance was marked, or corrected

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "mentor"], name="member_once")]


class AttendanceCorrection(models.Model):
    """That attendance was marked wrongly and put right, and why. Of whom, the events say by number."""

    session = models.ForeignKey(SupervisionSession, models.CASCADE, related_name="corrections")
    reason = models.CharField(max_length=300)
    corrected_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField()


class Theme(models.Model):
    """What a mentor would like a session to take up. Whose it is nobody can find out: there is no author and no
    moment, and the key is random, so that not even the order tells (decision 0036)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(SupervisionSession, models.CASCADE, related_name="themes")
    text = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "text"], name="theme_once")]
