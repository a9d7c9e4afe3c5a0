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
    "disk": (_("Free space on the disks"), _("Below 10 % somebody has to make room.")),
    "static": (_("Style and pictures of the pages"), _("Run `celabiedrs migrate`.")),
    "mail": (
        _("Mail server"),
        _("Without CELABIEDRS_MAIL_HOST letters lie in the data folder and reach nobody."),
    ),
    "database": (_("Database"), _("It does not answer: see DATABASE_URL.")),
    "clock": (_("Clock beside the database's"), _("Let both machines ask a time server.")),
    "migrations": (_("Tables of this version"), _("Run `celabiedrs upgrade`.")),
    "cache": (_("Table of the cache"), _("Run `celabiedrs migrate`.")),
    "worker": (_("Background jobs"), _("Start `celabiedrs worker`.")),
    "jobs": (_("Failed jobs"), _("The log says why; the next run makes up for them.")),
    "letters": (
        _("E-mails not sent for an hour"),
        _("The mail server does not take them; they are tried again by themselves."),
    ),
    "backup": (_("Last backup"), _("One a day: `celabiedrs backup`.")),
    "restore": (_("Last proven restore"), _("One a quarter at least: `celabiedrs restore --prove`.")),
    "files": (_("Papers missing or altered"), _("`celabiedrs verify` names them.")),
    "alarms": (_("Open alarms"), _("`celabiedrs status` says them.")),
    "calendar": (_("The programme's calendar"), _("Run `celabiedrs migrate`.")),
    "administrator": (
        _("Somebody who administers the programme"),
        _("Run `celabiedrs administrator NAME EMAIL`."),
    ),
}
"""What each check looks at, and what to do where it is not in order."""
