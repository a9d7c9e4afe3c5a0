"""What people do at a plan's end: the mentor reviews, evaluates and hands over; the preparer closes and renews."""

from celabiedrs.closing.actions.ending import choose_way, close_plan, log_call
from celabiedrs.closing.actions.evaluating import ask_to_evaluate, evaluate, give_feedback
from celabiedrs.closing.actions.handing_over import hand_over, receive
from celabiedrs.closing.actions.placing import name_keeper, place_original
from celabiedrs.closing.actions.questioning import publish_questions
from celabiedrs.closing.actions.renewing import renew_plan
from celabiedrs.closing.actions.reviewing import review_cooperation

__all__ = [
    "ask_to_evaluate",
    "choose_way",
    "close_plan",
    "evaluate",
    "give_feedback",
    "hand_over",
    "log_call",
    "name_keeper",
    "place_original",
    "publish_questions",
    "receive",
    "renew_plan",
    "review_cooperation",
]
