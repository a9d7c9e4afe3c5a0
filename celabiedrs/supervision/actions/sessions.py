"""What the supervisor does with a session: plan, compose, confirm, hold or cancel it."""

from datetime import timedelta

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.codes import new_code
from celabiedrs.lib.workflow import ask, move
from celabiedrs.people.models import User
from celabiedrs.places.facts import programme
from celabiedrs.places.models import Municipality
from celabiedrs.rules import supervision as rules
from celabiedrs.rules.reading import read_clock, read_day, read_integer, read_text
from celabiedrs.supervision import notices
from celabiedrs.supervision.access import may_lead, may_plan
from celabiedrs.supervision.actions.locks import locked_session, mentors_in, to_come
from celabiedrs.supervision.facts import (
    group_codes,
    load_group_kinds,
    member_facts,
    other_employers,
    target_of,
)
from celabiedrs.supervision.models import GroupKind, Member, SupervisionSession
from celabiedrs.supervision.workflow import CANCEL, COMPOSE, CONFIRM, HOLD


@transaction.atomic
def plan_session(
    *,
    by: User,
    group: object = None,
    municipality: Municipality | None = None,
    day: object = None,
    start: object = None,
    minutes: object = None,
    place: object = "",
    mode: object = None,
) -> Done[SupervisionSession]:
    """[SUP-1] [SUP-2] [SUP-5] Plan a session of three whole hours, in person, at a place."""
    require(may_plan(by))
    cautions = refuse(
        rules.session(
            group=group,
            groups=group_codes(),
            municipality_known=municipality is not None,
            day=day,
            start=start,
            minutes=minutes,
            place=place,
            mode=mode,
            today=clock.today(),
        )
    )
    on, at, length = read_day(day), read_clock(start), read_integer(minutes)
    assert (
        on is not None and at is not None and length is not None and municipality is not None
    )  # the rules have read all
    load_group_kinds()
    session = SupervisionSession.objects.create(
        group=GroupKind.objects.get(code=str(group)),
        municipality=municipality,
        supervisor=by,
        starts_at=clock.moment_of(on, at),
        minutes=length,
        place=read_text(place)[:200],
        planned_at=clock.now(),
    )
    record(session, "planned", by=by, thread=session.public_id, day=str(on))
    return Done(session, cautions)


@transaction.atomic
def compose_group(
    *, by: User, session: SupervisionSession, members: object = None, exception_reason: object = ""
) -> Done[SupervisionSession]:
    """[SUP-2] [SUP-3] [SUP-4] [SUP-5] Put the group together from the nominated, each mentor once.

    A confirmed group that is composed again must be confirmed again, with its five days.
    """
    require(may_lead(by, session))
    session = to_come(session, COMPOSE)
    mentors = mentors_in(members)
    cautions = refuse(
        rules.composition(
            group=session.group.code,
            members=[member_facts(mentor, session) for mentor in mentors],
            municipality=session.municipality_id,
            neighbours=set(session.municipality.neighbours.order_by().values_list("pk", flat=True)),
            exception_reason=exception_reason,
            today=clock.today(),
            size_limit=session.group.size_limit,
            target=target_of(session.group),
        )
    )
    session.members.exclude(mentor__in=mentors).delete()
    for mentor in mentors:
        Member.objects.get_or_create(session=session, mentor=mentor)
    move(
        session,
        COMPOSE,
        composed_at=clock.now(),
        confirmed_at=None,
        exception_reason=read_text(exception_reason)[:300],
    )
    record(session, "composed", by=by, thread=session.public_id, members=len(mentors))
    return Done(session, cautions)


@transaction.atomic
def confirm_group(*, by: User, session: SupervisionSession) -> Done[SupervisionSession]:
    """[SUP-6] [SUP-7] Confirm the group, by date five days before at the latest; schools learn of their own people."""
    session = locked_session(session)
    ask(CONFIRM, by, session)
    cautions = refuse(
        rules.confirmation(
            session_day=clock.riga_day(session.starts_at),
            today=clock.today(),
            members=session.members.count(),
        )
    )
    move(session, CONFIRM, confirmed_at=clock.now())
    record(session, "confirmed", by=by, thread=session.public_id)
    notices.group_confirmed(session, employers=other_employers(session, programme()))
    return Done(session, cautions)


@transaction.atomic
def hold_session(
    *, by: User, session: SupervisionSession, attended: object = None
) -> Done[SupervisionSession]:
    """[SUP-1] [SUP-6] Mark a session as held once it is over, with who of the group was there."""
    session = locked_session(session)
    ask(HOLD, by, session)
    present = {mentor.pk for mentor in mentors_in(attended)}
    group = set(session.members.order_by().values_list("mentor", flat=True))
    cautions = refuse(
        rules.session_held(
            ends_at=session.starts_at + timedelta(minutes=session.minutes),
            now=clock.now(),
            attended_outside_group=len(present - group),
        )
    )
    move(session, HOLD, held_at=clock.now())
    for member in session.members.order_by("pk"):
        member.attended = member.mentor_id in present
        member.certificate = new_code("SA") if member.attended else None
        member.marked_at = clock.now()
        member.save(update_fields=["attended", "certificate", "marked_at"])
    session.themes.order_by().delete()
    record(session, "held", by=by, thread=session.public_id, attended=len(present))
    return Done(session, cautions)


@transaction.atomic
def cancel_session(*, by: User, session: SupervisionSession) -> Done[SupervisionSession]:
    """Cancel a session that is to come; its members and their schools are told."""
    session = locked_session(session)
    ask(CANCEL, by, session)
    move(session, CANCEL)
    session.themes.order_by().delete()
    record(session, "cancelled", by=by, thread=session.public_id)
    notices.session_cancelled(session)
    return Done(session)
