"""`celabiedrs demo`: make the demonstration programme, and say how to sign in as its made-up people."""

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from rehearsal.demo import sign_in
from rehearsal.demo.story import NotEmpty, build, is_there

WIDTH = 30


class Bar:
    """How far the building has come: a line that moves on a terminal, a few lines elsewhere. On stderr, as the
    table on stdout is kept until the pages answer."""

    def __init__(self) -> None:
        self.moving = sys.stderr.isatty()
        self.said = -1
        self.began = time.monotonic()

    def __call__(self, share: float) -> None:
        step = int(share * (WIDTH if self.moving else 4))
        if step == self.said:
            return
        self.said = step
        if self.moving:
            print(
                f"\r  {'█' * step}{'░' * (WIDTH - step)} {share:4.0%} ", end="", file=sys.stderr, flush=True
            )
        else:
            print(f"  {share:.0%}", file=sys.stderr, flush=True)

    def done(self) -> None:
        took = time.monotonic() - self.began
        print(f"{chr(13) if self.moving else ''}  done in {took:.0f} s{' ' * WIDTH}", file=sys.stderr)


class Command(BaseCommand):
    help = "Make the demonstration programme of made-up people, once, and print one-time links to sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--links", action="store_true", help="only print fresh links")
        parser.add_argument("--all", action="store_true", help="print a link for everybody")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Made-up people do not belong into a service; this is for demonstrations.")
        if options["links"] and not is_there():
            raise CommandError("There is no demonstration programme here; make it with: celabiedrs demo")
        if not options["links"]:
            self._build()
        self.stdout.write(sign_in.table(everybody=options["all"]))

    def _build(self) -> None:
        if is_there():
            print("The demonstration programme is there already.", file=sys.stderr)
            return
        print("Making the demonstration programme (once) …", file=sys.stderr, flush=True)
        bar = Bar()
        try:
            build(bar)
        except NotEmpty:
            raise CommandError(
                "This programme has people of its own; the made-up ones need an empty database."
            ) from None
        bar.done()
