"""Attendance that was marked wrongly is put right: the certificate is issued again, or holds no more (SUP-1, SUP-6)."""

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.codes import new_code
from celabiedrs.lib.documents.issuing import withdraw
from celabiedrs.lib.workflow import check_state
from celabiedrs.people.models import User
from celabiedrs.rules import supervision as rules
from celabiedrs.rules.naming import fits
from celabiedrs.rules.reading import read_text
from celabiedrs.supervision import notices
from celabiedrs.supervision.access import may_lead
from celabiedrs.supervision.actions.locks import locked_session, mentors_in
from celabiedrs.supervision.models import (
    ATTENDANCE,
    AttendanceCorrection,
    Member,
    SupervisionSession,
)
from celabiedrs.supervision.workflow import CORRECT

REASON = 300


@transaction.atomic
def correct_attendance(
    *, by: User, session: SupervisionSession, attended: object = None, reason: object = ""
) -> Done[SupervisionSession]:
    """[SUP-1] [SUP-6] Put right who of the group was there; those whom it concerns are told."""
    require(may_lead(by, session))
    session = locked_session(session)
    check_state(CORRECT, session)
    present = {mentor.pk for mentor in mentors_in(attended)}
    members = list(session.members.select_related("mentor__user").order_by("pk"))
    wrong = [member for member in members if member.attended != (member.mentor_id in present)]
    cautions = refuse(
        rules.attendance_correction(
            reason=reason,
            changed=len(wrong),
            attended_outside_group=len(present - {member.mentor_id for member in members}),
        ),
        fits(text=reason, field="reason", clause="SUP-1", characters=REASON),
    )
    AttendanceCorrection.objects.create(
        session=session, reason=read_text(reason), corrected_by=by, corrected_at=clock.now()
    )
    for member in wrong:
        _put_right(member)
        notices.attendance_corrected(member)
    record(session, "attendance_corrected", by=by, thread=session.public_id, members=len(wrong))
    return Done(session, cautions)


def _put_right(member: Member) -> None:
    """The other way round; a certificate that was issued holds no more and stays as it was issued."""
    member.attended = not member.attended
    member.certificate = new_code("SA") if member.attended else None
    member.marked_at = clock.now()
    member.save(update_fields=["attended", "certificate", "marked_at"])
    withdraw(kind=ATTENDANCE, subject_kind=ATTENDANCE, subject_id=member.pk)
