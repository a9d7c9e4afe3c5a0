"""Counted figures of supervision for those who have an eye over an area."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from celabiedrs.people.models import Role, User
from celabiedrs.plans.models import MentorAssignment
from celabiedrs.registry.models import Mentor
from celabiedrs.supervision.facts import AT_WORK
from celabiedrs.supervision.models import Member, SessionState, SupervisionSession


@dataclass(frozen=True)
class Figures:
    """How many sessions, members and attended; how many mentors at work there are, and have never been to one."""

    to_come: int
    held: int
    members: int
    attended: int
    at_work: int
    never: int


def figures(user: User, sessions: QuerySet[SupervisionSession]) -> Figures:
    """Members and attended are of sessions that were held."""
    held = sessions.filter(state=SessionState.HELD).order_by()
    counted = Member.objects.filter(session__in=held.values("pk")).aggregate(
        members=Count("pk"), attended=Count("pk", filter=Q(attended=True))
    )
    at_work = _at_work(user)
    been = Member.objects.filter(attended=True).order_by().values("mentor")
    return Figures(
        to_come=sessions.filter(state__in=(SessionState.PLANNED, SessionState.CONFIRMED)).count(),
        held=held.count(),
        members=counted["members"],
        attended=counted["attended"],
        at_work=at_work.count(),
        never=at_work.exclude(pk__in=been).count(),
    )


def _at_work(user: User) -> QuerySet[Mentor]:
    """Mentors who stand by a learner now, in the area over which the person has an eye."""
    area = Q(pk__in=())
    for post in user.posts_on():
        match post.role:
            case Role.PROGRAMME_ADMINISTRATOR:
                area |= Q(pk__isnull=False)
            case Role.MUNICIPALITY_COORDINATOR:
                area |= Q(plan__institution__municipality=post.municipality_id)
            case Role.PROJECT_EXPERT:
                area |= Q(plan__institution__municipality__region=post.region_id)
    stands = MentorAssignment.objects.filter(area, until=None, plan__state__in=AT_WORK).order_by()
    return Mentor.objects.filter(pk__in=stands.values("mentor")).order_by()
