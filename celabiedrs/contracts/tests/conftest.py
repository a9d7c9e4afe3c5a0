"""The cast of the plans at its hour – Monday 07.09.2026. – and its doors into the house."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from celabiedrs.lib import clock
from celabiedrs.people.models import User
from celabiedrs.plans.tests.cast import NOW, Cast


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """Ilze has a contract with Anna's school for both semesters, Andris has nothing."""
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
