"""The fingerprints in the database beside the keys of the setting: may this installation start? (R14)"""

from collections.abc import Iterable

from django.conf import settings
from psycopg import Connection
from psycopg.errors import UndefinedTable

from celabiedrs.lib import clock
from celabiedrs.lib.sealing.keys import fingerprint
from celabiedrs.lib.sealing.models import KeyMark

MISSING = (
    "This database holds texts sealed with {keys} that CELABIEDRS_NOTES_KEYS does not name ({marks}). "
    "Put the missing key back behind the present one (CELABIEDRS_NOTES_KEYS=new,old, or the file secrets/notes_keys of "
    "the data folder), start, and run: celabiedrs keys. If it is lost for good: celabiedrs keys --forget-missing. "
    "Nothing was started."
)


def missing(marks: Iterable[str]) -> list[str]:
    """The marks to which no key of the setting belongs."""
    known = {fingerprint(key) for key in settings.NOTES_KEYS}
    return sorted(set(marks) - known)


def said(marks: list[str]) -> str:
    return MISSING.format(keys="a key" if len(marks) == 1 else "keys", marks=", ".join(marks))


def check_marks(connection: "Connection[tuple[str]]") -> str:
    """Why these keys may not serve this database, "" where they may; then the first key is marked as used.

    Takes a plain connection: the web server asks before it splits into processes, which must not share one of Django's.
    """
    try:
        with connection.transaction():
            rows = connection.execute("SELECT fingerprint FROM sealing_keymark").fetchall()
            lost = missing(row[0] for row in rows)
            if lost:
                return said(lost)
            connection.execute(
                "INSERT INTO sealing_keymark (fingerprint, used_since) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                (fingerprint(settings.NOTES_KEYS[0]), clock.now()),
            )
    except UndefinedTable:
        return ""  # a database without tables holds nothing sealed
    return ""


def keep_only_first() -> None:
    """Everything opens with the first key: no other is needed from now on."""
    first = fingerprint(settings.NOTES_KEYS[0])
    KeyMark.objects.get_or_create(fingerprint=first, defaults={"used_since": clock.now()})
    KeyMark.objects.exclude(fingerprint=first).delete()


def forget_missing() -> list[str]:
    """Let the service start without the keys that are lost; what was sealed with them stays closed."""
    lost = missing(KeyMark.objects.values_list("fingerprint", flat=True))
    KeyMark.objects.filter(fingerprint__in=lost).delete()
    return lost
