"""The day and the cast of the pay tests."""

from collections.abc import Iterator

import pytest

from celabiedrs.lib import clock
from celabiedrs.pay.tests.cast import NOW, Cast, put_cast


@pytest.fixture(autouse=True)
def the_twentieth_of_november() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    return put_cast()
