"""The day and the cast of the pay tests."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from celabiedrs.lib import clock
from tests.cast.pay import NOW, Cast


@pytest.fixture(autouse=True)
def the_twentieth_of_november() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def emptying_forbidden_again(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Ends last: events are append-only again on this connection."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("RESET celabiedrs.emptying")


@pytest.fixture
def at_once(emptying_forbidden_again: None, transactional_db: None) -> Iterator[Cast]:
    """The cast in committed rows, so that several connections see them; the tables are emptied afterwards."""
    yield Cast()
    with connection.cursor() as cursor:
        cursor.execute("SET celabiedrs.emptying = 'on'")
