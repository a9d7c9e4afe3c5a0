"""The matrix's world: made once for a file, and undone with it; each cell is undone in a savepoint."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.access.walking import Walk, walk
from tests.access.world import World, make_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def db() -> None:
    """In this folder: the module's transaction. The name tells pytest-django that a database is needed."""


@pytest.fixture
def walked(db: None, world: World, record_property: Callable[[str, object], None]) -> Callable[[str], Walk]:
    """Walk a route; its numbers go into the line at the end of the run (tests/plugins/totals.py)."""

    def count(route: str) -> Walk:
        found = walk(route, world)
        record_property("matrix_cells", found.cells)
        record_property("matrix_leaks", len(found.leaks))
        return found

    return count
