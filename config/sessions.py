"""Sessions in the database, as Django keeps them; reading one is the first thing that every request does."""

from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection

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
