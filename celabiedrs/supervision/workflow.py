"""States of a supervision session. Composing a confirmed group takes it back to planned: it is confirmed
again (SUP-6).
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.steps import Obstacle, Step, Workflow
from celabiedrs.supervision.access import is_mentor, may_lead, may_send_theme
from celabiedrs.supervision.models import SessionState as S

TO_COME = (S.PLANNED, S.CONFIRMED)

SESSION = Workflow(
    {
        S.PLANNED: _("The session is planned; its group is not confirmed yet."),
        S.CONFIRMED: _("The group of the session is confirmed."),
        S.HELD: _("The session has taken place."),
        S.CANCELLED: _("The session was cancelled."),
    },
    page="supervision:session",
)


class SessionObstacle(Obstacle):
    BEGUN = "begun", _("The session has begun or is over.")


def _is_mentor(user: Any, _session: Any) -> bool:
    return is_mentor(user)


def _anybody(_user: Any, _session: Any) -> bool:
    return True  # the act asks by the mentor it is given


COMPOSE = Step("compose", TO_COME, S.PLANNED, may_lead, label=_("Put the group together"), of=SESSION)
CONFIRM = Step("confirm", (S.PLANNED,), S.CONFIRMED, may_lead, label=_("Confirm the group"), of=SESSION)
HOLD = Step("hold", (S.CONFIRMED,), S.HELD, may_lead, label=_("Record who attended"), of=SESSION)
CANCEL = Step("cancel", TO_COME, S.CANCELLED, may_lead, label=_("Cancel the session"), of=SESSION)

STEPS = (COMPOSE, CONFIRM, HOLD, CANCEL)

CORRECT = Step("correct", (S.HELD,), "", may_lead, label=_("Correct who attended"), of=SESSION)
INTEREST = Step("interest", TO_COME, "", _is_mentor, label=_("Show interest, or take it back"), of=SESSION)
NOMINATE = Step(
    "nominate", TO_COME, "", _anybody, label=_("Nominate a mentor, or take that back"), of=SESSION
)
SEND_THEME = Step("send_theme", TO_COME, "", may_send_theme, label=_("Send a theme"), of=SESSION)
