"""Who keeps and who disposes: the programme's administrators, two at a time (ARC-1)."""

from celabiedrs.people.models import Role, User


def may_keep(user: User) -> bool:
    return user.is_active and user.holds(Role.PROGRAMME_ADMINISTRATOR)
