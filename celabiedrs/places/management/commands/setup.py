"""`celabiedrs setup`: the calendar and the municipalities that ship; may be run again at any time."""

from typing import Any

from django.core.management.base import BaseCommand

from celabiedrs.places.actions import load_calendar, load_municipalities


class Command(BaseCommand):
    help = "Load the calendar and the municipalities that ship. What is there already is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        made = load_calendar(), load_municipalities()
        if options["verbosity"]:
            self.stdout.write(f"calendar: {made[0]} new rows; municipalities: {made[1]} new")
