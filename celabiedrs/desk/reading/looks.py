"""Who looked at whose case, for the data protection officer (T1): by index, however many looks there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.audit.models import Event, Look
from celabiedrs.lib.searching import found as with_words
from celabiedrs.people.models import Role, User
from celabiedrs.plans.models import Learner, SupportPlan
from celabiedrs.registry.models import Mentor

LENGTH = 50
WHAT = (
    ("plan", _("plan")),
    ("learner", _("learner")),
    ("enrol", _("learner")),
    ("timesheet", _("timesheet")),
    ("payroll", _("payroll identity")),
    ("personal_code", _("personal code")),
    ("report", _("report of danger")),
    ("contract", _("contract")),
    ("evaluation", _("evaluation")),
    ("questions", _("questions")),
    ("registry", _("registry of mentors")),
    ("mentor", _("mentor's entry")),
)
"""What was looked at, by how its name begins; anything else is a paper of the case."""


@dataclass(frozen=True)
class LookRow:
    at: datetime
    viewer: str
    role: str
    what: str
    case: str


def looks_visible_to(user: User) -> QuerySet[Look]:
    """All for the officer of the programme; for an institution's officer those at its plans and learners."""
    posts = [post for post in user.posts_on() if post.role == Role.DATA_PROTECTION_OFFICER]
    if any(post.institution_id is None for post in posts):
        return Look.objects.all()
    places = [post.institution_id for post in posts]
    plans = SupportPlan.objects.filter(institution__in=places).values("public_id")
    learners = Learner.objects.filter(institution__in=places).values("public_id")
    return Look.objects.filter(Q(thread__in=plans) | Q(thread__in=learners))


def looks_about(looks: QuerySet[Look], *, number: str, name: str, who: str) -> QuerySet[Look]:
    """Those at one case, by its number or the learner's name, and those of one person."""
    if number or name:
        learners = with_words(Learner.objects.all(), name, "name") if name else Learner.objects.none()
        plans = SupportPlan.objects.filter(Q(learner__in=learners) | Q(number=number or None))
        keys = [*plans.values_list("public_id", flat=True), *learners.values_list("public_id", flat=True)]
        keys += plans.values_list("learner__public_id", flat=True) if number else []
        looks = looks.filter(thread__in=keys)
    if who:
        looks = looks.filter(viewer__in=list(with_words(User.objects.all(), who, "name")[:50]))
    return looks


def look_rows(looks: Iterable[Look]) -> list[LookRow]:
    """These looks in words, the cases by their numbers: the officer sees that, not the story."""
    rows = list(looks)
    cases = _cases({row.thread for row in rows})
    return [
        LookRow(row.at, row.viewer.name, _role(row.role), _what(row.what), cases.get(row.thread, "–"))
        for row in rows
    ]


def _cases(threads: set[Any]) -> dict[Any, str]:
    plans = SupportPlan.objects.filter(public_id__in=threads).select_related("institution")
    found = {row.public_id: f"{row.number or '–'}, {row.institution}" for row in plans.order_by("pk")}
    learners = Learner.objects.filter(public_id__in=threads).select_related("institution").order_by("pk")
    learner = str(_("learner"))
    found |= {row.public_id: f"{learner}, {row.institution}" for row in learners}
    mentors = Mentor.objects.filter(public_id__in=threads).order_by("pk")
    return found | {row.public_id: str(_("mentor's entry")) for row in mentors}


def _role(role: str) -> str:
    return str(Role(role).label) if role in Role.values else str(_("mentor")) if role == "mentor" else role


def _what(what: str) -> str:
    return str(next((word for begins, word in WHAT if what.startswith(begins)), _("paper of the case")))


def events_between(*, since: Any, until: Any, verb: str) -> QuerySet[Event]:
    """The event log, newest first: from a moment, before a moment, of one kind."""
    events = Event.objects.select_related("actor").order_by("-id")
    if since is not None:
        events = events.filter(at__gte=since)
    if until is not None:
        events = events.filter(at__lt=until)
    return events.filter(verb=verb) if verb else events
