"""What the clock does with sessions: certificates are kept as issued; themes nobody needs any more are forgotten."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from procrastinate.contrib.django import app

from celabiedrs.lib import clock
from celabiedrs.lib.documents.failures import issue_each
from celabiedrs.lib.documents.issuing import issue
from celabiedrs.lib.documents.models import IssuedDocument
from celabiedrs.lib.retrying import NIGHTLY
from celabiedrs.supervision.documents import TEMPLATE, attendance_pdf
from celabiedrs.supervision.models import ATTENDANCE, Member, Theme

THEMES_KEPT = timedelta(days=30)
"""After a session that nobody marked as held or cancelled."""


def issue_attended() -> int:
    """Issue the certificates of those who attended and have none yet; says how many."""
    kept = IssuedDocument.objects.filter(
        kind=ATTENDANCE, subject_kind=ATTENDANCE, subject_id=OuterRef("pk"), superseded=False
    )
    waiting = Member.objects.filter(~Exists(kept), certificate__isnull=False).order_by(
        "session__held_at", "pk"
    )
    with_names = waiting.select_related(
        "mentor__user", "session__group", "session__municipality", "session__supervisor"
    )
    return issue_each(with_names, _issue, kind=ATTENDANCE)


def _issue(member: Member) -> None:
    issue(
        attendance_pdf(member),
        kind=ATTENDANCE,
        subject_kind=ATTENDANCE,
        subject_id=member.pk,
        number=str(member.certificate),
        name=f"supervizija-{member.certificate}.pdf",
        by=member.session.supervisor,
        template=TEMPLATE,
    )


def forget_themes() -> None:
    """Delete the themes of sessions that are long over: they served their session."""
    Theme.objects.filter(session__starts_at__lt=clock.now() - THEMES_KEPT).order_by().delete()


@app.task(queueing_lock="supervision.issue", lock="supervision.issue")
def issue_certificates(timestamp: int = 0) -> None:
    """Every five minutes; config/schedule.py says so."""
    issue_attended()


@app.task(queueing_lock="supervision.forget", retry=NIGHTLY)
def forget(timestamp: int = 0) -> None:
    """Every night; config/schedule.py says so."""
    forget_themes()
