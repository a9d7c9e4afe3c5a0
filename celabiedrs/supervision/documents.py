"""The certificate of attendance as a PDF: who, when, where, three hours of 60 minutes, which group (SUP-1).

Its form is our own: the material names no sample.
"""

from pathlib import Path

from celabiedrs.lib.clock import RIGA, riga_day
from celabiedrs.lib.documents import words
from celabiedrs.lib.documents.typesetting import typeset
from celabiedrs.supervision.models import Member

TEMPLATE = Path(__file__).parent / "typst" / "attendance.typ"
CLOCK_HOUR_MINUTES = 60


def attendance_pdf(member: Member) -> bytes:
    """The same member gives the same bytes at any time: it is dated by the moment at which attendance was marked,
    or put right."""
    session = member.session
    assert session.held_at is not None and member.certificate
    marked_at = member.marked_at or session.held_at
    starts = session.starts_at.astimezone(RIGA)
    data = {
        "number": member.certificate,
        "mentor": member.mentor.name,
        "day": words.day(starts),
        "start": starts.strftime("%H:%M"),
        "place": session.place,
        "municipality": session.municipality.name,
        "minutes": session.minutes,
        "hours": session.minutes // CLOCK_HOUR_MINUTES,
        "hour_minutes": CLOCK_HOUR_MINUTES,
        "group": session.group.code,
        "group_name": session.group.name,
        "supervisor": session.supervisor.name,
        "issued_on": words.day(riga_day(marked_at)),
    }
    return typeset(TEMPLATE, data, timestamp=marked_at)
