"""Who holds a post now: to whom a notice goes."""

from django.db.models import Q, QuerySet

from celabiedrs.lib import clock
from celabiedrs.people.models import Post, User


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
