"""A stored file whose bytes are missing or not those that were stored: found, written down, and told (R13)."""

import hashlib
import logging
from io import BufferedReader

from celabiedrs.lib import clock
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.storage import open_file
from celabiedrs.lib.watch.alarms import end_alarm, raise_alarm

log = logging.getLogger(__name__)
MISSING, ALTERED = "missing", "altered"


class Damaged(Exception):
    """`found` is "missing" or "altered"."""

    def __init__(self, stored: StoredFile, found: str) -> None:
        self.stored = stored
        self.found = found
        super().__init__(found)


def open_whole(stored: StoredFile) -> BufferedReader:
    """The bytes of a stored file, for reading, compared with its checksum first. Raises Damaged."""
    try:
        file = open_file(stored)
    except OSError:
        raise Damaged(stored, MISSING) from None
    if hashlib.file_digest(file, "sha256").hexdigest() != stored.sha256:
        file.close()
        raise Damaged(stored, ALTERED)
    file.seek(0)
    return file


def note_damage(stored: StoredFile, found: str) -> None:
    """An alarm each time; the event once, when it is seen first. Not inside a transaction that will be taken back."""
    now = clock.now()
    rows = StoredFile.objects.filter(pk=stored.pk)
    if rows.filter(damaged_at=None).update(damaged_at=now, checked_at=now):
        record(stored, f"file_{found}", by=None)
        log.error("files: file %s of the kind %s is %s", stored.public_id, stored.kind, found)
    raise_alarm("files_damaged", f"{StoredFile.objects.exclude(damaged_at=None).count()}")


def note_whole(stored: StoredFile) -> None:
    """It was compared and is as it was stored."""
    if stored.damaged_at is not None:
        record(stored, "file_whole_again", by=None)
    StoredFile.objects.filter(pk=stored.pk).update(checked_at=clock.now(), damaged_at=None)
    if stored.damaged_at is not None and not StoredFile.objects.exclude(damaged_at=None).exists():
        end_alarm("files_damaged")
