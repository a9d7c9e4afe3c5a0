"""A backup of one installation comes back whole in another; a damaged one, or a full house, changes nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def celabiedrs(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("CELABIEDRS_", "DATABASE_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "config.commands", *arguments],
        env=kept | {"CELABIEDRS_DATA": str(data), "CELABIEDRS_MODE": "demonstration"},
        capture_output=True,
        text=True,
        timeout=400,
    )


def semesters(data: Path) -> str:
    counted = celabiedrs(
        data,
        "manage",
        "shell",
        "-c",
        "from celabiedrs.places.models import Semester as S; print(S.objects.count())",
    )
    return counted.stdout.strip().splitlines()[-1]


def test_what_was_kept_comes_back_elsewhere(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    first, second, kept = tmp_path / "first", tmp_path / "second", tmp_path / "kept"
    for folder in (first, second):
        folder.mkdir(mode=0o711)
    assert celabiedrs(first, "migrate").returncode == 0
    assert celabiedrs(first, "setup").returncode == 0
    (first / "files").mkdir(exist_ok=True)  # `migrate` has put its mark there
    (first / "files" / "paper").write_bytes(b"%PDF- made up")
    assert celabiedrs(first, "backup", str(kept)).returncode == 0
    assert celabiedrs(second, "restore", str(kept)).returncode == 0
    assert semesters(second) == semesters(first) != "0"
    assert (second / "files" / "paper").read_bytes() == b"%PDF- made up"
    again = celabiedrs(second, "restore", str(kept))
    assert again.returncode == 1 and "not empty" in again.stderr
    (kept / "files" / "paper").write_bytes(b"other")
    third = tmp_path / "third"
    third.mkdir(mode=0o711)
    damaged = celabiedrs(third, "restore", str(kept))
    assert damaged.returncode == 1 and "damaged" in damaged.stderr


def test_a_backup_of_damaged_papers_ends_with_an_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    data = tmp_path / "data"
    data.mkdir(mode=0o711)
    assert celabiedrs(data, "migrate").returncode == 0
    stored = (
        "from celabiedrs.lib.files.storage import store_bytes as s, files_root as f; "
        "print(f() / [s(b'%PDF- ' + n, kind='request', media_type='application/pdf', name='a.pdf') "
        "for n in (b'1', b'2')][0].path)"
    )
    path = Path(celabiedrs(data, "manage", "shell", "-c", stored).stdout.strip().splitlines()[-1])
    whole = celabiedrs(data, "backup", str(tmp_path / "whole"))
    assert whole.returncode == 0, whole.stderr
    path.write_bytes(b"%PDF- 3")
    altered = celabiedrs(data, "backup", str(tmp_path / "altered"))
    assert (altered.returncode, "1 of 2 stored papers" in altered.stderr) == (1, True)
    path.unlink()
    missing = celabiedrs(data, "backup", str(tmp_path / "missing"))
    assert (missing.returncode, "1 of 2 stored papers" in missing.stderr) == (1, True)
    verified = celabiedrs(data, "verify")
    assert (verified.returncode, "missing: " in verified.stdout) == (1, True)
