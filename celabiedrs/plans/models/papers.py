"""What a plan counts with on paper: the request, the agreement, its texts and signatures."""

from django.conf import settings
from django.db import models

from celabiedrs.lib.documents.originals import place_of
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.signing.models import Signature
from celabiedrs.plans.models.plan import SupportPlan
from celabiedrs.plans.words import AgreementParty, Applicant
from celabiedrs.registry.models import Mentor


class SupportRequest(models.Model):
    """The request by a guardian or an adult learner, one a plan; counts with its paper (AGR-1, AGR-2)."""

    plan = models.OneToOneField(SupportPlan, models.CASCADE, related_name="request")
    applicant = models.CharField(max_length=10, choices=Applicant.choices)
    signed_on = models.DateField()
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")


class Agreement(models.Model):
    """The agreement of one mentor with the learner for one plan, with the day on which each signed (AGR-3, AGR-4)."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="agreements")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="+")
    learner_signed_on = models.DateField(null=True)
    mentor_signed_on = models.DateField(null=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "mentor"], name="one_agreement_a_mentor")]

    @property
    def original(self) -> str:
        """Where the paper lies (AGR-9)."""
        return place_of("Agreement", self.pk)


class AgreementText(models.Model):
    """The four fields of an agreement (AGR-5 to AGR-8). A table of its own, because its readers are fewer
    than the plan's.
    """

    agreement = models.OneToOneField(Agreement, models.CASCADE, related_name="text")
    situation = models.TextField()
    way_forward = models.TextField()
    mentor_undertakes = models.TextField()
    learner_undertakes = models.TextField()


class AgreementDraft(models.Model):
    """The four texts of an agreement while they are written: not an agreement yet, signed by nobody.

    `successor`: the mentor who is to follow on an approved plan; none: the plan's own mentor, attached or not yet.
    """

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="agreement_drafts")
    successor = models.ForeignKey(Mentor, models.PROTECT, null=True, related_name="+")
    situation = models.TextField(blank=True)
    way_forward = models.TextField(blank=True)
    mentor_undertakes = models.TextField(blank=True)
    learner_undertakes = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "successor"], nulls_distinct=False, name="one_draft_a_mentor"
            )
        ]


class AgreementSignature(Signature):
    """A party's signature on an agreement, given on the school's device in the presence of both (AGR-4)."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatures")
    party = models.CharField(max_length=10, choices=AgreementParty.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "party"], name="one_signature_a_party_of_agreement")
        ]
