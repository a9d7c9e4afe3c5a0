"""`celabiedrs keys`: everything sealed is sealed again with the first key, and nobody has read any of it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from celabiedrs.lib.sealing.fields import SealedColumn
from celabiedrs.lib.sealing.marks import forget_missing
from celabiedrs.lib.sealing.rotation import Proof, rotate

CLOSED = (
    "Some of it opens with no key of CELABIEDRS_NOTES_KEYS. Put the key it was sealed with back behind the new one and "
    "run this again; take no key out. What has been done stays done."
)
OLDER = (
    "Some of it was sealed with an older key while this ran: a process still runs with other keys. Restart web and "
    "worker and run this again; take no key out yet."
)


class Command(BaseCommand):
    help = (
        "Seal every sealed column with the first key of CELABIEDRS_NOTES_KEYS and prove that nothing is left."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--forget-missing",
            action="store_true",
            help="let the service start without a key that is lost for good; what was sealed with it stays closed",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["forget_missing"]:
            lost = ", ".join(forget_missing())
            self.stdout.write(f"Forgotten: {lost}." if lost else "No key is missing; nothing was changed.")
            return
        proofs = rotate(self._progress)
        for proof in proofs:
            self.stdout.write(_told(proof))
        if any(proof.closed for proof in proofs):
            raise CommandError(CLOSED)
        if any(proof.older for proof in proofs):
            raise CommandError(OLDER)
        self.stdout.write(
            "Done: everything opens with the first key. The older ones can be taken out now."
            if len(settings.NOTES_KEYS) > 1
            else "Done. There is one key, and everything opens with it."
        )

    def _progress(self, column: SealedColumn, share: float) -> None:
        self.stdout.write(f"{column}: {share:.0%}")


def _told(proof: Proof) -> str:
    """Counts, except where a count would itself tell something (CNF-1): there in words."""
    if not proof.column.field.counted:
        state = "all open with the first key" if proof.whole else "NOT all open with the first key"
        return f"{proof.column}: {state}"
    return (
        f"{proof.column}: {proof.sealed} sealed, {proof.sealed - proof.older - proof.closed} open with the first key, "
        f"{proof.older} only with an older key, {proof.closed} with none"
    )
