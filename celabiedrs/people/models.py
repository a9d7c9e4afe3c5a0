import datetime
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib import clock
from celabiedrs.lib.addressed import Addressed
from celabiedrs.lib.mail_address import AddressField
from celabiedrs.lib.ordering import sort_key_of
from celabiedrs.lib.sealing.fields import SealedTextField
from celabiedrs.places.models import Institution, Municipality, Region


class Role(models.TextChoices):
    """Roles that a person holds at a place for a time. Being a mentor is not one: that is an entry in the registry."""

    PREPARER = "preparer", _("plan preparer")
    RESPONSIBLE_PERSON = "responsible_person", _("responsible person")
    HEAD = "head", _("head of the institution")
    SAFEGUARDING_OFFICER = "safeguarding_officer", _("safeguarding officer")
    PAY_CLERK = "pay_clerk", _("pay clerk")
    MUNICIPALITY_COORDINATOR = "municipality_coordinator", _("municipality coordinator")
    PROJECT_EXPERT = "project_expert", _("project expert")
    SUPERVISOR = "supervisor", _("supervisor")
    PROGRAMME_ADMINISTRATOR = "programme_administrator", _("programme administrator")
    AUDITOR = "auditor", _("auditor")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("data protection officer")


AT_INSTITUTION = (
    Role.PREPARER,
    Role.RESPONSIBLE_PERSON,
    Role.HEAD,
    Role.SAFEGUARDING_OFFICER,
    Role.PAY_CLERK,
)
BY_TWO = (
    Role.SAFEGUARDING_OFFICER,
    Role.DATA_PROTECTION_OFFICER,
    Role.PAY_CLERK,
    Role.HEAD,
    Role.AUDITOR,
    Role.PROGRAMME_ADMINISTRATOR,
)
"""Posts that read reports, pay or audit, or administer the programme: nobody gives one alone (decision 0061)."""
SCHOOL_STAFF = (Role.PREPARER, Role.RESPONSIBLE_PERSON, Role.HEAD)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        user = self.model(email=email, name=name, joined_at=clock.now())
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Addressed, AbstractBaseUser):
    """A person who signs in. There is no superuser: what a person may, the posts and the registry say."""

    email = AddressField(unique=True)
    name = models.CharField(max_length=120)
    sort_name = sort_key_of("name")
    language = models.CharField(max_length=5, default="lv")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    invited_at = models.DateTimeField(null=True)  # when the latest letter with the first link went out
    weekly_digest = models.BooleanField(default=True)  # what is urgent comes at once whatever stands here
    notes_closed_at = models.DateTimeField(null=True)  # by a reset; opened again by the owner alone
    notes_codes = models.JSONField(null=True)  # the recovery codes of before the reset, as allauth keeps them

    has_factor: bool  # read with the person of a request (config.backend)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    def __str__(self) -> str:
        return self.name

    @property
    def was_used(self) -> bool:
        """Whether anybody has ever come in by this account: from then on it is its owner's alone."""
        return self.last_login is not None or self.has_usable_password()

    @cached_property
    def _posts(self) -> list["Post"]:
        return list(
            self.posts.select_related("institution__municipality", "municipality", "region").order_by("pk")
        )

    def posts_on(self, day: datetime.date | None = None) -> list["Post"]:
        """The posts in force on a day (today when none is given). Read once a request: a user is loaded
        again each time.
        """
        day = day or clock.today()
        return [post for post in self._posts if post.since <= day and not post.over_on(day)]

    def holds(self, *roles: str, at: Institution | int | None = None) -> bool:
        """Whether a post in one of these roles is held today, at the institution when one is given."""
        place = at.pk if isinstance(at, Institution) else at
        return any(p.role in roles and (place is None or p.institution_id == place) for p in self.posts_on())

    def institutions(self, *roles: str) -> list[int]:
        """Ids of the institutions at which a post in one of these roles is held today."""
        return [p.institution_id for p in self.posts_on() if p.role in roles and p.institution_id is not None]


