"""The database does not answer: one sentence on the console, a friendly 503 on a page."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import PoolTimeout

from config.database import known_url

GOING_DOWN = {"57P01", "57P02", "57P03", "53300"}
"""Ended by an administrator, crashed, starting up, no more connections."""
AGAIN_AFTER = "10"


class DatabaseAway(Exception):
    """With a sentence that says where it was looked for."""


def is_away(error: BaseException | None) -> bool:
    """Whether this error, or what caused it, says that the database could not be reached or went away."""
    while error is not None:
        if isinstance(error, PoolTimeout):
            return True
        if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
            state = error.sqlstate
            return state is None or state in GOING_DOWN or state.startswith("08")
        error = error.__cause__
    return False


@contextmanager
def away_is_a_sentence() -> Iterator[None]:
    """For commands: a database that does not answer is told in one sentence, without its password."""
    try:
        yield
    except (psycopg.Error, DatabaseError, PoolTimeout) as error:
        if not is_away(error):
            raise
        parts = conninfo_to_dict(known_url())
        where = f"{parts.get('host', 'the local socket')}:{parts.get('port', 5432)}"
        raise DatabaseAway(
            f"The database at {where} does not answer, or does not let us in. Start it, or put DATABASE_URL right. "
            "Nothing was changed."
        ) from None


def failed(request: HttpRequest) -> HttpResponse:
    """What a page answers to an error: 503 while the database is away, else 500. Neither asks the database."""
    if is_away(sys.exc_info()[1]):
        answer = HttpResponse(render_to_string("503.html"), status=503)
        answer["Retry-After"] = AGAIN_AFTER
        return answer
    return server_error(request)
