"""The mentor at the phone."""

import pytest
from django.test import Client

from tests.cast import signed_in
from tests.cast.meetings import Cast


@pytest.fixture
def phone(cast: Cast) -> Client:
    """Ilze's phone, signed in."""
    return signed_in(cast.user)
