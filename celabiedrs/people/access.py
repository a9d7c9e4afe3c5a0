"""Who keeps the programme: its calendar, places, settings and accounts.

Permissions for the acts of `places` stand here: a role is a post, and posts are known from this stage on.
"""

from django.http import HttpRequest

from celabiedrs.people.models import Role, User


class SignedIn(HttpRequest):
    """A request as every page gets it that is not open to strangers: its user is one of ours.

    The middleware sends strangers to the sign-in before a page is reached, so this is a type, and nothing is asked
    again. A test holds the pages that are open to strangers to the plain request.
    """

    user: User


def may_keep_programme(user: User) -> bool:
    """The programme administrator keeps calendar, settings, places, contacts and accounts."""
    return user.holds(Role.PROGRAMME_ADMINISTRATOR)
