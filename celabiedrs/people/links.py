"""A one-time link as it is handed to a person."""

from django.conf import settings
from django.urls import reverse

BY_LINK = "by_link"
"""In a session: it was begun by a link, though the person has a password. Whoever made the link could have used it."""


def address_of(token: str) -> str:
    """The whole address, as people reach the service from outside."""
    return f"{settings.ADDRESS}{reverse('people:one_time', args=[token])}"
