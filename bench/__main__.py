"""`celabiedrs bench`: floors and ours in turn on a throw-away durable database; ratios of one run."""

import argparse
import json
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figures import Figure
from bench.machine import machine
from bench.servers import Server, floor, ground, ours

if TYPE_CHECKING:
    from bench import jobs

JOBS = ("S1", "S2", "S4", "S10")


def main() -> int:
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and database are stopped
    wanted = [name.strip().upper() for name in options.only.split(",")] if options.only else list(JOBS)
    unknown = set(wanted) - set(JOBS)
    if unknown:
        print(f"bench: {', '.join(sorted(unknown))} is not among {', '.join(JOBS)}", file=sys.stderr)
        return 2
    here = machine()
    print(
        f"{here['cores']} cores, {here['memory_gib']} GiB, {here['processor']}; {here['system']}, "
        f"Python {here['python']}. The clients share these cores with the servers.",
        flush=True,
    )
    began = time.monotonic()

    def say(text: str) -> None:
        print(f"  {time.monotonic() - began:5.0f} s  {text}", file=sys.stderr, flush=True)

    figures = _measure(options, wanted, say)
    print()
    for figure in figures:
        print(figure.told(), end="\n\n")
    print(f"{time.monotonic() - began:.0f} s in all. Ratios only compare inside one run; see docs/bench.md.")
    if options.json:
        found = {figure.id: figure.as_json() | {"machine": here} for figure in figures}
        Path(options.json).write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="celabiedrs bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="meetings in the database (default 100000)")
    parser.add_argument("--clients", type=int, default=8, help="writers at once in S1")
    parser.add_argument("--rounds", type=int, default=5, help="floor and ours in turn, so often")
    parser.add_argument("--seconds", type=float, default=3.0, help="length of one round of load")
    parser.add_argument("--only", default="", help="S1,S2,S4,S10")
    parser.add_argument("--json", default="", metavar="FILE", help="the figures for machines")
    return parser.parse_args()


def _measure(options: argparse.Namespace, wanted: list[str], say: Callable[[str], None]) -> list[Figure]:
    with ground() as database:
        say("a database of its own, fsync on")
        from config.prepare import main as prepare

        prepare([])
        from django.db import connection

        from bench import jobs
        from bench.filling import fill
        from bench.floor_tables import FILL, TABLES

        filled = fill(options.rows)
        with connection.cursor() as cursor:
            cursor.execute(TABLES)
            for statement in FILL.split(";\n"):
                if statement.strip():
                    cursor.execute(statement, {"rows": filled.rows, "pairs": filled.pairs})
            cursor.execute("VACUUM ANALYZE")
        say(f"filled with {filled.rows:,} meetings")
        bench = jobs.Bench(filled, database, options.rounds, options.clients, say, options.seconds)
        return _jobs(bench, wanted)


def _jobs(bench: "jobs.Bench", wanted: list[str]) -> list[Figure]:
    from bench import jobs

    figures: list[Figure] = []
    running: list[Server] = []
    try:
        if {"S1", "S2", "S10"} & set(wanted):
            running.append(ours().start())
            running.append(floor().start())
            bench.say("both servers are up")
        if "S1" in wanted:
            figures.append(jobs.s1(bench, *running))
        if "S2" in wanted:
            figures.append(jobs.s2(bench, *running))
        if "S10" in wanted:
            figures.append(jobs.s10(bench, *running))
    finally:
        for server in running:
            server.stop()
    if "S4" in wanted:
        figures.append(jobs.s4(bench))
    return sorted(figures, key=lambda figure: JOBS.index(figure.id))


if __name__ == "__main__":
    sys.exit(main())
