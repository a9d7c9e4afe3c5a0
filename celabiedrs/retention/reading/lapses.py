"""Rows of the shorter classes: which they are, and since when each is counted (ARC-1, decision 0040).

Each query is annotated with `since`, the Riga day from which the class is counted. What is on hold is never among them,
and nothing that is evidence: a plan that was approved, paid hours, a report, a trained mentor.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailConfirmation
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Exists, F, ForeignObjectRel, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib import clock
from celabiedrs.lib.audit.models import Look
from celabiedrs.lib.clock import RIGA
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.outbox.models import Message
from celabiedrs.people.models import AccountLetter, FailedSignIn, OneTimeLink, Post, User
from celabiedrs.plans.models import AgreementDraft, Learner, PlanSketch, SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.registry.models import (
    EducationGround,
    FirstTalk,
    Mentor,
    ProposedChange,
    SuitabilityCheck,
    TalkOutcome,
)
from celabiedrs.retention.reading import classes
from celabiedrs.retention.reading.due import held_plans, held_things
from celabiedrs.rules.retention import lapses_from
from celabiedrs.safeguarding.models import SafeguardingReport
from celabiedrs.supervision.models import Interest, Nomination

OF_A_CANDIDATE: tuple[type[models.Model], ...] = (
    EducationGround, ProposedChange, FirstTalk, SuitabilityCheck, Interest, Nomination,
    Mentor.municipalities.through, Mentor.works_at.through,
)  # fmt: skip
"""What may belong to a mentor who never became one; anyone who has anything else is kept."""

CAME_TO_NOTHING = Q(approved_at=None, first_submitted_at=None, timesheets=None) & (
    Q(state=PlanState.DRAFT) | Q(state=PlanState.WITHDRAWN, request=None, agreements=None)
)
"""Plans that the expert never saw and that nobody signed for: what was sent, and a withdrawn plan with its papers, is
evidence of the project."""


def _day(name: str) -> TruncDate:
    """The Riga day of a moment."""
    return TruncDate(name, tzinfo=RIGA)


def referring(model: type[models.Model], *, but: tuple[type[models.Model], ...]) -> list[Any]:
    """Foreign keys of other tables that point to this one, those of `but` left out."""
    return [
        relation.field
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel)
        and not relation.many_to_many
        and relation.field.model not in but
    ]


def _referred_by_nothing(rows: QuerySet[Any], but: tuple[type[models.Model], ...]) -> QuerySet[Any]:
    for field in referring(rows.model, but=but):
        rows = rows.exclude(Exists(field.model._base_manager.filter(**{field.name: OuterRef("pk")})))
    return rows


def never_approved() -> QuerySet[SupportPlan]:
    """Plans that came to nothing and have no hours and no reports: not evidence."""
    rows = SupportPlan.objects.filter(CAME_TO_NOTHING)
    reported = SafeguardingReport.objects.order_by().values("plan")
    return rows.exclude(pk__in=reported).exclude(pk__in=held_plans().values("pk"))


def _drafts() -> QuerySet[Any]:
    ended = Greatest(Coalesce(_day("withdrawn_at"), F("ends_on")), _day("drafted_at"))
    return never_approved().annotate(since=ended)


def _sketches() -> QuerySet[Any]:
    rows = PlanSketch.objects.exclude(learner__in=held_things("Learner"))
    return rows.exclude(learner__institution__in=held_things("Institution")).annotate(since=_day("saved_at"))


def _agreement_drafts() -> QuerySet[Any]:
    rows = AgreementDraft.objects.exclude(plan__in=held_plans().values("pk"))
    return rows.annotate(since=_day("saved_at"))


def _loose_files() -> QuerySet[Any]:
    """Files that came in and to which no row points, or none any more."""
    return _referred_by_nothing(StoredFile.objects.all(), ()).annotate(since=_day("stored_at"))


def without_plan() -> QuerySet[Learner]:
    """Learners who have no plan at all and are not on hold."""
    rows = Learner.objects.filter(plans=None).exclude(pk__in=held_things("Learner"))
    return rows.exclude(institution__in=held_things("Institution"))


def _learners() -> QuerySet[Any]:
    saved, asked = Max("sketch__saved_at"), Max("transfers__asked_at")
    last = Greatest(_day("enrolled_at"), TruncDate(saved, tzinfo=RIGA), TruncDate(asked, tzinfo=RIGA))
    return without_plan().annotate(since=last)


def unsuccessful() -> QuerySet[Mentor]:
    """Mentors without a certificate on whom nothing hangs but their own entry."""
    rows = Mentor.objects.filter(certificate=None).exclude(pk__in=held_things("Mentor"))
    return _referred_by_nothing(rows, OF_A_CANDIDATE)


def _candidates() -> QuerySet[Any]:
    return unsuccessful().annotate(since=_day("enrolled_at"))


def vain_talks() -> QuerySet[FirstTalk]:
    """Talks with a mentor that came to nothing."""
    rows = FirstTalk.objects.filter(outcome__in=(TalkOutcome.DECLINED, TalkOutcome.NO_ANSWER))
    rows = rows.exclude(mentor__in=held_things("Mentor"))
    return rows.exclude(institution__in=held_things("Institution"))


def _talks() -> QuerySet[Any]:
    return vain_talks().annotate(since=F("held_on"))


def _held_threads() -> set[Any]:
    """Public ids of what is on hold: looks and notices about it stay as long."""
    mentors = Mentor.objects.filter(pk__in=held_things("Mentor")).order_by()
    learners = Learner.objects.filter(pk__in=held_things("Learner")).order_by()
    return {
        *held_plans().values_list("public_id", flat=True),
        *mentors.values_list("public_id", flat=True),
        *learners.values_list("public_id", flat=True),
    }


def _looks() -> QuerySet[Any]:
    return Look.objects.exclude(thread__in=_held_threads()).annotate(since=_day("at"))


def _messages() -> QuerySet[Any]:
    held = [str(thread) for thread in _held_threads()]
    about_held = Q(context__has_key="plan", context__plan__in=held)
    return Message.objects.exclude(about_held).annotate(since=_day("created_at"))


def _accounts() -> QuerySet[Any]:
    """People who hold no post, today or later, and stand in no registry."""
    today = clock.today()
    holding = Post.objects.filter(Q(until=None) | Q(until__gte=today), person=OuterRef("pk"))
    rows = User.objects.filter(mentor=None).exclude(Exists(holding))
    return rows.annotate(since=Greatest(Max("posts__until"), _day("joined_at")))


def _links() -> QuerySet[Any]:
    return OneTimeLink.objects.annotate(since=Coalesce(_day("used_at"), _day("expires_at")))


def _devices() -> QuerySet[Any]:
    return UserSession.objects.annotate(since=_day("created_at"))


def _failed() -> QuerySet[Any]:
    return FailedSignIn.objects.annotate(since=_day("at"))


def _letters() -> QuerySet[Any]:
    return AccountLetter.objects.annotate(since=Coalesce(_day("sent_at"), _day("asked_at")))


def _confirmations() -> QuerySet[Any]:
    return EmailConfirmation.objects.annotate(since=_day("created"))


def _sessions() -> QuerySet[Any]:
    return Session.objects.annotate(since=_day("expire_date"))


@dataclass(frozen=True)
class Shorter:
    """Some rows of a shorter class. `school`: the way to the institution by whose name they are counted."""

    name: str
    title: Any
    keeping: classes.RetentionClass
    rows: Callable[[], QuerySet[Any]]
    school: str = ""

    def due(self, today: date) -> QuerySet[Any]:
        """Rows whose day has come."""
        return self.rows().filter(since__lte=lapses_from(self.keeping.length, today, today))

    def ending(self, year: int, today: date) -> QuerySet[Any]:
        """Rows whose day lies in a year; in the present one those that tonight takes, too."""
        length, last = self.keeping.length, date(year, 12, 31)
        rows = self.rows().filter(since__lte=lapses_from(length, last, today))
        if year > today.year:
            before = lapses_from(length, last.replace(year=year - 1), today)
            rows = rows.filter(since__gte=before + timedelta(days=1))
        return rows


DRAFTS = Shorter("drafts", _("plans never sent to the expert"), classes.DRAFT, _drafts, "institution__name")
SKETCHES = Shorter(
    "sketches", _("plans begun"), classes.DRAFT, _sketches, "learner__institution__name"
)  # fmt: skip
AGREEMENT_DRAFTS = Shorter(
    "agreement_drafts", _("agreements begun"), classes.DRAFT, _agreement_drafts, "plan__institution__name"
)
LOOSE_FILES = Shorter("files", _("files that belong to nothing"), classes.DRAFT, _loose_files)
LEARNERS = Shorter(
    "learners", _("learners without a plan"), classes.NO_PLAN, _learners, "institution__name"
)  # fmt: skip
CANDIDATES = Shorter("candidates", _("mentors without a certificate"), classes.CANDIDATE, _candidates)
TALKS = Shorter(
    "talks", _("talks that came to nothing"), classes.CANDIDATE, _talks, "institution__name"
)  # fmt: skip
ACCOUNTS = Shorter("accounts", _("accounts without a post"), classes.ACCOUNT, _accounts)
LOOKS = Shorter("looks", _("looks at cases"), classes.LOOKS, _looks)
MESSAGES = Shorter("messages", _("notices"), classes.MESSAGES, _messages)
LINKS = Shorter("links", _("one-time links"), classes.PASSING, _links)
DEVICES = Shorter("devices", _("where people were signed in"), classes.PASSING, _devices)
FAILED = Shorter("failed", _("wrong passwords"), classes.PASSING, _failed)
LETTERS = Shorter("letters", _("letters about accounts"), classes.PASSING, _letters)
CONFIRMATIONS = Shorter(
    "confirmations", _("confirmations of an e-mail address"), classes.PASSING, _confirmations
)  # fmt: skip
SESSIONS = Shorter("sessions", _("sign-ins"), classes.PASSING, _sessions)

SHORTER = (
    DRAFTS, SKETCHES, AGREEMENT_DRAFTS, LEARNERS, LOOSE_FILES, TALKS, CANDIDATES, ACCOUNTS, LOOKS, MESSAGES, LINKS,
    LETTERS, DEVICES, FAILED, CONFIRMATIONS, SESSIONS,
)  # fmt: skip
"""In the order of the night: what belongs to a thing before the thing."""
