from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.addressed import Addressed
from celabiedrs.lib.documents.originals import place_of
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.places.models import Institution
from celabiedrs.registry.models import Mentor


class ContractState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SIGNED = "signed", _("signed")
    ENDED = "ended", _("ended")


class Contract(Addressed):
    """The work contract of a mentor with one employer, for one semester or both of one school year (CON-2, CON-3)."""

    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="contracts")
    employer = models.ForeignKey(Institution, models.PROTECT, related_name="contracts")
    number = models.CharField(
        max_length=40, blank=True
    )  # in the employer's register; where it gave none, ours
    year = models.CharField(max_length=7)
    first_semester = models.PositiveSmallIntegerField()
    last_semester = models.PositiveSmallIntegerField()
    signed_on = models.DateField()
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+"
    )  # one for several plans (CON-8)
    state = models.CharField(max_length=10, choices=ContractState.choices, default=ContractState.DRAFT)
    prolonged_until = models.DateField(null=True)  # into the summer, as far as a head's order goes (CON-2)
    ended_on = models.DateField(null=True)  # its last day
    end_reason = models.CharField(max_length=300, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    first_semester__in=(1, 2),
                    last_semester__in=(1, 2),
                    first_semester__lte=F("last_semester"),
                ),
                name="contract_semesters_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False) | Q(~Q(state="ended"), ended_on=None),
                name="contract_ended_has_its_day",
            ),
        ]

    @property
    def semesters(self) -> tuple[str, ...]:
        """Labels of the semesters that it covers."""
        return tuple(f"{self.year}-{number}" for number in range(self.first_semester, self.last_semester + 1))

    @property
    def originals(self) -> str:
        """Where the employer's original lies (CON-7); the mentor has the other one."""
        return place_of("Contract", self.pk)


class Prolongation(models.Model):
    """That a contract was lengthened into the summer, by an agreement on paper (CON-2, CAL-5)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="prolongations")
    until = models.DateField()
    scan = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    prolonged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    prolonged_at = models.DateTimeField()


class ReplacedCopy(models.Model):
    """A copy of a contract in whose place another one was put; it stays as long as the contract (CON-8)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="replaced_copies")
    scan = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField()
