from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from celabiedrs.lib import clock
from celabiedrs.people.models import User
from celabiedrs.plans.tests.cast import NOW, Cast


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The cast on the morning of 07.09.2026.; the clock stands there while the test runs."""
    with clock.at(NOW):
        yield Cast()


@pytest.fixture
def as_(cast: Cast) -> Callable[[User], Client]:
    """`as_(anna)`: a client in which the person is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
