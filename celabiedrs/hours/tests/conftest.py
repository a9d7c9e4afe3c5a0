"""The cast at its hour, and its mentor at the phone."""

from collections.abc import Iterator

import pytest
from django.test import Client

from celabiedrs.hours.tests.cast import NOW, Cast, put_cast
from celabiedrs.lib import clock


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    with clock.at(NOW):
        yield put_cast()


@pytest.fixture
def phone(cast: Cast) -> Client:
    """Ilze's phone, signed in."""
    client = Client()
    client.force_login(cast.user)
    return client
