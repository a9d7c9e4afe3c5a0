"""A start with other keys than those that the database's sealed texts need is refused, with what to do (R14)."""

import sys

import psycopg

from config.database import known_url


def refused_keys() -> bool:
    """Say on the console why these keys may not serve this database; True when they may not.

    A database that does not answer is no reason to refuse: a sealed text is never opened or overwritten blindly.
    """
    import django

    django.setup()
    from celabiedrs.lib.sealing.marks import check_marks

    try:
        with psycopg.connect(known_url(), connect_timeout=5, autocommit=True) as connection:
            told = check_marks(connection)
    except psycopg.OperationalError:
        return False
    if told:
        print(f"celabiedrs: {told}", file=sys.stderr)
    return bool(told)
