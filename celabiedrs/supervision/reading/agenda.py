"""The sessions of a mentor, of an institution's responsible person and of a supervisor, as their pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from celabiedrs.lib import clock
from celabiedrs.people.models import SCHOOL_STAFF, User
from celabiedrs.places.facts import Programme
from celabiedrs.places.models import Municipality
from celabiedrs.registry.models import Mentor
from celabiedrs.supervision.facts import contracts_on, days_around, nominating_places
from celabiedrs.supervision.models import Interest, Member, Nomination, SessionState, SupervisionSession
from celabiedrs.supervision.reading.states import Line, MentorStatus, line_of, standing


def ends_at(session: SupervisionSession) -> datetime:
    return session.starts_at + timedelta(minutes=session.minutes)


def is_open(session: SupervisionSession) -> bool:
    """Whether mentors may still show interest and schools nominate."""
    return session.state in (SessionState.PLANNED, SessionState.CONFIRMED) and session.starts_at > clock.now()


def takes_more(session: SupervisionSession) -> bool:
    """Whether interest shown now can still lead into the group: it is neither confirmed nor past its line (SUP-6)."""
    return is_open(session) and session.state == SessionState.PLANNED and not line_of(session).is_over


def with_names(sessions: QuerySet[SupervisionSession]) -> QuerySet[SupervisionSession]:
    return sessions.select_related("group", "municipality", "supervisor")


@dataclass(frozen=True)
class OwnRow:
    """A session as a mentor sees it."""

    session: SupervisionSession
    standing: MentorStatus
    near: int
    member: Member | None

    @property
    def has_certificate(self) -> bool:
        return self.member is not None and bool(self.member.certificate)

    @property
    def can_withdraw(self) -> bool:
        return self.standing.key in ("interested", "not_nominated") and is_open(self.session)

    @property
    def can_show_interest(self) -> bool:
        return self.standing.key == "" and takes_more(self.session)

    @property
    def comes_too_late(self) -> bool:
        return self.standing.key == "" and is_open(self.session) and not takes_more(self.session)


def of_mentor(mentor: Mentor, sessions: Iterable[SupervisionSession]) -> list[OwnRow]:
    """Each session with where the mentor stands; near ones first, then by day."""
    interested = set(Interest.objects.filter(mentor=mentor).order_by().values_list("session", flat=True))
    nominated = set(Nomination.objects.filter(mentor=mentor).order_by().values_list("session", flat=True))
    members = {one.session_id: one for one in Member.objects.filter(mentor=mentor).order_by("pk")}
    here = set(mentor.municipalities.order_by().values_list("pk", flat=True))
    beside = set(
        Municipality.objects.filter(neighbours__in=here).order_by().values_list("pk", flat=True).distinct()
    )
    rows = []
    for session in sessions:
        member, place = members.get(session.pk), session.municipality_id
        where = standing(
            session,
            interested=session.pk in interested,
            nominated=session.pk in nominated,
            member=member is not None,
            attended=member.attended if member else None,
        )
        rows.append(OwnRow(session, where, 0 if place in here else 1 if place in beside else 2, member))
    return sorted(rows, key=lambda row: (row.near, row.session.starts_at, row.session.pk))


@dataclass
class SchoolRow:
    """A session as a responsible person sees it: their own people in it and nobody else's (SUP-7)."""

    session: SupervisionSession
    to_nominate: list[Mentor] = field(default_factory=list)
    nominated: list[Mentor] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)

    @property
    def chosen(self) -> list[Member]:
        """Members once the group is confirmed: before that it can still change."""
        return self.members if self.session.state in (SessionState.CONFIRMED, SessionState.HELD) else []


def of_school(user: User, session: SupervisionSession, known: Programme) -> SchoolRow:
    """Own people are those whom the institution nominated, and its employees in the group (SUP-7)."""
    row = SchoolRow(session)
    places = user.institutions(*SCHOOL_STAFF)
    own = Q(institution__in=places)
    nominated = session.nominations.filter(own).select_related("mentor__user").order_by("pk")
    row.nominated = list(dict.fromkeys(nomination.mentor for nomination in nominated))
    row.nominated.sort(key=lambda mentor: mentor.user.sort_name)
    if is_open(session):
        interests = session.interests.exclude(mentor__in=row.nominated).select_related("mentor__user")
        row.to_nominate = [
            interest.mentor
            for interest in interests.order_by("mentor__user__sort_name", "pk")
            if nominating_places(user, interest.mentor, session, known)
        ]
    row.members = [
        member
        for member in session.members.select_related("mentor__user").order_by("mentor__user__sort_name", "pk")
        if member.mentor in row.nominated
        or any(
            contract.employer_id in places
            for contract in contracts_on(member.mentor, days_around(session), known)
        )
    ]
    return row


@dataclass(frozen=True)
class LedRow:
    """A session as its supervisor sees it."""

    session: SupervisionSession
    line: Line
    nominated: int
    members: int

    @property
    def must_confirm(self) -> bool:
        return self.session.state == SessionState.PLANNED and self.session.starts_at > clock.now()

    @property
    def must_mark(self) -> bool:
        return self.session.state == SessionState.CONFIRMED and ends_at(self.session) <= clock.now()

    @property
    def is_lost(self) -> bool:
        """Never confirmed and over: it can only be cancelled."""
        return self.session.state == SessionState.PLANNED and self.session.starts_at <= clock.now()


def led(session: SupervisionSession) -> LedRow:
    nominated = session.nominations.order_by().values("mentor").distinct().count()
    return LedRow(session, line_of(session), nominated, session.members.count())
