"""`celabiedrs season DIR --report OUT.json`: replay a season of spreadsheets through the acts."""

import sys
from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from celabiedrs.places.actions import load_municipalities
from rehearsal.season.files import SeasonRefused, read_season
from rehearsal.season.replay import Replay, refuse_if_there
from rehearsal.season.report import Report
from rehearsal.stories.database import prepare, throw_away_database


class Command(BaseCommand):
    help = "Replay a season of spreadsheets. Exit code 2 where a file cannot be taken in; then nothing is stored."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="where the seven files lie")
        parser.add_argument(
            "--report", type=Path, required=True, metavar="OUT.json", help="where the report goes"
        )
        parser.add_argument(
            "--throwaway", action="store_true", help="in a database of its own that is deleted after"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path = options["report"]
        if not out.absolute().parent.is_dir():
            self._end(f"{out}: the folder of the report does not exist. Make it, or name another place.")
        with throw_away_database() if options["throwaway"] else nullcontext(), translation.override("en"):
            prepare()
            load_municipalities()
            try:
                season = read_season(options["folder"])
                refuse_if_there(season)
                report = Replay(season, tell_progress).run()
            except SeasonRefused as refused:
                self._end(str(refused))
        report.write(out)
        self._say(report, out)

    def _say(self, report: Report, out: Path) -> None:
        for employer, month, clauses in report.unpaid:
            self.stderr.write(f"pay of {employer} for {month}: refused by {', '.join(clauses)}")
        self.stdout.write(
            f"accepted: {report.plans} plans, {report.meetings} meetings; refused: {len(report.refused)} rows; "
            f"{len(report.pay)} pay runs. The report is in {out}."
        )

    def _end(self, word: str) -> None:
        self.stderr.write(word)
        raise SystemExit(2)


def tell_progress(part: str, done: int, total: int) -> None:
    """One line a part: rewritten in place on a terminal, elsewhere written once for each thousand rows."""
    if sys.stderr.isatty():
        print(
            f"\r{part:<12} {done} of {total}", end="\n" if done == total else "", file=sys.stderr, flush=True
        )
    elif done == total or done % 1000 == 0:
        print(f"{part}: {done} of {total}", file=sys.stderr, flush=True)
