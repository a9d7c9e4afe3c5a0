"""What people do with a plan: one function an act, named by the source's verb."""

from celabiedrs.plans.actions.amendment import amend_plan
from celabiedrs.plans.actions.corrections import correct_learner
from celabiedrs.plans.actions.decision import approve_plan, return_plan
from celabiedrs.plans.actions.draft import draft_plan, enrol_learner
from celabiedrs.plans.actions.learners import (
    ask_transfer,
    change_school,
    decline_transfer,
    describe_learner,
    enter_personal_code,
    move_up,
    read_out_personal_code,
)
from celabiedrs.plans.actions.life import extend_plan, log_talk, override_semester, resume_plan, suspend_plan
from celabiedrs.plans.actions.papers import attach_mentor, file_request, sign_agreement
from celabiedrs.plans.actions.preparation import (
    correct_draft,
    draft_from_sketch,
    draft_text,
    hand_over_preparing,
    keep_original,
    sign_agreement_here,
    sketch_plan,
)
from celabiedrs.plans.actions.questions import answer_question, ask_question, close_question
from celabiedrs.plans.actions.submission import submit_plan, take_back_plan, withdraw_plan

__all__ = [
    "amend_plan",
    "answer_question",
    "approve_plan",
    "ask_question",
    "ask_transfer",
    "attach_mentor",
    "change_school",
    "close_question",
    "correct_draft",
    "correct_learner",
    "decline_transfer",
    "describe_learner",
    "draft_from_sketch",
    "draft_plan",
    "draft_text",
    "enrol_learner",
    "enter_personal_code",
    "extend_plan",
    "file_request",
    "hand_over_preparing",
    "keep_original",
    "log_talk",
    "move_up",
    "override_semester",
    "read_out_personal_code",
    "resume_plan",
    "return_plan",
    "sign_agreement",
    "sign_agreement_here",
    "sketch_plan",
    "submit_plan",
    "suspend_plan",
    "take_back_plan",
    "withdraw_plan",
]
