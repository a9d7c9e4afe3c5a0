"""Learners, their personal codes and transfers between schools."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from celabiedrs.lib.addressed import Addressed
from celabiedrs.lib.ordering import sort_key_of
from celabiedrs.lib.sealing.fields import SealedTextField
from celabiedrs.places.models import Institution


class Learner(Addressed):
    """A young person whom a school enrols. Class or course, never both (GEN-2); the birth date is a field
    of its own.
    """

    name = models.CharField(max_length=120)
    sort_name = sort_key_of("name")
    born_on = models.DateField()
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="learners")
    class_year = models.PositiveSmallIntegerField(null=True)
    course_year = models.PositiveSmallIntegerField(null=True)
    stage_since = models.DateField(null=True)  # since when the class or course is known; null: as enrolled
    guardian = models.CharField(max_length=120, blank=True)
    results_only = models.BooleanField(default=False)  # left basic education with a statement of results only
    repeats_class = models.BooleanField(default=False)
    language_difficulty = models.BooleanField(default=False)  # LNG-2: the mentor may know
    version = models.PositiveIntegerField(default=1)
    enrolled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    enrolled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="class_or_course",
                condition=Q(class_year__range=(1, 20), course_year=None)
                | Q(class_year=None, course_year__range=(1, 20)),
            )
        ]

    def __str__(self) -> str:
        return self.name


class PersonalCode(models.Model):
    """A learner's personal code, sealed, where the school has entered one: an attribute with its history.

    Never a key: nothing is looked up, joined or compared by it. It may change once in a life, so a new one ends the
    one before and deletes nothing.
    """

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="personal_codes")
    code = SealedTextField(purpose="personal code", db_column="sealed")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["learner"], condition=Q(replaced_at=None), name="one_personal_code_in_force"
            )
        ]

    def __str__(self) -> str:
        return "personal code"


class LearnerCorrection(models.Model):
    """That a learner's name or birthday was corrected, what stood there before, and why (decision 0057)."""

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="corrections")
    name_before = models.CharField(max_length=120)
    name_after = models.CharField(max_length=120)
    born_before = models.DateField()
    born_after = models.DateField()
    reason = models.CharField(max_length=300)
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField()


class LearnerTransfer(Addressed):
    """That a school asks another to let a learner change over to it. Who asks learns nothing but the answer."""

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="transfers")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    to = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "to"], condition=Q(answered_at=None), name="one_open_transfer_a_school"
            )
        ]
