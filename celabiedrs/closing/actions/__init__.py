"""What people do at a plan's end: the mentor reviews, evaluates and hands over; the preparer closes and renews."""

from celabiedrs.closing.actions.ending import close_plan
from celabiedrs.closing.actions.evaluating import evaluate, give_feedback
from celabiedrs.closing.actions.handing_over import hand_over, receive
from celabiedrs.closing.actions.renewing import renew_plan
from celabiedrs.closing.actions.reviewing import review_cooperation

__all__ = [
    "close_plan",
    "evaluate",
    "give_feedback",
    "hand_over",
    "receive",
    "renew_plan",
    "review_cooperation",
]
