"""What people do with meetings and months: one function an act, named by the source's verb."""

from celabiedrs.hours.actions.meetings import change_meeting, record_meeting, void_meeting
from celabiedrs.hours.actions.months import (
    attach_paper_scan,
    declare_no_meetings,
    open_supplement,
    reopen_month,
    return_month,
    submit_month,
    verify_month,
)
from celabiedrs.hours.actions.next_meetings import plan_next_meeting
from celabiedrs.hours.actions.signatures import dispute_meeting, sign_meeting

__all__ = [
    "attach_paper_scan",
    "change_meeting",
    "declare_no_meetings",
    "dispute_meeting",
    "open_supplement",
    "plan_next_meeting",
    "record_meeting",
    "reopen_month",
    "return_month",
    "sign_meeting",
    "submit_month",
    "verify_month",
    "void_meeting",
]
