"""What of the reports waits for a person; on the home page there is no name and no word of one (CNF-2).

A mentor's home says nothing of their own reports: the phone lies on the table between mentor and learner.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from celabiedrs.lib import clock
from celabiedrs.lib.look.waits import Waits, address
from celabiedrs.people.models import Role, User
from celabiedrs.safeguarding.access import handled_by, report_facts_visible_to
from celabiedrs.safeguarding.models import ReportState, SafeguardingReport


def waits(user: User) -> Iterator[Waits]:
    """Rows of an officer, and of those who see to it that somebody acts."""
    if user.holds(Role.SAFEGUARDING_OFFICER):
        yield from _for_officer(user)
    if user.holds(Role.PROJECT_EXPERT, Role.PROGRAMME_ADMINISTRATOR):
        yield from _for_watching(user)


def _for_officer(user: User) -> Iterator[Waits]:
    reports = SafeguardingReport.objects.filter(handled_by(user)).order_by("raised_at", "pk")
    for report in reports.filter(state=ReportState.RAISED):
        minutes = int((clock.now() - report.raised_at).total_seconds() // 60)
        yield Waits(
            _("A report of danger waits to be read"),
            ngettext("For %(count)s minute.", "For %(count)s minutes.", minutes) % {"count": minutes},
            address("safeguarding:report", report.public_id),
            _("Read it now"),
            "red",
        )
    for report in reports.filter(state=ReportState.ACKNOWLEDGED):
        yield Waits(
            _("A report of danger was read, and nothing more is written down"),
            report.number,
            address("safeguarding:report", report.public_id),
            _("Say what is done"),
            "amber",
        )


def _for_watching(user: User) -> Iterator[Waits]:
    unread = SafeguardingReport.objects.filter(
        report_facts_visible_to(user), state=ReportState.RAISED, escalated_at__isnull=False
    )
    for report in unread.exclude(author=user).select_related("institution").order_by("raised_at", "pk"):
        yield Waits(
            _("Nobody has read a report of danger: %(school)s") % {"school": report.institution.name},
            _("Reach the officer, or name another one."),
            address("safeguarding:facts"),
            _("See to it"),
            "red",
        )
