"""One function for each message of supervision. A school is told of its own people only (SUP-7)."""

from typing import Any

from django.db.models import QuerySet

from celabiedrs.lib.outbox.models import Message
from celabiedrs.lib.outbox.posting import post, post_to_all
from celabiedrs.people.models import Role, User
from celabiedrs.people.reading.audience import holders
from celabiedrs.supervision.models import Member, Nomination, SupervisionSession

Rows = QuerySet[Any]


def _context(session: SupervisionSession) -> dict[str, str | int | bool | None]:
    return {"session": str(session.public_id), "starts_at": session.starts_at.isoformat()}


def _mentors(session: SupervisionSession, rows: Rows, kind: str) -> None:
    people = User.objects.filter(mentor__in=rows.values("mentor")).order_by("pk")
    post_to_all(people, kind=kind, context=_context(session))


def _schools(session: SupervisionSession, rows: Rows, kind: str) -> None:
    """Each institution that nominated one of these mentors learns how many of its own there are."""
    own = Nomination.objects.filter(session=session, mentor__in=rows.values("mentor"))
    counts: dict[int, int] = {}
    for institution in own.order_by("pk").values_list("institution", flat=True):
        counts[institution] = counts.get(institution, 0) + 1
    for institution, count in counts.items():
        people = holders(Role.RESPONSIBLE_PERSON, institution=institution)
        post_to_all(people, kind=kind, context=_context(session) | {"count": count})


def _employers(session: SupervisionSession, employers: set[int], kind: str) -> None:
    for employer in sorted(employers):
        people = holders(Role.RESPONSIBLE_PERSON, Role.HEAD, institution=employer)
        post_to_all(people, kind=kind, context=_context(session))


def group_confirmed(session: SupervisionSession, *, employers: set[int]) -> None:
    """`employers`: boards and youth centres with a contract of a member, beside the schools that nominated."""
    group = session.members.order_by()
    _schools(session, group, "group_confirmed")
    _employers(session, employers, "group_confirmed")
    _mentors(session, group, "supervision_confirmed")


def session_cancelled(session: SupervisionSession) -> None:
    """Everybody who had it in mind: who showed interest, and the institutions that nominated."""
    interested = session.interests.order_by()
    _schools(session, interested, "session_cancelled")
    _mentors(session, interested, "session_cancelled")


def mentor_nominated(nomination: Nomination) -> None:
    """Once, until the supervisor has read it: a school nominates several, and several schools do."""
    to, context = nomination.session.supervisor, _context(nomination.session)
    unread = Message.objects.filter(to=to, kind="mentor_nominated", read_at=None)
    if not unread.filter(context__session=context["session"]).exists():
        post(to=to, kind="mentor_nominated", context=context)


def attendance_corrected(member: Member) -> None:
    post(to=member.mentor.user, kind="attendance_corrected", context=_context(member.session))
