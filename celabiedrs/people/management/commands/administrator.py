"""`celabiedrs administrator NAME EMAIL`: the first administrator, and a way back in when all are lost.

Only somebody with a shell on the machine can do this. It stands in the event log, and every administrator is told.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from celabiedrs.lib.acts import Refused
from celabiedrs.people.actions.administrators import make_administrator
from celabiedrs.people.actions.sign_in import LASTS, make_one_time_link
from celabiedrs.people.reading.links import address_of


class Command(BaseCommand):
    help = "Make somebody a programme administrator; for a new account print the link of the first sign-in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = make_administrator(name=options["name"], email=options["email"]).thing
        except Refused as no:
            raise CommandError(" ".join(finding.said() for finding in no.findings)) from None
        if person.was_used:
            self.stderr.write(
                "The account is in use: its owner signs in as before and finds the programme's pages."
            )
            return
        self.stdout.write(address_of(make_one_time_link(person=person)))
        hours = int(LASTS.total_seconds() // 3600)
        self.stderr.write(
            f"The link works once, for {hours} hours. Make a second administrator, too: posts that read reports, "
            "pay or audit are given by two."
        )
