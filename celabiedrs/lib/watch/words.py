"""What each alarm says, and what to do."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "files_damaged": _(
        "Stored papers are missing or altered. `celabiedrs verify` names them; bring them back from a backup."
    ),
    "sweep_stopped": _(
        "The nightly sweep of files stopped: it would have taken more than a handful, or the folder belongs to another "
        "database. Nothing was moved. `celabiedrs verify` says more."
    ),
    "backup_damaged": _(
        "The last backup found stored papers missing or altered. `celabiedrs verify` names them."
    ),
}
