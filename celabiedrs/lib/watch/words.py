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
CHECKS = {
    "disk": _("free space on the disks of data and files: below 10 % somebody has to make room"),
    "static": _("style and pictures of the pages: run `celabiedrs migrate`"),
    "mail": _("mail server: without CELABIEDRS_MAIL_HOST letters lie in the data folder and reach nobody"),
    "database": _("the database answers: see DATABASE_URL"),
    "clock": _("clock beside the database's: let both machines ask a time server"),
    "migrations": _("tables of this version: run `celabiedrs upgrade`"),
    "cache": _("table of the cache: run `celabiedrs migrate`"),
    "worker": _("background jobs: start `celabiedrs worker`"),
    "jobs": _("failed jobs: the log says why; they are made up for by the next run"),
    "letters": _("e-mails that the mail server has not taken for an hour"),
    "backup": _("last backup: one a day, `celabiedrs backup`"),
    "restore": _("last restore that was compared: one a quarter, `celabiedrs restore`"),
    "files": _("papers that are missing or altered: `celabiedrs verify` names them"),
    "alarms": _("open alarms"),
    "calendar": _("the programme's calendar: run `celabiedrs migrate`"),
    "administrator": _("somebody who administers the programme: `celabiedrs administrator NAME EMAIL`"),
}
"""What each check looks at, and what to do."""
