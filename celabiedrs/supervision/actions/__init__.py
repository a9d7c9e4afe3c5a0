"""What people do around a supervision: the supervisor plans, composes, confirms and holds; mentors show interest and
send themes; schools nominate; the programme keeps the kinds of groups."""

from celabiedrs.supervision.actions.correction import correct_attendance
from celabiedrs.supervision.actions.kinds import keep_group_kind
from celabiedrs.supervision.actions.nomination import (
    nominate,
    nominate_all,
    show_interest,
    withdraw_interest,
    withdraw_nomination,
)
from celabiedrs.supervision.actions.sessions import (
    cancel_session,
    compose_group,
    confirm_group,
    hold_session,
    plan_session,
)
from celabiedrs.supervision.actions.themes import send_theme, take_theme_away

__all__ = [
    "cancel_session",
    "compose_group",
    "confirm_group",
    "correct_attendance",
    "hold_session",
    "keep_group_kind",
    "nominate",
    "nominate_all",
    "plan_session",
    "send_theme",
    "show_interest",
    "take_theme_away",
    "withdraw_interest",
    "withdraw_nomination",
]
