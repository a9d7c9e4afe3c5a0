"""How mentors come to a session: they show interest, and their schools nominate them."""

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.people.models import Role, User
from celabiedrs.places.facts import programme
from celabiedrs.registry.models import Mentor
from celabiedrs.rules import naming
from celabiedrs.rules import supervision as rules
from celabiedrs.supervision import notices
from celabiedrs.supervision.access import is_mentor
from celabiedrs.supervision.actions.locks import mentors_in, to_come
from celabiedrs.supervision.facts import nominating_places
from celabiedrs.supervision.models import Interest, Nomination, SupervisionSession
from celabiedrs.supervision.workflow import INTEREST, NOMINATE


@transaction.atomic
def show_interest(*, by: User, session: SupervisionSession) -> Done[Interest]:
    """[SUP-3] A mentor would like to take part, wherever the session is."""
    require(is_mentor(by))
    session = to_come(session, INTEREST)
    interest, new = Interest.objects.get_or_create(
        session=session, mentor=by.mentor, defaults={"shown_at": clock.now()}
    )
    if new:
        record(interest, "interest_shown", by=by, thread=session.public_id)
    return Done(interest)


@transaction.atomic
def withdraw_interest(*, by: User, session: SupervisionSession) -> Done[SupervisionSession]:
    """[SUP-3] A mentor takes interest back, as long as nobody has nominated."""
    require(is_mentor(by))
    session = to_come(session, INTEREST)
    refuse(rules.withdrawal(nominated=session.nominations.filter(mentor=by.mentor).exists()))
    taken_back, _rows = session.interests.filter(mentor=by.mentor).order_by().delete()
    if taken_back:
        record(session, "interest_withdrawn", by=by, thread=session.public_id)
    return Done(session)


@transaction.atomic
def nominate(*, by: User, mentor: Mentor | None, session: SupervisionSession) -> Done[list[Nomination]]:
    """[SUP-3] A responsible person registers a mentor who has shown interest, for each own institution where the
    mentor has a plan or a contract."""
    places = nominating_places(by, mentor, session, programme()) if mentor else ()
    require(bool(places) if mentor else by.holds(Role.RESPONSIBLE_PERSON))
    session = to_come(session, NOMINATE)
    refuse(naming.mentor_named(named=mentor is not None, clause="SUP-3"))
    mentor = expect(mentor)
    cautions = refuse(rules.nomination(interested=session.interests.filter(mentor=mentor).exists()))
    nominations = []
    for place in places:
        nomination, new = Nomination.objects.get_or_create(
            session=session,
            mentor=mentor,
            institution_id=place,
            defaults={"nominated_by": by, "nominated_at": clock.now()},
        )
        nominations.append(nomination)
        if new:
            record(nomination, "nominated", by=by, thread=session.public_id)
            notices.mentor_nominated(nomination)
    return Done(nominations, cautions)


@transaction.atomic
def withdraw_nomination(*, by: User, mentor: Mentor, session: SupervisionSession) -> Done[SupervisionSession]:
    """[SUP-3] A responsible person withdraws what their own institutions nominated, unless the mentor is in a group."""
    own = session.nominations.filter(mentor=mentor, institution__in=by.institutions(Role.RESPONSIBLE_PERSON))
    require(own.exists())
    session = to_come(session, NOMINATE)
    cautions = refuse(rules.nomination_withdrawal(in_group=session.members.filter(mentor=mentor).exists()))
    taken_back, _rows = own.order_by().delete()
    record(session, "nomination_withdrawn", by=by, thread=session.public_id, nominations=taken_back)
    return Done(session, cautions)


@transaction.atomic
def nominate_all(*, by: User, mentors: object, session: SupervisionSession) -> Done[list[Nomination]]:
    """[SUP-3] Nominate several mentors at once, or none of them."""
    require(by.holds(Role.RESPONSIBLE_PERSON))
    chosen = mentors_in(mentors)
    refuse(naming.mentor_named(named=bool(chosen), clause="SUP-3"))
    done = [nominate(by=by, mentor=mentor, session=session) for mentor in chosen]
    return Done(
        [nomination for one in done for nomination in one.thing],
        tuple(caution for one in done for caution in one.cautions),
    )
