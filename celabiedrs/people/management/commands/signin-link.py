"""`celabiedrs signin-link EMAIL`: a link by which a person signs in once, for the first time above all."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from celabiedrs.people.actions.sign_in import LASTS, make_one_time_link
from celabiedrs.people.models import User
from celabiedrs.people.reading.links import address_of


class Command(BaseCommand):
    help = "Print a link by which the person with this e-mail address signs in once within 24 hours."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email=options["email"], is_active=True).first()
        if person is None:
            raise CommandError("Nobody who may sign in has this e-mail address.")
        self.stdout.write(address_of(make_one_time_link(person=person)))
        hours = int(LASTS.total_seconds() // 3600)
        self.stderr.write(f"It works once, for {hours} hours, and only where {settings.ADDRESS} leads.")
