import pytest

from celabiedrs.closing.tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()
