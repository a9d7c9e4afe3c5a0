"""`celabiedrs web`: the web server alone; any number of them may serve one PostgreSQL."""

import argparse
import os

from config.keys import refused_keys
from config.production import refused

THREADS = 4
"""Requests that one worker process serves at once, each with a database connection of its own."""


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    os.environ.setdefault("CELABIEDRS_MODE", "production")
    os.environ.setdefault("CELABIEDRS_POOL", str(THREADS + 1))
    if refused() or refused_keys():
        return 1
    from granian import Granian
    from granian.constants import Interfaces

    from celabiedrs.lib.supervisor import end_with_parent

    end_with_parent()
    os.environ["CELABIEDRS_PARENT"] = str(os.getpid())
    Granian(
        "config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=THREADS,
        backlog=1024,
        websockets=False,
        log_access=False,
        log_level="warning",  # type: ignore[arg-type]
        respawn_failed_workers=True,
        workers_kill_timeout=15,
    ).serve()
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="celabiedrs web", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="processes")
    return parser.parse_args(arguments)
