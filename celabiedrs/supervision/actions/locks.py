"""The session of an act, locked, and the mentors that an act is given."""

from celabiedrs.lib import clock
from celabiedrs.lib.acts import WrongState
from celabiedrs.registry.models import Mentor
from celabiedrs.supervision.models import SessionState, SupervisionSession
from celabiedrs.supervision.workflow import TO_COME


def locked(session: SupervisionSession) -> SupervisionSession:
    return (
        SupervisionSession.objects.select_for_update(of=("self",))
        .select_related("group", "municipality", "supervisor")
        .get(pk=session.pk)
    )


def to_come(session: SupervisionSession) -> SupervisionSession:
    """The locked session, where it is still to come."""
    session = locked(session)
    if session.state == SessionState.CANCELLED:
        raise WrongState("session_cancelled")
    if session.state not in TO_COME or session.starts_at <= clock.now():
        raise WrongState("session_over")
    return session


def mentors_in(raw: object) -> list[Mentor]:
    """Mentors out of a raw list, each once; anything else is nobody."""
    given = raw if isinstance(raw, (list, tuple, set)) else ()
    return list({one.pk: one for one in given if isinstance(one, Mentor)}.values())
