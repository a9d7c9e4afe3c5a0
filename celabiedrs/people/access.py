"""Who keeps the programme: its calendar, places, settings and accounts.

Permissions for the acts of `places` stand here: a role is a post, and posts are known from this stage on.
"""

from celabiedrs.people.models import Role, User


def may_keep_programme(user: User) -> bool:
    """The programme administrator keeps calendar, settings, places, contacts and accounts."""
    return user.holds(Role.PROGRAMME_ADMINISTRATOR)
