"""A database of its own for proofs that need real connections, committed rows and many hands at once."""

import contextvars
import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from celabiedrs.lib import clock
from tests.cast.meetings import NOW

Thing = TypeVar("Thing")


@pytest.fixture(scope="module")
def committed(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """A copy of the test database in which rows may stay: the event log lets none be taken away afterwards."""
    with django_db_blocker.unblock():
        settings, original = (
            connections["default"].settings_dict,
            connections["default"].settings_dict["NAME"],
        )
        copy = f"{original}_{request.module.__name__.rpartition('.')[2]}"
        names = sql.Identifier(copy), sql.Identifier(original)
        connection.close()
        _outside("DROP DATABASE IF EXISTS {0} WITH (FORCE)", *names)
        _outside("CREATE DATABASE {0} TEMPLATE {1}", *names)
        settings["NAME"] = copy
        try:
            call_command(
                "migrate", verbosity=0
            )  # nothing to do, except where no other test asked for a database
            yield
        finally:
            connection.close()
            settings["NAME"] = original
            _outside("DROP DATABASE IF EXISTS {0} WITH (FORCE)", *names)


def _outside(statement: str, *names: sql.Identifier) -> None:
    """From the maintenance database: a template must have nobody in it."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*names))


@pytest.fixture
def october(committed: None) -> Iterator[None]:
    """The cast's hour, for all hands."""
    with clock.at(NOW):
        yield


def all_at_once(work: list[Callable[[], Thing]]) -> list[Thing]:
    """Do all of it at the same moment, each in a thread with a connection of its own; answers in the order given."""
    gate, found, troubles = threading.Barrier(len(work)), {}, []

    def one(number: int, job: Callable[[], Thing]) -> None:
        try:
            gate.wait(timeout=60)
            found[number] = job()
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=contextvars.copy_context().run, args=(one, number, job))
        for number, job in enumerate(work)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    if troubles:
        raise troubles[0]
    assert len(found) == len(work), "somebody did not come back"
    return [found[number] for number in sorted(found)]
