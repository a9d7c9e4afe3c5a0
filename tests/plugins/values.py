"""Every test begins with the values that ship; what the programme gave in another test is gone with its rows."""

from collections.abc import Iterator

import pytest

from celabiedrs.rules import parameters


@pytest.fixture(autouse=True)
def _shipped_values() -> Iterator[None]:
    parameters.use({})
    yield
    parameters.use({})
