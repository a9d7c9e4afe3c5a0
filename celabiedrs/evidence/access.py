"""Who draws a sample, who sees it: the programme's administrators; the auditor sees what was drawn for the own post."""

from django.db.models import Q

from celabiedrs.people.models import Role, User


def may_draw(user: User) -> bool:
    return user.holds(Role.PROGRAMME_ADMINISTRATOR)


def draws_visible_to(user: User) -> Q:
    """All for an administrator; an auditor's own."""
    if may_draw(user):
        return Q()
    return Q(post__in=[post.pk for post in user.posts_on() if post.role == Role.AUDITOR])
