"""A one-time link as it is handed to a person."""

from django.conf import settings
from django.urls import reverse


def address_of(token: str) -> str:
    """The whole address, as people reach the service from outside."""
    return f"{settings.ADDRESS}{reverse('people:one_time', args=[token])}"
