"""The mark in the folder of files and in the database: do these two belong together? (R13)

Paths are random (192 bits), so that one file of a row found in the folder proves that they do.
"""

import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from psycopg import Connection
from psycopg.errors import UndefinedTable

from celabiedrs.lib import clock
from celabiedrs.lib.files.storage import files_root, sync_folder

MARK = ".database"
SHELF = re.compile(r"[0-9a-f]{2}")
LOOKED_AT = 1000
"""How many of the newest rows are looked for in a folder that has no mark."""
OTHER = (
    "The folder of files {root} belongs to another database than this one. Name the right folder in CELABIEDRS_DATA or "
    "the right database in DATABASE_URL. If they do belong together: celabiedrs verify --tie. Nothing was changed."
)
EMPTY = (
    "The database names stored files, but none of them lies in {root}: it may be the wrong folder, a disk that is not "
    "mounted, or a restore without its files. Bring the files back, or accept their loss: celabiedrs verify --tie. "
    "Nothing was changed."
)

Plain = Connection[tuple[str]]


def shelves() -> Iterator[Path]:
    """The folders of the store that hold files."""
    root = files_root()
    yield from (
        folder
        for folder in (sorted(root.iterdir()) if root.is_dir() else ())
        if SHELF.fullmatch(folder.name) and folder.is_dir()
    )


def check_store(plain: Plain | None = None) -> str:
    """Why this folder may not serve this database, "" where it may; then both bear the same mark.

    Takes a plain connection where the web server asks before it splits into processes; a job uses Django's.
    """
    if plain is None:
        connection.ensure_connection()
        plain = connection.connection
    try:
        with plain.transaction():
            database, folder = _mark_of_database(plain), _mark_of_folder()
            if database and database == folder:
                return ""
            if told := _refusal(plain, database, folder):
                return told
            _tie(plain, database or folder)
    except UndefinedTable:
        return ""  # a database without tables names no file
    return ""


def tie_store() -> None:
    """The operator says that they belong together: the folder takes the mark of the database."""
    connection.ensure_connection()
    with connection.connection.transaction():
        _tie(connection.connection, _mark_of_database(connection.connection))


def _refusal(plain: Plain, database: str, folder: str) -> str:
    if database and folder:
        return OTHER.format(root=files_root())
    rows = plain.execute(
        "SELECT path FROM files_storedfile ORDER BY id DESC LIMIT %s", [LOOKED_AT]
    ).fetchall()
    if any((files_root() / path).exists() for (path,) in rows):
        return ""
    if rows:
        return (OTHER if folder or _holds_files() else EMPTY).format(root=files_root())
    if folder or _holds_files():
        return OTHER.format(root=files_root())
    return ""


def _holds_files() -> bool:
    return any(any(shelf.iterdir()) for shelf in shelves())


def _mark_of_database(plain: Plain) -> str:
    row = plain.execute("SELECT token FROM files_storemark").fetchone()
    return row[0] if row else ""


def _mark_of_folder() -> str:
    try:
        return (files_root() / MARK).read_text("ascii").strip()
    except FileNotFoundError:
        return ""


def _tie(plain: Plain, token: str) -> None:
    plain.execute(
        "INSERT INTO files_storemark (single, token, made_at) VALUES (true, %s, %s) ON CONFLICT DO NOTHING",
        [token or secrets.token_hex(16), clock.now()],
    )
    root = files_root()
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    making = root / f"{MARK}.{os.getpid()}"
    making.write_text(_mark_of_database(plain) + "\n", "ascii")
    making.replace(root / MARK)
    sync_folder(root)
