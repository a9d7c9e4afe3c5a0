"""Lists of reports: the officer's, and the bare facts for those who see to it that somebody acts (CNF-2)."""

from typing import Any

from django.db.models import F
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role, User
from celabiedrs.safeguarding.access import handled_by, report_facts_visible_to
from celabiedrs.safeguarding.models import ReportState, SafeguardingReport
from celabiedrs.safeguarding.notices import officers
from celabiedrs.safeguarding.pages.report import TONES, minutes_of

WATCHING = (Role.PROJECT_EXPERT, Role.PROGRAMME_ADMINISTRATOR)


@require_safe
def received(request: SignedIn) -> HttpResponse:
    """The reports of their own school: those that nobody has read first, the longest waiting at the top."""
    user = request.user
    if not user.holds(Role.SAFEGUARDING_OFFICER):
        raise Http404
    reports = SafeguardingReport.objects.filter(handled_by(user)).select_related(
        "plan__learner", "institution", "author"
    )
    rows = [_row(report) for report in reports.order_by("-raised_at", "-pk")]
    return page(
        request,
        "safeguarding/received.html",
        waiting=[row for row in reversed(rows) if row["unread"]],
        others=[row for row in rows if not row["unread"]],
    )


def _row(report: SafeguardingReport) -> dict[str, Any]:
    return {
        "report": report,
        "tone": TONES[ReportState(report.state)],
        "minutes": minutes_of(report),
        "unread": report.state == ReportState.RAISED,
    }


@require_safe
def facts(request: SignedIn) -> HttpResponse:
    """That there are reports, at which school, since when and how far: no text, no learner, no mentor."""
    user = request.user
    watches = user.holds(*WATCHING)
    if not watches and not user.holds(Role.AUDITOR):
        raise Http404
    reports = SafeguardingReport.objects.filter(report_facts_visible_to(user)).exclude(author=user)
    reports = reports.select_related("institution").only(
        "public_id", "state", "raised_at", "acknowledged_at", "escalated_at", "closed_at",
        "institution__name", "institution__email", "institution__phone", "author_id", "institution_id",
    )  # fmt: skip
    rows = [
        _fact(report, watches) for report in reports.order_by(F("escalated_at").desc(nulls_last=True), "-pk")
    ]
    return page(
        request,
        "safeguarding/facts.html",
        rows=sorted(rows, key=lambda row: not row["pressing"]),
        watches=watches,
        names_officers=user.holds(Role.PROGRAMME_ADMINISTRATOR),
    )


def _fact(report: SafeguardingReport, watches: bool) -> dict[str, Any]:
    """A fact; whom to reach are only those who may read it, so that nobody who was left out is called by mistake."""
    reach: list[User] = list(officers(report)) if watches else []
    unread = report.state == ReportState.RAISED
    return {**_row(report), "pressing": unread and report.escalated_at is not None, "reach": reach}
