from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.addressed import Addressed
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution, Municipality


class Mentor(Addressed):
    """A person in the registry of mentors (REG-1). The account belongs to no institution (MEN-7)."""

    user = models.OneToOneField(User, models.PROTECT, related_name="mentor")
    born_on = models.DateField()
    phone = models.CharField(max_length=40, blank=True)
    municipalities = models.ManyToManyField(Municipality, related_name="mentors")
    works_at = models.ManyToManyField(
        Institution, related_name="+", blank=True
    )  # for the warning of MEN-9 only
    takes_up_to = models.PositiveSmallIntegerField(
        null=True
    )  # learners at once, where fewer than six are wished
    enrolled_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.user.name

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def reachable(self) -> str:
        """The address that reaches the person; empty where only a placeholder is known."""
        email = self.user.email
        return "" if email.endswith("@example.invalid") else email


class EducationKind(models.TextChoices):
    SECONDARY = "secondary", _("general secondary education")
    SHORT_CYCLE = "short_cycle", _("short-cycle professional higher education")
    ONE_SEMESTER_OF_HIGHER = "one_semester_of_higher", _("part of a higher programme, at least one semester")
    FOUR_SEMESTERS = "four_semesters", _("four semesters of higher education")
    COACH_C = "coach_c", _("category C coach's certificate")


class EducationGround(models.Model):
    """On what ground of education a person may be a mentor (MEN-2); a coach's certificate has its dates (MEN-3)."""

    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="education")
    kind = models.CharField(max_length=30, choices=EducationKind.choices)
    document_number = models.CharField(max_length=60, blank=True)
    valid_since = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="coach_certificate_has_dates",
                condition=~Q(kind="coach_c")
                | Q(valid_since__isnull=False, valid_until__gte=F("valid_since")),
            )
        ]


class TrainingRound(models.Model):
    """A round of training, with how many mentors it is to bring (MEN-10)."""

    number = models.PositiveSmallIntegerField(unique=True)
    target = models.PositiveSmallIntegerField(default=100)

    def __str__(self) -> str:
        return str(self.number)


LETTERS_AND_DIGITS = Func(
    Upper("number"),
    Value("[^[:alnum:]]"),
    Value(""),
    Value("g"),
    function="regexp_replace",
    output_field=models.CharField(),
)


class TrainingCertificate(models.Model):
    """The certificate of the 36 academic hours; its number is one person's alone (MEN-6)."""

    mentor = models.OneToOneField(Mentor, models.CASCADE, related_name="certificate")
    number = models.CharField(max_length=40)
    issued_on = models.DateField()
    hours = models.PositiveSmallIntegerField()
    round = models.ForeignKey(TrainingRound, models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hours__range=(1, 1000)), name="certificate_has_hours"),
            # two numbers are one if their letters and digits are, however they are written (decision 0057)
            models.UniqueConstraint(LETTERS_AND_DIGITS, name="certificate_number_once"),
        ]


class CheckGround(models.TextChoices):
    EDUCATION_LAW_50 = "education_law_50", _("Education Law, Article 50")
    CHILD_PROTECTION_LAW_72_5 = "child_protection_72_5", _("Child Protection Law, Article 72(5)")


class CheckOutcome(models.TextChoices):
    CLEAR = "clear", _("no obstacle found")
    OBSTACLE = "obstacle", _("obstacle found")
    PERMITTED = "permitted", _("permitted by the competent body")


class SuitabilityCheck(models.Model):
    """That an employer looked, on which day, with which outcome (MEN-4, MEN-5, CON-6). Never the extract itself."""

    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="checks")
    employer = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=30, choices=CheckGround.choices)
    checked_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=CheckOutcome.choices)
    source = models.CharField(max_length=120, blank=True)
    permission = models.CharField(max_length=200, blank=True)  # number and limits of the permission
    permission_limits = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["mentor", "employer", "ground", "checked_on"], name="check_latest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="permitted") | ~Q(permission=""), name="permitted_has_permission"
            )
        ]


class ChangeState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", _("confirmed")
    DECLINED = "declined", _("declined")


class ProposedChange(Addressed):
    """What a mentor would have otherwise in their own entry; it counts when the programme has confirmed it (REG-1)."""

    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="changes")
    phone = models.CharField(max_length=40, blank=True)
    takes_up_to = models.PositiveSmallIntegerField(null=True)
    municipalities = models.ManyToManyField(Municipality, related_name="+")
    state = models.CharField(max_length=10, choices=ChangeState.choices, default=ChangeState.PROPOSED)
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mentor"], condition=Q(state="proposed"), name="one_open_change_a_mentor"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at=None) | (~Q(state="proposed") & ~Q(decided_at=None)),
                name="change_decided_has_its_moment",
            ),
        ]


class TalkOutcome(models.TextChoices):
    AGREED = "agreed", _("agreed")
    DECLINED = "declined", _("refused")
    NO_ANSWER = "no_answer", _("no answer")


class FirstTalk(models.Model):
    """That a school has talked to a mentor, and what came out (REG-3). It points to no learner and holds no words, so
    that a refusal leaves nothing of a learner behind."""

    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="talks")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    held_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=TalkOutcome.choices)
    hours_offered = models.PositiveSmallIntegerField(null=True)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    logged_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["institution", "mentor", "held_on"], name="talk_latest")]
