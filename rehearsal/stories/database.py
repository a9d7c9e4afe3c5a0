"""A database of the runner's own: made for it, migrated, and gone afterwards with all that was stored."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from celabiedrs.lib.postgres import Cluster
from celabiedrs.places.actions import load_calendar
from config.database import database_settings


@contextmanager
def throw_away_database() -> Iterator[None]:
    """Inside, Django works on a fresh database in a folder that is deleted at the end."""
    folder = Path(tempfile.mkdtemp(prefix="celabiedrs-replay-"))
    folder.chmod(0o711)
    cluster = Cluster(folder, durable=False)
    before = dict(settings.DATABASES["default"]), settings.DATA
    try:
        _point_to(database_settings(cluster.start()), folder)
        yield
    finally:
        connections.close_all()
        _point_to(*before)
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _point_to(database: dict[str, object], data: Path) -> None:
    for known in (settings.DATABASES["default"], connections["default"].settings_dict):
        known.update(database)
    settings.DATA = data


def prepare(*, calendar: bool = True) -> None:
    """Bring the database to this version, with the calendar that ships."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if calendar:
        load_calendar()
