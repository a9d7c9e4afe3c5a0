"""`celabiedrs audit verify`: whether the event log is as it was written."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from celabiedrs.lib.audit.chain import Head, extend, verify


class Command(BaseCommand):
    help = "Chain the event log, or verify the whole chain (exit code 1 where something was changed)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["verify", "chain"])
        parser.add_argument("--head", default="", help="NUMBER:DIGEST from a letter that was sent earlier")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "chain":
            self.stdout.write(f"{extend()} links added")
            return
        try:
            known = Head.read(options["head"]) if options["head"] else None
        except ValueError as error:
            raise CommandError("A head is written NUMBER:DIGEST, as in the daily letter.") from error
        verdict = verify(known, progress=self._progress)
        self.stdout.write(
            f"{verdict.events} events in {verdict.links} links, {verdict.unchained} not chained yet; "
            f"head {verdict.head}"
        )
        for trouble in verdict.troubles:
            self.stdout.write(self.style.ERROR(trouble))
        if verdict.troubles:
            raise SystemExit(1)
        self.stdout.write("The event log is as it was written.")

    def _progress(self, done: int, of: int) -> None:
        if of >= 20 and done % max(1, of // 10) == 0:
            self.stderr.write(f"  {done} of {of} links")
