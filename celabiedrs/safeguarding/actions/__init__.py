"""What people do about reports of danger, and with the numbers to call."""

from celabiedrs.safeguarding.actions.numbers import keep_number, take_number_away
from celabiedrs.safeguarding.actions.reports import (
    acknowledge_report,
    close_report,
    escalate_due,
    note_step,
    raise_report,
    refer_report,
    tell_new_officers,
)

__all__ = [
    "acknowledge_report",
    "close_report",
    "escalate_due",
    "keep_number",
    "note_step",
    "raise_report",
    "refer_report",
    "take_number_away",
    "tell_new_officers",
]
