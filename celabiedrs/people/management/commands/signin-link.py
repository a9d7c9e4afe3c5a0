"""`celabiedrs signin-link EMAIL`: the link of a first sign-in, for an account that nobody has used and that holds no
post. Written down in the event log. In the demonstration it serves everybody."""

import logging
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from celabiedrs.lib.mail_address import one_form
from celabiedrs.people.actions.sign_in import LASTS, make_one_time_link
from celabiedrs.people.models import User
from celabiedrs.people.reading.audience import not_over
from celabiedrs.people.reading.links import address_of

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Print a link by which the person with this e-mail address signs in once within 24 hours."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email=one_form(options["email"]), is_active=True).first()
        if person is None:
            raise CommandError("Nobody who may sign in has this e-mail address.")
        if not settings.DEMONSTRATION and (person.was_used or person.posts.filter(not_over()).exists()):
            raise CommandError(
                "This account is in use or holds a post: its way in goes by letter to the person alone."
            )
        self.stdout.write(address_of(make_one_time_link(person=person)))
        log.warning("people: a sign-in link was printed on the machine")
        hours = int(LASTS.total_seconds() // 3600)
        self.stderr.write(f"It works once, for {hours} hours, and only where {settings.ADDRESS} leads.")
