import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """The harness and the floors lie in bench/ beside the package: they come with the source, not with the program."""

    help = "Measure the speed against its floors, on a throw-away database (docs/bench.md)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rows", type=int, default=100_000, help="meetings in the database")
        parser.add_argument("--clients", type=int, default=8, help="writers at once in S1")
        parser.add_argument("--rounds", type=int, default=5, help="floor and ours in turn, so often")
        parser.add_argument("--only", default="", help="S1,S2,S4,S10")
        parser.add_argument("--json", default="", metavar="FILE", help="the figures for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.ROOT / "bench" / "__main__.py").exists():
            raise CommandError("The bench comes with the source: run it there, with `make bench`.")
        chosen = [f"--{name}={options[name]}" for name in ("rows", "clients", "rounds", "only")]
        if options["json"]:
            from pathlib import Path

            chosen.append(f"--json={Path(options['json']).absolute()}")
        done = subprocess.run([sys.executable, "-m", "bench", *chosen], cwd=settings.ROOT, check=False)
        if done.returncode != 0:
            raise SystemExit(done.returncode)
