from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.addressed import Addressed
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution


class Hold(Addressed):
    """That a thing must not be disposed of yet, and why."""

    kind = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    reason = models.CharField(max_length=500)
    held_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    held_at = models.DateTimeField()
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    release_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "thing_id"], condition=Q(released_at=None), name="held_once"
            )
        ]


class Disposal(Addressed):
    """The certificate of a disposal: what kinds, how many, kept until when, agreed by which two. No names."""

    before = models.DateField()
    counts = models.JSONField()
    done_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(done_by=models.F("agreed_by")), name="two_people_agree")
        ]

    @property
    def disposed(self) -> int:
        """How many plans, each with all that hung on it."""
        return int(self.counts["plans"])


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", _("waits for agreement")
    AGREED = "agreed", _("agreed, being carried out")
    DONE = "done", _("done")
    DECLINED = "declined", _("declined")
    FALLEN = "fallen", _("fell")


class Fell(models.TextChoices):
    """Why an agreement fell when it was carried out. Nothing was disposed of then."""

    CHANGED = "changed", _("The list was no longer the one that was agreed to.")
    NO_TWO = "no_two", _("One of the two is no longer an administrator.")
    FAILED = "failed", _("The disposal failed; the log says why.")


class Proposal(Addressed):
    """A disposal that one administrator has prepared and another one answers (ARC-1).

    `digest` stands for the list as it was proposed: those who agree, and the disposal, compare what is due.
    """

    before = models.DateField()
    digest = models.CharField(max_length=64)
    counts = models.JSONField()  # plans, held, open, as proposed
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)  # why it was declined
    fell = models.CharField(max_length=10, choices=Fell.choices, blank=True)
    disposal = models.OneToOneField(Disposal, models.PROTECT, null=True, related_name="proposal")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(state__in=("proposed", "agreed")), name="one_disposal_waits"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("agreed", "done", "fallen"))
                | (Q(answered_by__isnull=False) & ~Q(answered_by=models.F("prepared_by"))),
                name="agreed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="done", disposal__isnull=False) | (~Q(state="done") & Q(disposal=None)),
                name="done_has_its_certificate",
            ),
        ]


class RequestState(models.TextChoices):
    OPEN = "open", _("to be answered")
    ANSWERED = "answered", _("answered")


class ErasureRequest(Addressed):
    """That somebody asked for erasure, and what was answered (ARC-1). By number, without a name.

    `kept` and `erased`: lists of {"what", "count", "until"} in words of `retention.requests`, as answered.
    """

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20)
    thing_id = models.BigIntegerField()
    thing_number = models.CharField(max_length=40, blank=True)  # by which it was found
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    asked_on = models.DateField()
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    kept = models.JSONField(default=list)
    erased = models.JSONField(default=list)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None) | (Q(state="answered") & ~Q(answered_at=None)),
                name="answered_request_has_its_moment",
            )
        ]


class Lapse(models.Model):
    """How much of a shorter class the system took away in one night. A number and nothing else."""

    name = models.CharField(max_length=20)
    on = models.DateField()
    rows = models.PositiveIntegerField()
