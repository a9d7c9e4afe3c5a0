"""Two processes for a run of many files; a single file runs at once, without the wait for a second database."""

import os
from pathlib import Path

import pytest


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    named = [
        argument.split("::")[0] for argument in config.invocation_params.args if not argument.startswith("-")
    ]
    if len(named) == 1 and Path(named[0]).is_file():
        return 0
    return min(2, os.cpu_count() or 1)


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """By file: what a file sets up for its tests is set up once."""
    from xdist.scheduler import LoadFileScheduling

    return LoadFileScheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests are left out, and say so, where there is no browser."""
    if Path("/usr/bin/chromium").exists():
        return
    without = pytest.mark.skip(reason="no /usr/bin/chromium")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(without)
