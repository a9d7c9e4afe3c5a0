"""Files without a row: into a quarantine, and away after a month. More than a handful at once tells of a mistake."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from celabiedrs.lib import clock
from celabiedrs.lib.files.marks import check_store, shelves
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.storage import files_root, sync_folder

QUARANTINE = "quarantine"
QUARANTINED_DAYS = 30
HANDFUL = 20
OLD_ENOUGH = timedelta(days=1)
MANY = (
    "{count} files lie in {root} without a row in the database, more than {handful}: this may be an earlier or another "
    "database. Nothing was moved. If it is right: celabiedrs verify --sweep."
)


class SweepStopped(Exception):
    """With a sentence that says why; nothing was moved."""


def orphans() -> Iterator[Path]:
    """Files that have had no row for a day, left by a transaction that failed or a program that was killed."""
    before = clock.now().timestamp() - OLD_ENOUGH.total_seconds()
    for shelf in shelves():
        found = {f"{shelf.name}/{file.name}": file for file in shelf.iterdir()}
        known = set(StoredFile.objects.filter(path__in=found).values_list("path", flat=True))
        yield from (
            file for path, file in found.items() if path not in known and file.stat().st_mtime < before
        )


def sweep_orphans(*, many: bool = False) -> int:
    """Move files without a row into the quarantine; says how many. Raises SweepStopped before it moves any."""
    if told := check_store():
        raise SweepStopped(told)
    found = list(orphans())
    if len(found) > HANDFUL and not many:
        raise SweepStopped(MANY.format(count=len(found), root=files_root(), handful=HANDFUL))
    for path in found:
        _move(path, files_root() / QUARANTINE / clock.today().isoformat() / f"{path.parent.name}{path.name}")
    return len(found)


def empty_quarantine() -> int:
    """Delete what has lain in the quarantine for a month; says how many days of it went."""
    before = clock.today() - timedelta(days=QUARANTINED_DAYS)
    old = [day for day in _days() if date.fromisoformat(day.name) < before]
    for day in old:
        shutil.rmtree(day)
    return len(old)


def bring_back(stored: StoredFile) -> bool:
    """Out of the quarantine, where the row's file lies there: an earlier database had not known it."""
    target = files_root() / stored.path
    for day in _days():
        kept = day / stored.path.replace("/", "", 1)
        if kept.exists() and not target.exists():
            _move(kept, target)
            return True
    return False


def _days() -> list[Path]:
    folder = files_root() / QUARANTINE
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.rename(target)
    sync_folder(target.parent)
    sync_folder(path.parent)
