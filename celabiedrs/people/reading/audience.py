"""Who holds a post now: to whom a notice goes."""

from django.db.models import Q, QuerySet

from celabiedrs.lib import clock
from celabiedrs.people.models import Post, PostProposal, Role, User


def not_over() -> Q:
    """Posts in force today or later."""
    today = clock.today()
    return Q(until=None) | Q(until__gt=today) | Q(until=today, ended_at=None)


def in_force() -> Q:
    """Posts in force today."""
    return Q(since__lte=clock.today()) & not_over()


def holders(*roles: str, institution: int | None = None, region: int | None = None) -> QuerySet[User]:
    """People who hold a post in one of the roles today, at an institution or in a region."""
    posts = Post.objects.filter(in_force(), role__in=roles)
    if institution is not None:
        posts = posts.filter(institution=institution)
    if region is not None:
        posts = posts.filter(region=region)
    return User.objects.filter(pk__in=posts.values("person"), is_active=True).order_by("pk")


def post_audience(row: Post, *, but: User) -> list[User]:
    """Who is to know of a post: the head of the institution and who holds the same post there; of a post of the whole
    programme its administrators and its other holders. Not the person, not who did it."""
    if row.municipality_id is not None or row.region_id is not None:
        return []
    if row.institution_id is not None:
        told = holders(row.role, Role.HEAD, institution=row.institution_id)
    else:
        told = holders(row.role, Role.PROGRAMME_ADMINISTRATOR)
    return list(told.exclude(pk__in={row.person_id, but.pk}))


def seconders(proposal: PostProposal) -> list[User]:
    """Who may agree to a proposed post: the other administrators and the heads of its institution."""
    told = set(holders(Role.PROGRAMME_ADMINISTRATOR))
    if proposal.institution_id is not None:
        told |= set(holders(Role.HEAD, institution=proposal.institution_id))
    return sorted(told - {proposal.proposed_by, proposal.person}, key=lambda user: user.pk)


def other_administrators(user: User) -> QuerySet[User]:
    return holders(Role.PROGRAMME_ADMINISTRATOR).exclude(pk=user.pk)
