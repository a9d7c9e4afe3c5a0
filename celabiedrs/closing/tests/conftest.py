from collections.abc import Callable

import pytest
from django.test import Client

from celabiedrs.closing.tests.cast import Cast
from celabiedrs.people.models import User

SignIn = Callable[[User], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """A browser of a person."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
