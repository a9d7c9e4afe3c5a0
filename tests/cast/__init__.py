"""The made-up people that all tests are about, one module for each kind of story, and how they sign in.

The fixture `cast` (tests/plugins/cast.py) makes the `Cast` that a test module imports from here.
"""

from contextlib import AbstractContextManager
from datetime import datetime

from django.conf import settings
from django.test import Client

from celabiedrs.lib import clock
from celabiedrs.people.models import User


def at(moment: str) -> AbstractContextManager[None]:
    """The clock of Riga set to "2026-10-05 18:00"."""
    return clock.at(datetime.fromisoformat(moment))


def riga(moment: str) -> datetime:
    """A moment in Riga from "2026-10-05 15:00"."""
    return datetime.fromisoformat(moment).replace(tzinfo=clock.RIGA)


def fresh(user: User) -> User:
    """The person as the next request loads them: with the posts of now."""
    return User.objects.get(pk=user.pk)


def signed_in(user: User, *, language: str = "") -> Client:
    """The browser of a person who has signed in, reading the language that they chose, else Latvian."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    if language:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client
