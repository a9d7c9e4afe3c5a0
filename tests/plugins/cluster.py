"""One throw-away PostgreSQL cluster for a whole test run, shared by the xdist workers.

The controller starts it before any worker exists and hands its address on through the environment.
CELABIEDRS_TEST_DATABASE_URL names another server to test on.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

ADDRESS = "CELABIEDRS_TEST_DATABASE_URL"
FOLDER = "CELABIEDRS_TEST_FOLDER"


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
    cluster = Cluster(folder, durable=False)
    os.environ[ADDRESS] = cluster.start()
    os.environ[FOLDER] = str(folder)

    def clear_away() -> None:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
        del os.environ[ADDRESS], os.environ[FOLDER]

    config.add_cleanup(clear_away)


def _point_settings_to(address: str | None, folder: str | None) -> None:
    """In place: pytest-django has read the settings before any conftest is loaded."""
    from django.conf import settings

    from config.database import database_settings

    if address:
        settings.DATABASES["default"].update(database_settings(address))
    if folder:
        settings.DATA = Path(folder) / (os.environ.get("PYTEST_XDIST_WORKER") or "main")
        settings.DATA.mkdir(exist_ok=True)
