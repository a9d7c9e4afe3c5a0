from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from celabiedrs.contracts.models import Contract
from celabiedrs.lib.addressed import Addressed
from celabiedrs.lib.documents.originals import place_of
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.ordering import sort_key_of
from celabiedrs.lib.sealing.fields import SealedTextField
from celabiedrs.lib.signing.models import Signature
from celabiedrs.people.models import Post, User
from celabiedrs.places.models import Institution
from celabiedrs.plans.words import (
    AgreementParty,
    Applicant,
    DecisionKind,
    Module,
    ModuleGround,
    PlanState,
    QuestionSide,
    QuestionState,
    RiskKind,
)
from celabiedrs.registry.models import Mentor


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
                condition=Q(class_year__range=(1, 12), course_year=None)
                | Q(class_year=None, course_year__range=(1, 4)),
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


class PlanSketch(models.Model):
    """What has been answered so far on the way to a plan that cannot be drafted yet. Kept so that nothing typed is
    lost; gone when the plan is there. Read by the school alone.

    `answers`: semester, module, ground, hours_per_month, starts_on, ends_on as typed, risks as kind → reason.
    """

    learner = models.OneToOneField(Learner, models.CASCADE, related_name="sketch")
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()


class SupportPlan(Addressed):
    """The individual support plan of one learner for one semester (IAP-2).

    The stage is copied from the learner when the plan is drafted: who moves up a class keeps the old plan as it was.
    `mentor` and `contract` are those in force; who came before stands in `MentorAssignment`.
    """

    number = models.CharField(max_length=20, unique=True)
    learner = models.ForeignKey(Learner, models.PROTECT, related_name="plans")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="plans")
    class_year = models.PositiveSmallIntegerField(null=True)
    course_year = models.PositiveSmallIntegerField(null=True)
    year = models.CharField(max_length=7)
    semester = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    module = models.CharField(max_length=2, choices=Module.choices)
    ground = models.CharField(max_length=30, choices=ModuleGround.choices)
    hours_per_month = models.PositiveSmallIntegerField()
    mentor = models.ForeignKey(Mentor, models.PROTECT, null=True, related_name="plans")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="plans")
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")  # IAP-3
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    # who of the school's preparers looks after it; none: any of them
    preparer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    first_submitted_at = models.DateTimeField(null=True)  # from here on the expert sees it
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    suspended_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    extended_until = models.DateField(null=True)
    extended_at = models.DateTimeField(null=True)
    extension_order = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["institution", "state"], name="plan_school"),
            models.Index(fields=["learner", "year", "semester"], name="plan_learner"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="plan_in_order"),
            models.CheckConstraint(condition=Q(hours_per_month__range=(1, 20)), name="plan_hours_of_a_month"),
            models.UniqueConstraint(
                fields=["learner", "year", "semester"],
                condition=~Q(state__in=("ended", "withdrawn")),
                name="one_open_plan_a_semester",
            ),
            models.CheckConstraint(
                name="approved_has_its_moment",
                condition=~Q(state__in=("active", "suspended")) | Q(approved_at__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(mentor=None, contract=None) | Q(mentor__isnull=False, contract__isnull=False),
                name="mentor_comes_with_contract",
            ),
            models.CheckConstraint(
                condition=Q(state="suspended", suspended_at__isnull=False)
                | Q(~Q(state="suspended"), suspended_at=None),
                name="suspended_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) | Q(~Q(state="ended"), ended_at=None),
                name="ended_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(extended_until=None, extended_at=None, extension_order=None)
                | Q(
                    extended_until__gt=F("ends_on"), extended_at__isnull=False, extension_order__isnull=False
                ),
                name="extension_has_its_order",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def label(self) -> str:
        """The semester's label, as in 2026/27-1."""
        return f"{self.year}-{self.semester}"

    @property
    def last_day(self) -> date:
        """The last day on which it allows a meeting, the extension counted."""
        return self.extended_until or self.ends_on


class Risk(models.Model):
    """A risk by category with a reason, never a diagnosis (TG-2, MOD-5)."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="risks")
    kind = models.CharField(max_length=30, choices=RiskKind.choices)
    reason = models.CharField(max_length=500)
    carried = models.BooleanField(default=False)  # from the previous plan, to be assessed anew (IAP-3)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "kind"], name="one_risk_a_kind")]


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
    """The four texts of an agreement while they are written: not an agreement yet, signed by nobody."""

    plan = models.OneToOneField(SupportPlan, models.CASCADE, related_name="agreement_draft")
    situation = models.TextField(blank=True)
    way_forward = models.TextField(blank=True)
    mentor_undertakes = models.TextField(blank=True)
    learner_undertakes = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()


class AgreementSignature(Signature):
    """A party's signature on an agreement, given on the school's device in the presence of both (AGR-4)."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatures")
    party = models.CharField(max_length=10, choices=AgreementParty.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "party"], name="one_signature_a_party_of_agreement")
        ]


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


class PlanDecision(models.Model):
    """What the expert decided, when, and why (IAP-1)."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=10, choices=DecisionKind.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=1000, blank=True)
    fields = models.JSONField(
        default=list, blank=True
    )  # what a return asks to be put right, by name; none: the words


class PlanSubmission(models.Model):
    """A plan as it was sent to the expert, so that the next sending can show only what differs (IAP-1).

    `values` as `plans.difference.snapshot` writes them, texts of the agreement included: read by who reads the plan's
    story, and by nobody else.
    """

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="submissions")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    values = models.JSONField()


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


class Amendment(models.Model):
    """A change of an approved plan that waits for the expert; what was approved stays in force until then (DUT-2)."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="amendments")
    changes = models.JSONField()  # field: new value, as the act takes them
    reason = models.CharField(max_length=500)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    decision = models.OneToOneField(PlanDecision, models.PROTECT, null=True, related_name="amendment")
    superseded = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(decision=None, superseded=False), name="one_amendment_waits"
            )
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
