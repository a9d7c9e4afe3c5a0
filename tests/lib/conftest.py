"""One made-up person for the rooms that know no word of the domain."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model


@pytest.fixture
def ilze(db: None) -> Any:
    return get_user_model().objects.create_user(email="ilze@example.org", name="Ilze Žagariņa")
