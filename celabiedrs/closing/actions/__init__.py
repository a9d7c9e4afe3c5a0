"""What people do at a plan's end: the mentor reviews, evaluates and hands over; the preparer closes and renews."""

from celabiedrs.closing.actions.ends import choose_way, close_plan, log_call
from celabiedrs.closing.actions.evaluation import ask_to_evaluate, evaluate, give_feedback
from celabiedrs.closing.actions.handover import hand_over, receive
from celabiedrs.closing.actions.moves import let_go
from celabiedrs.closing.actions.originals import name_keeper, place_original
from celabiedrs.closing.actions.questions import publish_questions
from celabiedrs.closing.actions.renewal import file_papers, renew_plan
from celabiedrs.closing.actions.review import excuse_review, review_cooperation

__all__ = [
    "ask_to_evaluate",
    "choose_way",
    "close_plan",
    "evaluate",
    "excuse_review",
    "file_papers",
    "give_feedback",
    "hand_over",
    "let_go",
    "log_call",
    "name_keeper",
    "place_original",
    "publish_questions",
    "receive",
    "renew_plan",
    "review_cooperation",
]
