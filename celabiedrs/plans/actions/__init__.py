"""What people do with a plan: one function an act, named by the source's verb."""

from celabiedrs.plans.actions.deciding import approve_plan, return_plan
from celabiedrs.plans.actions.drafting import (
    amend_plan,
    draft_plan,
    enrol_learner,
    submit_plan,
    withdraw_plan,
)
from celabiedrs.plans.actions.life import extend_plan, log_talk, override_semester, resume_plan, suspend_plan
from celabiedrs.plans.actions.papers import attach_mentor, file_request, sign_agreement

__all__ = [
    "amend_plan",
    "approve_plan",
    "attach_mentor",
    "draft_plan",
    "enrol_learner",
    "extend_plan",
    "file_request",
    "log_talk",
    "override_semester",
    "resume_plan",
    "return_plan",
    "sign_agreement",
    "submit_plan",
    "suspend_plan",
    "withdraw_plan",
]