class Post(models.Model):
    """A role held at a place for a time. When it ends, what it showed ends with that day.

    `ended_at`: it was ended at once, so that `until` is no longer a day on which it holds. `stands_in`: for an absent
    holder of the same post.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30, choices=Role.choices)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True)
    stands_in = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="post_in_order"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(until__isnull=False), name="ended_post_has_its_day"
            ),
            models.CheckConstraint(
                condition=Q(stands_in=False) | Q(until__isnull=False), name="stand_in_is_dated"
            ),
            models.CheckConstraint(
                name="post_has_its_place",
                condition=Q(
                    role__in=AT_INSTITUTION, institution__isnull=False, municipality=None, region=None
                )
                | Q(
                    role=Role.MUNICIPALITY_COORDINATOR,
                    municipality__isnull=False,
                    institution=None,
                    region=None,
                )
                | Q(role=Role.PROJECT_EXPERT, region__isnull=False, institution=None, municipality=None)
                | Q(
                    role__in=(Role.SUPERVISOR, Role.PROGRAMME_ADMINISTRATOR, Role.AUDITOR),
                    region=None,
                    institution=None,
                    municipality=None,
                )
                | Q(role=Role.DATA_PROTECTION_OFFICER, region=None, municipality=None),
            ),
        ]

    def over_on(self, day: datetime.date) -> bool:
        """Whether it no longer holds on that day."""
        return self.until is not None and (
            day > self.until or (day == self.until and self.ended_at is not None)
        )

    @property
    def place(self) -> Institution | Municipality | Region | None:
        return self.institution or self.municipality or self.region


class Corrected(models.TextChoices):
    NAME = "name", _("name")
    BORN = "born", _("day of birth")
    EMAIL = "email", _("e-mail")


class Correction(models.Model):
    """That a person's name, birthday or address was corrected, what stood there before, and why (decision 0057)."""

    person = models.ForeignKey(User, models.CASCADE, related_name="corrections")
    what = models.CharField(max_length=10, choices=Corrected.choices)
    before = models.CharField(max_length=254, blank=True)
    after = models.CharField(max_length=254)
    reason = models.CharField(max_length=300)
    corrected_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    corrected_at = models.DateTimeField()


class PostProposalState(models.TextChoices):
    PROPOSED = "proposed", _("waits for agreement")
    AGREED = "agreed", _("agreed")
    DECLINED = "declined", _("declined")


class PostProposal(Addressed):
    """A post that nobody gives alone, proposed by one administrator and answered by another or by the head."""

    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=Role.choices)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    stands_in = models.BooleanField(default=False)
    state = models.CharField(
        max_length=10, choices=PostProposalState.choices, default=PostProposalState.PROPOSED
    )
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(proposed_by=F("person")), name="nobody_proposes_themselves"),
            models.CheckConstraint(
                condition=~Q(state="agreed")
                | (
                    Q(answered_by__isnull=False)
                    & ~Q(answered_by=F("proposed_by"))
                    & ~Q(answered_by=F("person"))
                ),
                name="post_agreed_by_another",
            ),
        ]


class AddressChange(models.Model):
    """Another address for an account that is in use: one administrator asks for it, another agrees (decision 0061)."""

    person = models.ForeignKey(User, models.CASCADE, related_name="address_changes")
    email = AddressField()
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(answered_at=None), name="one_open_address_change"
            )
        ]


class AccountReset(Addressed):
    """That somebody who has lost every way in gets a new one: proposed by one administrator, agreed to by another."""

    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    state = models.CharField(
        max_length=10, choices=PostProposalState.choices, default=PostProposalState.PROPOSED
    )
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="agreed")
                | (
                    Q(answered_by__isnull=False)
                    & ~Q(answered_by=F("proposed_by"))
                    & ~Q(answered_by=F("person"))
                    & ~Q(proposed_by=F("person"))
                ),
                name="reset_agreed_by_another",
            ),
            models.UniqueConstraint(fields=["person"], condition=Q(state="proposed"), name="one_reset_waits"),
        ]


class FailedSignIn(models.Model):
    """A wrong password: of which person and client, as keyed digests, and when. What the limits on sign-in count."""

    account = models.CharField(max_length=64)  # of address and client together
    client = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["account", "at"], name="failed_account"),
            models.Index(fields=["client", "at"], name="failed_client"),
        ]


class FactorSecret(models.Model):
    """A secret of a second factor, sealed: allauth keeps only its number (config.factor)."""

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    text = SealedTextField(purpose="second factor", counted=False, db_column="sealed")


class LetterKind(models.TextChoices):
    INVITATION = "invitation", _("invitation")
    NEW_PASSWORD = "new_password", _("new password")
    CODE_PRINTED = "code_printed", _("a code was printed")
    ACCOUNT_RESET = "account_reset", _("the account was reset")


class AccountLetter(models.Model):
    """A letter to an address about its account. The link in it is made as it is sent: no row and no job ever holds one.

    `person` is empty until the letter is sent where somebody asked for a new password: whether anybody has that address
    is looked up afterwards, so that the answer and its time are the same for all.
    """

    kind = models.CharField(max_length=20, choices=LetterKind.choices)
    person = models.ForeignKey(User, models.CASCADE, null=True, related_name="letters")
    address = models.EmailField()
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["asked_at"], condition=Q(sent_at=None), name="letter_due")]


class LinkPurpose(models.TextChoices):
    FIRST = "first", _("first sign-in")
    NEW_PASSWORD = "new_password", _("new password")


class OneTimeLink(models.Model):
    """A way in for one person, once and for a time: the first sign-in of a new account, a new password, and the
    demonstration's.

    Only the hash of its token is kept, so that the database lets nobody in.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=20, choices=LinkPurpose.choices, default=LinkPurpose.FIRST)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="link_lasts_a_while"),
        ]
