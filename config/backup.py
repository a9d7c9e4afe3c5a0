"""Backup and restore as a single copy: the database as one archive, the files beside it, and a list of what both hold.

The order matters: the database first, then the files. A file is written before the row that names it, so every row of
the archive finds its file; a file that came in between is merely one too many. Each copied file is compared with the
checksum of its row: a backup of damaged papers is kept, but it ends with an error (R13).
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from celabiedrs.lib.postgres.binaries import NoServer, find_binaries
from config.database import database

ARCHIVE, FILES, LIST, DAMAGED = "database.dump", "files", "list.json", "damaged.json"


class BackupFailed(Exception):
    """With a sentence that says what to do."""


def tool(name: str) -> str:
    """The program of this name: beside the embedded server, else the system's."""
    try:
        beside = find_binaries() / name
    except NoServer:
        beside = Path(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        raise BackupFailed(f"{name} was not found; install the PostgreSQL client programs.")
    return found


def _run(name: str, *arguments: str) -> None:
    """Run a client program against the installation's database; the password goes by the environment only."""
    parts = conninfo_to_dict(os.environ["DATABASE_URL"])
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
    }
    environment = os.environ | {
        names[key]: str(value) for key, value in parts.items() if key in names and value
    }
    done = subprocess.run([tool(name), *arguments], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise BackupFailed(done.stderr.strip() or f"{name} failed.")


def _files_root() -> Path:
    from django.conf import settings

    return Path(getattr(settings, "FILES_ROOT", "") or settings.DATA / "files")


def sums(folder: Path) -> Iterator[tuple[str, str]]:
    """The checksum of every file below a folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != LIST:
            with path.open("rb") as file:
                yield str(path.relative_to(folder)), hashlib.file_digest(file, "sha256").hexdigest()


def backup(folder: Path) -> None:
    """Write a backup into a folder that does not exist yet; it is whole once the list stands in it."""
    if folder.exists() and any(folder.iterdir()):
        raise BackupFailed(f"{folder} is not empty; name a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    _run("pg_dump", "--format=custom", "--no-owner", f"--file={folder / ARCHIVE}")
    known = known_files()
    if _files_root().is_dir():
        shutil.copytree(_files_root(), folder / FILES, ignore=shutil.ignore_patterns("quarantine"))
    damaged = _damaged(folder / FILES, known)
    if damaged:
        (folder / DAMAGED).write_text(json.dumps(damaged, indent=1) + "\n", "utf-8")
    listed = dict(sums(folder))
    (folder / LIST).write_text(json.dumps(listed, indent=1) + "\n", "utf-8")
    print(f"backup: {len(listed)} files in {folder}, {len(known)} of them stored papers")
    tell_damaged(damaged, len(known))


def known_files() -> dict[str, str]:
    """The checksum of every stored file by its path, as the database has it after the archive was written."""
    if not has_tables():
        return {}
    from celabiedrs.lib.files.models import StoredFile

    return dict(StoredFile.objects.values_list("path", "sha256"))


def _damaged(copied: Path, known: dict[str, str]) -> list[str]:
    """Paths whose copy is missing or differs from its row; what was disposed of meanwhile is not one of them."""
    from celabiedrs.lib.files.models import StoredFile

    found = dict(sums(copied)) if copied.is_dir() else {}
    wrong = [path for path, expected in known.items() if found.get(path) != expected]
    still = set(StoredFile.objects.filter(path__in=wrong).values_list("path", flat=True)) if wrong else set()
    return sorted(path for path in wrong if path in still)


def tell_damaged(damaged: list[str], known: int) -> None:
    """Write down that there is a backup; an alarm and an error where papers in it are damaged."""
    from celabiedrs.lib.watch.alarms import end_alarm, raise_alarm
    from celabiedrs.lib.watch.milestones import BACKUP, reach

    if not has_tables():
        return
    if damaged:
        raise_alarm("backup_damaged", str(len(damaged)))
        raise BackupFailed(
            f"{len(damaged)} of {known} stored papers are missing or altered; {DAMAGED} in the backup names them, "
            "and so does: celabiedrs verify. The rest of the backup is whole. Keep the earlier backups."
        )
    end_alarm("backup_damaged")
    reach(BACKUP, detail=str(known))


def restore(folder: Path) -> None:
    """Bring a backup back into an empty database and an empty folder of files; every checksum is compared first."""
    if not (folder / LIST).exists():
        raise BackupFailed(f"{folder} holds no whole backup: {LIST} is missing.")
    listed = json.loads((folder / LIST).read_text("utf-8"))
    if dict(sums(folder)) != listed:
        raise BackupFailed("The backup is damaged: its files differ from its list. Nothing was restored.")
    target = _files_root()
    if target.is_dir() and any(target.iterdir()):
        raise BackupFailed(f"{target} is not empty; restore into a new data folder (CELABIEDRS_DATA).")
    if has_tables():
        raise BackupFailed("The database is not empty; restore into a new one. Nothing was changed.")
    _run(
        "pg_restore",
        "--no-owner",
        "--exit-on-error",
        "--single-transaction",
        "--dbname=",
        str(folder / ARCHIVE),
    )
    if (folder / FILES).is_dir():
        shutil.copytree(folder / FILES, target, dirs_exist_ok=True)
    print(f"restored: {len(listed)} files, every checksum equal. Now: celabiedrs migrate")


def has_tables() -> bool:
    """Whether anything is in the database."""
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    return bool(row and row[0])


def main(arguments: list[str]) -> int:
    """`backup [FOLDER]`, `restore FOLDER`, `restore --to MOMENT` or `restore --prove`."""
    parser = argparse.ArgumentParser(prog="celabiedrs")
    parser.add_argument("act", choices=("backup", "restore"))
    parser.add_argument(
        "folder", type=Path, nargs="?", help="a single copy; without it the archive of CELABIEDRS_ARCHIVE"
    )
    parser.add_argument(
        "--to", metavar="MOMENT", help='restore the archive to it: "2026-11-03 14:00:00", or "latest"'
    )
    parser.add_argument(
        "--prove", action="store_true", help="restore the latest of the archive, compare it, throw it away"
    )
    asked = parser.parse_args(arguments)
    try:
        return _do(asked)
    except BackupFailed as failed:
        print(f"celabiedrs: {failed}", file=sys.stderr)
        return 1


def _do(asked: argparse.Namespace) -> int:
    import django

    if asked.act == "restore" and (asked.to or asked.prove):
        from config.recovery import restore_archive

        return restore_archive(asked.to, prove=asked.prove)
    if asked.act == "restore" and asked.folder is None:
        raise BackupFailed(
            'Name the backup\'s folder, or the moment of the archive: restore --to "2026-11-03 14:00".'
        )
    with database():
        django.setup()
        if asked.folder is not None:
            (backup if asked.act == "backup" else restore)(asked.folder)
        else:
            from config.archive import base_backup

            base_backup()
    return 0
