"""`celabiedrs worker`: background jobs, as many processes and machines as one likes over one PostgreSQL."""

import argparse
import os

from config.match import refused_match
from config.production import refused


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="celabiedrs worker", description=__doc__)
    parser.add_argument("--concurrency", type=int, default=2, help="jobs at once")
    options = parser.parse_args(arguments)
    os.environ.setdefault("CELABIEDRS_MODE", "production")

    if refused() or refused_match():
        return 1
    from celabiedrs.lib.supervisor import end_with_parent

    end_with_parent()
    import django

    django.setup()
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as own:  # type: ignore[attr-defined]
        own.run_worker(concurrency=options.concurrency, shutdown_graceful_timeout=15)
    return 0
