"""The people of a test: the `Cast` that its module imports from tests.cast, at its hour."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest

from celabiedrs.lib import clock


@pytest.fixture
def cast(request: pytest.FixtureRequest, db: None) -> Iterator[Any]:
    """Everybody whom the module's cast has, put there; where the cast has an hour, the clock stands at it."""
    made = request.module.Cast
    with clock.at(made.now) if made.now else nullcontext():
        yield made()
