"""Back to any second, on this machine or another: the base before it, the stream up to it, the files of then (R7)."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg

from celabiedrs.lib.postgres import Cluster, adopt_cluster
from config.archive import (
    CLUSTER,
    FILES,
    WAL,
    archive_folder,
    checksum,
    first_segment,
    made_at,
    signed_list,
    signed_part,
    whole_bases,
)
from config.backup import BackupFailed, tool
from config.database import database
from config.folder import data_folder, make_folder

RIGA = ZoneInfo("Europe/Riga")


def read_moment(text: str) -> datetime:
    """A moment as people write it, in Riga's time where no other is named."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BackupFailed(f'{text} is no moment; write it so: --to "2026-11-03 14:00:00"') from None
    return moment if moment.tzinfo else moment.replace(tzinfo=RIGA)


def restore_to(moment: datetime | None, data: Path) -> dict[str, int]:
    """Make the embedded database and the files of a new data folder as they were at that moment (None: the latest).

    Everything is checked before anything is written there. Gives how many papers came back and how many are damaged.
    """
    archive = archive_folder()
    base = _base_before(archive, moment)
    listed = signed_list(base)
    _check_base(base, listed["cluster"])
    if (data / "files").is_dir() and any((data / "files").iterdir()):
        raise BackupFailed(
            f"{data / 'files'} is not empty; restore into a new data folder (CELABIEDRS_DATA)."
        )
    with _readable_stream(archive / WAL, first_segment(base)) as stream:
        adopt_cluster(data, base / CLUSTER, recovery=_recovery(stream, moment))
    cluster = Cluster(data)
    try:
        with psycopg.connect(cluster.start()) as connection:
            return _bring_files(connection, archive / FILES, data / "files")
    finally:
        cluster.stop()


def _base_before(archive: Path, moment: datetime | None) -> Path:
    bases = [base for base in whole_bases(archive) if moment is None or made_at(base) <= moment]
    if not bases:
        raise BackupFailed(f"{archive} holds no whole base backup from before that moment.")
    return bases[-1]


def _check_base(base: Path, listed: dict[str, str]) -> None:
    if signed_part(base / CLUSTER) != listed:
        raise BackupFailed(
            f"{base} is damaged: manifest or stream differ from its list. Nothing was restored."
        )
    done = subprocess.run(
        [tool("pg_verifybackup"), "--no-parse-wal", "--quiet", str(base / CLUSTER)],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BackupFailed(f"{base} is damaged: {done.stderr.strip()}")


@contextmanager
def _readable_stream(wal: Path, first: str) -> Iterator[Path]:
    """A copy of the stream that the server's account may read; the segment that was being written counts as well."""
    with tempfile.TemporaryDirectory(prefix="celabiedrs-wal-") as folder:
        copy = Path(folder)
        copy.chmod(0o755)
        for segment in sorted(wal.iterdir()) if wal.is_dir() else ():
            if len(segment.name) >= 24 and segment.name[8:24] < first[8:24]:
                continue
            target = copy / segment.name.removesuffix(".partial")
            shutil.copyfile(segment, target)
            target.chmod(0o644)
        yield copy


def _recovery(stream: Path, moment: datetime | None) -> dict[str, str]:
    settings = {"restore_command": f'cp "{stream}/%f" "%p"', "recovery_target_timeline": "latest"}
    if moment is not None:
        settings["recovery_target_time"] = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f+00")
        settings["recovery_target_action"] = "promote"
    return settings


def _bring_files(
    connection: "psycopg.Connection[tuple[str, str]]", kept: Path, target: Path
) -> dict[str, int]:
    """Each file that a row of that moment names, compared with the row's checksum."""
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    rows = connection.execute("SELECT path, sha256 FROM files_storedfile").fetchall()
    damaged = []
    for path, expected in rows:
        source = kept / path
        if source.exists():
            (target / path).parent.mkdir(mode=0o700, exist_ok=True)
            shutil.copy2(source, target / path)
        if not (target / path).exists() or checksum(target / path) != expected:
            damaged.append(path)
    mark = connection.execute("SELECT token FROM files_storemark").fetchone()
    if mark:
        (target / ".database").write_text(mark[0] + "\n", "ascii")
    if damaged:
        (target.parent / "damaged.json").write_text(json.dumps(damaged, indent=1) + "\n", "utf-8")
    return {"papers": len(rows), "damaged": len(damaged)}


def proved() -> dict[str, int]:
    """`celabiedrs restore --prove`: the latest of the archive in a folder of its own, compared, and thrown away."""
    with tempfile.TemporaryDirectory(prefix="celabiedrs-drill-", dir=os.environ.get("TMPDIR")) as folder:
        data = Path(folder)
        data.chmod(0o711)
        found = restore_to(None, data)
    if found["damaged"]:
        raise BackupFailed(
            f"{found['damaged']} of {found['papers']} papers of the archive are missing or altered."
        )
    return found


def restore_archive(to: str | None, *, prove: bool) -> int:
    """`restore --to MOMENT` into a new data folder, or `restore --prove` beside the running service."""
    import django

    django.setup()
    if prove:
        with database():
            from celabiedrs.lib.watch.milestones import RESTORE, reach

            found = proved()
            reach(RESTORE, detail=f"{found['papers']}")
        print(f"restore: the latest of the archive opens, {found['papers']} papers, every checksum equal")
        return 0
    folder = data_folder().path
    make_folder(folder)
    found = restore_to(None if to == "latest" else read_moment(to or ""), folder)
    print(
        f"restored: {found['papers']} papers, {found['damaged']} of them missing or altered. Put the keys in place "
        "(secrets, or CELABIEDRS_NOTES_KEYS), then: celabiedrs migrate"
    )
    return 1 if found["damaged"] else 0
