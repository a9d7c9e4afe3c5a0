"""One throw-away PostgreSQL cluster for a whole test run, shared by the xdist workers.

The controller starts it before any worker exists and hands its address on through the environment.
CELABIEDRS_TEST_DATABASE_URL names another server to test on.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

ADDRESS = "CELABIEDRS_TEST_DATABASE_URL"
FOLDER = "CELABIEDRS_TEST_FOLDER"
TEMPLATE = "celabiedrs_template"
"""A migrated, empty database; it is there in a cluster that we made, not on a server that was named to us."""


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        from config.catalogs import compile_catalogs

        compile_catalogs()
    if os.environ.get(ADDRESS) is None and not config.option.collectonly:
        _start_cluster(config)
    _point_settings_to(os.environ.get(ADDRESS), os.environ.get(FOLDER))


def _start_cluster(config: pytest.Config) -> None:
    from celabiedrs.lib.postgres import Cluster

    folder = Path(tempfile.mkdtemp(prefix="celabiedrs-tests-"))
    folder.chmod(0o711)
    kept = config.rootpath / ".pytest_cache" / f"cluster-{_version_of_the_tables(config.rootpath)}"
    if not kept.is_dir():
        _make_template(folder, kept)
    else:
        _copy(kept, folder)
    cluster = Cluster(folder, durable=False)
    os.environ[ADDRESS] = cluster.start()
    os.environ[FOLDER] = str(folder)

    def clear_away() -> None:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
        del os.environ[ADDRESS], os.environ[FOLDER]

    config.add_cleanup(clear_away)


def _version_of_the_tables(root: Path) -> str:
    """A cluster with these tables can be used again as long as nothing that makes them has changed."""
    made_by = [
        root / "requirements.txt",
        Path(__file__),
        *sorted((root / "celabiedrs").rglob("migrations/*.py")),
    ]
    text = b"".join(path.relative_to(root).as_posix().encode() + path.read_bytes() for path in made_by)
    return hashlib.sha256(text).hexdigest()[:16]


def _make_template(folder: Path, kept: Path) -> None:
    """Migrate once, into a database from which each worker's is copied; then keep the stopped cluster."""
    from celabiedrs.lib.postgres import Cluster

    cluster = Cluster(folder, durable=False)
    address = cluster.start()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "config.commands", "manage", "migrate", "-v0", "--no-input"],
        env=os.environ | {"DATABASE_URL": make_conninfo(address, dbname=TEMPLATE)},
        check=True,
    )
    cluster.stop()
    kept.parent.mkdir(exist_ok=True)
    for old in kept.parent.glob("cluster-*"):
        shutil.rmtree(old, ignore_errors=True)
    making = Path(tempfile.mkdtemp(prefix="making-", dir=kept.parent))
    _copy(folder, making)
    with contextlib.suppress(OSError):  # another run was quicker
        making.rename(kept)


def _copy(source: Path, target: Path) -> None:
    """With owners and modes: the server does not run as root."""
    subprocess.run(["cp", "-a", f"{source}/.", str(target)], check=True)


def _point_settings_to(address: str | None, folder: str | None) -> None:
    """In place: pytest-django has read the settings before any conftest is loaded."""
    from django.conf import settings

    from config.database import database_settings

    if address:
        settings.DATABASES["default"].update(database_settings(address))
        if folder:
            settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = TEMPLATE
    if folder:
        settings.DATA = Path(folder) / (os.environ.get("PYTEST_XDIST_WORKER") or "main")
        settings.DATA.mkdir(exist_ok=True)
