"""`celabiedrs verify`: whether every stored file is there and as it was stored."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from celabiedrs.lib.files.marks import check_store, tie_store
from celabiedrs.lib.files.sweeping import SweepStopped, sweep_orphans
from celabiedrs.lib.files.verification import verify


class Command(BaseCommand):
    help = "Compare every stored file with its checksum (exit code 1 where one is missing or altered)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--tie", action="store_true", help="this folder of files and this database belong together"
        )
        parser.add_argument(
            "--sweep",
            action="store_true",
            help="put every file without a row into quarantine, however many; they stay there for 30 days",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["tie"]:
            tie_store()
        elif told := check_store():
            raise CommandError(told)
        verdict = verify(progress=self._progress)
        for public_id, kind, found in verdict.damaged:
            self.stdout.write(f"{found}: {public_id} ({kind})")
        self.stdout.write(
            f"{verdict.compared} files compared, {len(verdict.damaged)} damaged, "
            f"{verdict.brought_back} brought back from the quarantine"
        )
        if options["sweep"]:
            try:
                self.stdout.write(f"{sweep_orphans(many=True)} files without a row put into quarantine")
            except SweepStopped as stopped:
                raise CommandError(str(stopped)) from None
        if verdict.damaged:
            raise CommandError("Bring the damaged files back from a backup, each under the path of its row.")

    def _progress(self, compared: int) -> None:
        if compared % 5000 == 0:
            self.stderr.write(f"  {compared}")
