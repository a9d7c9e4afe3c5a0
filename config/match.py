"""A start with other keys than the database's sealed texts need (R14), or with a folder of files that belongs to
another database (R13), is refused with what to do."""

import sys

import psycopg

from config.database import known_url


def refused_match() -> bool:
    """Say on the console why these keys or this folder may not serve this database; True when they may not.

    A database that does not answer is no reason to refuse: a sealed text is never opened or overwritten blindly.
    """
    import django

    django.setup()
    from celabiedrs.lib.files.marks import check_store
    from celabiedrs.lib.sealing.marks import check_marks

    try:
        with psycopg.connect(known_url(), connect_timeout=5, autocommit=True) as connection:
            told = check_marks(connection) or check_store(connection)
    except psycopg.OperationalError:
        return False
    if told:
        print(f"celabiedrs: {told}", file=sys.stderr)
    return bool(told)
