from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from celabiedrs.closing.tests.cast import Cast
from celabiedrs.people.models import User

AsPerson = Callable[[User], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


@pytest.fixture
def as_(db: None) -> AsPerson:
    """`as_(user)` gives a client of a person who is signed in and reads English."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        return client

    return signed_in
