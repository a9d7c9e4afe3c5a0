from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.addressed import Addressed
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.ordering import sort_key_of


def day_range(since: str, until: str) -> Func:
    """The range between two columns, both days included."""
    return Func(F(since), F(until), Value("[]"), function="DATERANGE", output_field=DateRangeField())


class InstitutionKind(models.TextChoices):
    GENERAL = "general", _("general school")
    VOCATIONAL = "vocational", _("vocational school")
    EDUCATION_BOARD = "education_board", _("education board")
    YOUTH_CENTRE = "youth_centre", _("youth centre")


SCHOOLS = (InstitutionKind.GENERAL, InstitutionKind.VOCATIONAL)


class Region(models.Model):
    """A region of the project; it need not equal a planning region (CTC-1)."""

    name = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality with its code; a reform ends one and begins another, nothing is renamed in place (REG-1)."""

    atvk = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=80)
    region = models.ForeignKey(Region, models.PROTECT)
    neighbours = models.ManyToManyField("self", blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class InstitutionQuerySet(models.QuerySet["Institution"]):
    def still_open(self) -> "InstitutionQuerySet":
        """Where something new may begin: not closed."""
        return self.filter(closed_on=None)


class Institution(Addressed):
    """A school, an education board or a youth centre: where learners learn, and who may employ a mentor (CON-3)."""

    name = models.CharField(max_length=160)
    sort_name = sort_key_of("name")
    kind = models.CharField(max_length=20, choices=InstitutionKind.choices)
    municipality = models.ForeignKey(Municipality, models.PROTECT)
    municipal = models.BooleanField(default=False)  # a municipal institution or a unit of one (CON-5)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)  # whom to ask for there
    # who answers for the personal data, as documents and the privacy page name them
    controller = models.CharField(max_length=200, blank=True)
    data_protection_contact = models.CharField(max_length=200, blank=True)

    closed_on = models.DateField(null=True, blank=True)  # its last day; nothing new begins there

    objects = InstitutionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def name_on(self, day: date) -> str:
        """As it was called on a day: old papers keep the old name."""
        former = self.former_names.filter(until__gte=day).order_by("until", "pk").first()
        return former.name if former else self.name

    @property
    def is_school(self) -> bool:
        return self.kind in SCHOOLS


class InstitutionName(models.Model):
    """How an institution was called until a day, that day included."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=160)
    until = models.DateField()


class RegionalDuty(models.TextChoices):
    COORDINATOR = "coordinator", _("regional coordinator")
    EXPERT = "expert", _("expert")


class RegionalContact(Addressed):
    """Whom of the project to ask in a municipality (CTC-1). Taken away, it is shown no more and stays as history."""

    name = models.CharField(max_length=120)
    sort_name = sort_key_of("name")
    duty = models.CharField(max_length=15, choices=RegionalDuty.choices)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    municipalities = models.ManyToManyField(Municipality, related_name="contacts")
    taken_away_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(email="", phone=""), name="contact_can_be_reached"),
        ]

    def __str__(self) -> str:
        return self.name


class Semester(models.Model):
    """When a semester of a school year begins and ends for a group of classes, by which regulation (CAL-1)."""

    year = models.CharField(max_length=7)  # 2026/27
    number = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=30)  # class groups as celabiedrs.rules.calendar names them
    since = models.DateField()
    until = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "number", "group"], name="one_semester_a_group"),
            models.CheckConstraint(condition=Q(since__lt=F("until")), name="semester_in_order"),
            ExclusionConstraint(
                name="semesters_do_not_overlap",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    (day_range("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"


class BreakKind(models.TextChoices):
    AUTUMN = "autumn", _("autumn holidays")
    WINTER = "winter", _("winter holidays")
    SPRING = "spring", _("spring holidays")
    SUMMER = "summer", _("summer holidays")


class Break(models.Model):
    """School holidays. Autumn and spring ones lie inside a semester and are open to mentoring (CAL-3)."""

    year = models.CharField(max_length=7)
    kind = models.CharField(max_length=10, choices=BreakKind.choices)
    since = models.DateField()
    until = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "kind"], name="one_break_a_kind")]


class SemesterOverride(models.Model):
    """A vocational school's own semester, by its head's order (CAL-2). Succeeded by a later one, never edited."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="overrides")
    year = models.CharField(max_length=7)
    number = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField()
    order = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()
    succeeded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(since__lt=F("until")), name="override_in_order"),
            models.UniqueConstraint(
                fields=["institution", "year", "number"],
                condition=Q(succeeded_at=None),
                name="one_override_in_force",
            ),
        ]


class ProgrammeSetting(models.Model):
    """What the programme decided otherwise than the dated values that ship, from a day on (GEN-3)."""

    name = models.CharField(max_length=40)
    value = models.JSONField(encoder=DjangoJSONEncoder)
    since = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "since"], name="one_value_a_day")]


class Edition(models.Model):
    """One row: which edition of calendar, overrides and settings is in force. Anyone who changes any of them
    changes it.
    """

    token = models.UUIDField()
