"""The session of an act, locked, and the mentors that an act is given."""

from celabiedrs.lib import clock
from celabiedrs.lib.acts import WrongState
from celabiedrs.lib.steps import Step
from celabiedrs.lib.workflow import check_state
from celabiedrs.registry.models import Mentor
from celabiedrs.supervision.models import SupervisionSession
from celabiedrs.supervision.workflow import SessionObstacle


def locked_session(session: SupervisionSession) -> SupervisionSession:
    return (
        SupervisionSession.objects.select_for_update(of=("self",))
        .select_related("group", "municipality", "supervisor")
        .get(pk=session.pk)
    )


def to_come(session: SupervisionSession, step: Step) -> SupervisionSession:
    """The locked session, where it is still to come and the step is taken from its state."""
    session = locked_session(session)
    check_state(step, session)
    if session.starts_at <= clock.now():
        raise WrongState(step, SessionObstacle.BEGUN, session)
    return session


def mentors_in(raw: object) -> list[Mentor]:
    """Mentors out of a raw list, each once; anything else is nobody."""
    given = raw if isinstance(raw, (list, tuple, set)) else ()
    return list({one.pk: one for one in given if isinstance(one, Mentor)}.values())
