"""The archive from which any second comes back (R7): base backups, the stream of changes after them, and the files.

PostgreSQL's own programs do it, for a server of one's own and for the embedded one alike: pg_receivewal streams every
change (`celabiedrs wal`), pg_basebackup and pg_verifybackup make and check a base (`celabiedrs backup`). Stored files
never change, so each lies here once. A base is whole once its signed list stands in it.

    ARCHIVE/wal/                 segments of the stream; the last one ends in .partial
    ARCHIVE/files/ab/cdef…       stored files
    ARCHIVE/bases/2026-11-03T02-00-00Z/{cluster, list.json, list.sig}
"""

import contextlib
import hashlib
import hmac
import json
import os
import shutil
import signal
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from config.backup import BackupFailed, known_files, sums, tell_damaged, tool
from config.database import database

BASES, WAL, FILES, CLUSTER = "bases", "wal", "files", "cluster"
LIST, SIGNATURE = "list.json", "list.sig"
NAMED = "%Y-%m-%dT%H-%M-%SZ"
SLOT = "celabiedrs"
KEPT_AT_LEAST = 2
FILES_EVERY = 5.0
"""Seconds between two looks for new files."""


def archive_folder() -> Path:
    """CELABIEDRS_ARCHIVE. Raises BackupFailed where it is not set."""
    named = os.environ.get("CELABIEDRS_ARCHIVE", "")
    if not named:
        raise BackupFailed(
            "Name the folder of the archive in CELABIEDRS_ARCHIVE, best on another disk; or a new folder for a single "
            "copy: celabiedrs backup FOLDER."
        )
    return Path(named).absolute()


def replication_url() -> str:
    """Who may stream: CELABIEDRS_REPLICATION_URL, else the embedded server's own superuser, else DATABASE_URL."""
    from celabiedrs.lib.postgres import superuser_url
    from config.folder import data_folder

    named = os.environ.get("CELABIEDRS_REPLICATION_URL")
    return named or superuser_url(data_folder().path) or os.environ["DATABASE_URL"]


def main(arguments: list[str]) -> int:
    """`celabiedrs wal`: receive every change as it is written, and every new file, until told to stop."""
    import argparse
    import sys

    import django

    argparse.ArgumentParser(prog="celabiedrs wal", description=main.__doc__).parse_args(arguments)
    try:
        with database():
            django.setup()
            return stream()
    except BackupFailed as failed:
        print(f"celabiedrs: {failed}", file=sys.stderr)
        return 1


def stream() -> int:
    """PostgreSQL's receiver, with a slot on the server so that nothing is left out; new files every few seconds."""
    from celabiedrs.lib.supervisor import end_with_parent

    archive = archive_folder()
    (archive / WAL).mkdir(mode=0o700, parents=True, exist_ok=True)
    program, environment = tool("pg_receivewal"), _environment()
    common = [program, f"--slot={SLOT}", "--no-password"]
    made = subprocess.run(
        [*common, "--create-slot", "--if-not-exists"], env=environment, capture_output=True, text=True
    )
    if made.returncode:
        raise BackupFailed(
            f"{made.stderr.strip()} The role needs REPLICATION, and pg_hba.conf a line for it (docs/operate.md)."
        )
    end_with_parent()
    receiver = subprocess.Popen([*common, f"--directory={archive / WAL}", "--synchronous"], env=environment)
    signal.signal(signal.SIGTERM, lambda *_: receiver.terminate())
    newest = 0
    while receiver.poll() is None:
        newest = _copy_new(archive / FILES, newest)
        with contextlib.suppress(subprocess.TimeoutExpired):
            receiver.wait(FILES_EVERY)
    return 0 if receiver.returncode in {0, -signal.SIGTERM} else 1


def _copy_new(target: Path, newest: int) -> int:
    """Files of rows after this one; gives the last row. A database that is away is asked again the next time."""
    from django.db import DatabaseError, connection

    from celabiedrs.lib.files.models import StoredFile

    try:
        rows = list(
            StoredFile.objects.filter(pk__gt=newest).order_by("pk").values_list("pk", "path", "sha256")
        )
        _copy_files(target, {path: sha256 for _, path, sha256 in rows})
        return rows[-1][0] if rows else newest
    except DatabaseError:
        return newest
    finally:
        connection.close()


