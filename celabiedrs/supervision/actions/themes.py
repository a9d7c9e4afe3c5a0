"""Themes for a session, sent without a name."""

from django.db import transaction

from celabiedrs.lib.acts import Done, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.people.models import User
from celabiedrs.rules import theme as rules
from celabiedrs.rules.reading import read_text
from celabiedrs.supervision.access import may_lead, may_send_theme
from celabiedrs.supervision.actions.locks import locked_session, to_come
from celabiedrs.supervision.facts import supported_names
from celabiedrs.supervision.models import SupervisionSession, Theme
from celabiedrs.supervision.workflow import SEND_THEME


@transaction.atomic
def send_theme(*, by: User, session: SupervisionSession, text: object = "") -> Done[SupervisionSession]:
    """[CNF-1] Send a theme for a session. Nothing tells whose it is: the one act that leaves no event, since an
    event's moment beside the log of looks would name its sender (decision 0036)."""
    require(may_send_theme(by, session))
    session = to_come(session, SEND_THEME)
    refuse(rules.theme(text=text, names=supported_names(by.mentor)))
    Theme.objects.get_or_create(session=session, text=read_text(text))
    return Done(session)


@transaction.atomic
def take_theme_away(*, by: User, session: SupervisionSession, theme: Theme) -> Done[SupervisionSession]:
    """[CNF-1] The supervisor takes a theme off the list: one that names somebody after all, or that is settled."""
    require(may_lead(by, session))
    session = locked_session(session)
    gone, _rows = session.themes.filter(pk=theme.pk).order_by().delete()
    if gone:
        record(session, "theme_taken_away", by=by, thread=session.public_id)
    return Done(session)
