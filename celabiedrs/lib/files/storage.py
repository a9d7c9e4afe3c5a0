"""Private storage: bytes under a random name, on the disk for certain before their row is written."""

import hashlib
import os
import secrets
import uuid
from io import BufferedReader
from pathlib import Path
from typing import Any

from django.conf import settings

from celabiedrs.lib import clock
from celabiedrs.lib.files.models import StoredFile

UNFINISHED = ".part"


def files_root() -> Path:
    """The folder of all stored files: the setting FILES_ROOT, else `files` in the data folder."""
    return Path(getattr(settings, "FILES_ROOT", None) or Path(settings.DATA) / "files")


def store_bytes(content: bytes, *, kind: str, media_type: str, name: str, by: Any = None) -> StoredFile:
    """Store bytes that the house made or has looked at: write, fsync, rename, fsync folders, then the row.

    A failing transaction afterwards leaves a file without a row, which the sweep finds; never a row without a
    file. OSError where the disk does not take it, and then nothing is left behind.
    """
    path = _random_path()
    _write(files_root() / path, content)
    return StoredFile.objects.create(
        public_id=uuid.uuid4(),
        kind=kind,
        path=path,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        media_type=media_type,
        original_name=name,
        stored_at=clock.now(),
        stored_by=by,
    )


def open_file(stored: StoredFile) -> BufferedReader:
    """The bytes of a stored file, for reading. FileNotFoundError where the disk has lost it."""
    return (files_root() / stored.path).open("rb")


def _random_path() -> str:
    name = secrets.token_hex(24)
    return f"{name[:2]}/{name[2:]}"


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = target.with_suffix(UNFINISHED)
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(target)
        for folder in (target.parent, target.parent.parent):
            sync_folder(folder)
    except OSError:
        unfinished.unlink(missing_ok=True)
        target.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