def base_backup() -> Path:
    """A base of the database, verified; the files that are new; a signed list; then what is old goes."""
    archive = archive_folder()
    making = archive / BASES / "making"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700, parents=True)
    cluster = making / CLUSTER
    _run("pg_basebackup", f"--pgdata={cluster}", "--wal-method=stream", "--checkpoint=fast", "--no-password")
    _run("pg_verifybackup", "--no-parse-wal", "--quiet", str(cluster))
    moment = datetime.now(UTC)
    known = known_files()
    damaged = _copy_files(archive / FILES, known)
    listed = json.dumps({"files": known, "cluster": signed_part(cluster)}, indent=1) + "\n"
    (making / LIST).write_text(listed, "utf-8")
    (making / SIGNATURE).write_text(_signature(listed), "ascii")
    target = making.with_name(moment.strftime(NAMED))
    making.rename(target)
    forget_old(archive, moment)
    print(f"backup: {target}, {len(known)} stored papers")
    tell_damaged(damaged, len(known))
    return target


def signed_part(cluster: Path) -> dict[str, str]:
    """The manifest, which has the checksum of every file of the base, and the stream that the manifest leaves out."""
    wal = {f"pg_wal/{name}": checksum for name, checksum in sums(cluster / "pg_wal")}
    return {"backup_manifest": checksum(cluster / "backup_manifest"), **wal}


def forget_old(archive: Path, now: datetime) -> None:
    """Keep bases for CELABIEDRS_ARCHIVE_DAYS (35), two at least; then go stream and files that none of them needs."""
    days = int(os.environ.get("CELABIEDRS_ARCHIVE_DAYS", "35"))
    bases = whole_bases(archive)
    for base in bases[:-KEPT_AT_LEAST]:
        if made_at(base) < now - timedelta(days=days):
            shutil.rmtree(base)
    kept = whole_bases(archive)
    first = first_segment(kept[0])
    for segment in (archive / WAL).glob("[0-9A-F]*"):
        if segment.name[8:24] < first[8:24]:
            segment.unlink()
    needed = {path for base in kept for path in json.loads((base / LIST).read_text("utf-8"))["files"]}
    for path in (archive / FILES).glob("*/*"):
        if f"{path.parent.name}/{path.name}" not in needed:
            path.unlink()


def whole_bases(archive: Path) -> list[Path]:
    """Oldest first."""
    return sorted(path.parent for path in (archive / BASES).glob(f"2*/{SIGNATURE}"))


def made_at(base: Path) -> datetime:
    return datetime.strptime(base.name, NAMED).replace(tzinfo=UTC)


def signed_list(base: Path) -> dict[str, dict[str, str]]:
    """What the base and its files must be. Raises BackupFailed where list or signature was changed."""
    text = (base / LIST).read_text("utf-8")
    if not hmac.compare_digest(_signature(text), (base / SIGNATURE).read_text("ascii")):
        raise BackupFailed(
            f"The list of {base} does not bear our signature: it was changed, or CELABIEDRS_SECRET_KEY is not the one "
            "of that installation. Nothing was restored."
        )
    listed: dict[str, dict[str, str]] = json.loads(text)
    return listed


def _signature(text: str) -> str:
    from django.conf import settings

    key = hashlib.sha256(f"backup:{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, text.encode(), "sha256").hexdigest()


def _copy_files(target: Path, known: dict[str, str]) -> list[str]:
    """Those that are not here yet, compared with their rows; gives the paths that are missing or altered."""
    from celabiedrs.lib.files.storage import files_root

    damaged = []
    for path, expected in known.items():
        copy, source = target / path, files_root() / path
        if copy.exists() and checksum(copy) == expected:
            if not source.exists() or source.stat().st_size != copy.stat().st_size:
                damaged.append(path)
            continue
        if not source.exists() or checksum(source) != expected:
            damaged.append(path)
            continue
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = copy.with_suffix(".part")
        shutil.copy2(source, unfinished)
        unfinished.rename(copy)
    return damaged


def checksum(path: Path) -> str:
    """Of one file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def first_segment(base: Path) -> str:
    """The first segment of the stream that a recovery from this base reads."""
    label = (base / CLUSTER / "backup_label").read_text("utf-8")
    return label.split("(file ", 1)[1].split(")", 1)[0]


def _environment() -> dict[str, str]:
    """Where to stream from; the password goes by the environment only."""
    parts = conninfo_to_dict(replication_url())
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    told = {names[key]: str(value) for key, value in parts.items() if key in names and value}
    return {**os.environ, **told}


def _run(name: str, *arguments: str) -> None:
    done = subprocess.run([tool(name), *arguments], env=_environment(), capture_output=True, text=True)
    if done.returncode:
        raise BackupFailed(done.stderr.strip() or f"{name} failed.")
