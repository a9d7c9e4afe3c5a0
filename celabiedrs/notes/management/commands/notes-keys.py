"""`celabiedrs notes-keys`: the keys of private notes are changed without anybody's reading one (CNF-1)."""

from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from celabiedrs.notes.actions import reseal_notes

LOST = (
    "A note was sealed with a key that is no longer in CELABIEDRS_NOTES_KEYS. Put the old key back behind the new one "
    "and run this again; what has been done stays done."
)


class Command(BaseCommand):
    help = "Seal all private notes anew with the first key of CELABIEDRS_NOTES_KEYS; older keys may go afterwards."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            reseal_notes(lambda share: self.stdout.write(f"{share:.0%}"))
        except InvalidToken:
            raise CommandError(LOST) from None
        if len(settings.NOTES_KEYS) > 1:
            self.stdout.write(
                "Done: everything opens with the first key. The older ones can be taken out now."
            )
        else:
            self.stdout.write("Done. There is one key, and everything opens with it.")
