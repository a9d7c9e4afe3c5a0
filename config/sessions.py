"""Sessions in the database, as Django keeps them; reading one is the first thing that every request does."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection

from config.away import is_away

READ = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > now()"


class SessionStore(db.SessionStore):
    """Reads with one plain statement; all else is Django's."""

    def load(self) -> dict[str, Any]:
        """What the session holds; empty, and without its key, where it is unknown or over."""
        with connection.cursor() as cursor:
            cursor.execute(READ, [self.session_key])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(row[0])
        return found

    def save(self, must_create: bool = False) -> None:
        """A database that is away is told as that (503), and not as a session that ended meanwhile (400)."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if error.__context__ is not None and is_away(error.__context__):
                raise error.__context__ from None
            raise
