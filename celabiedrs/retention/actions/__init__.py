"""What administrators and the night do about keeping: one function an act."""

from celabiedrs.retention.actions.disposal import dispose, would_dispose
from celabiedrs.retention.actions.holds import hold, release
from celabiedrs.retention.actions.proposal import (
    agree_disposal,
    carry_out_agreed,
    decline_disposal,
    propose_disposal,
)
from celabiedrs.retention.actions.requests import answer_request, enter_request

__all__ = [
    "agree_disposal",
    "answer_request",
    "carry_out_agreed",
    "decline_disposal",
    "dispose",
    "enter_request",
    "hold",
    "propose_disposal",
    "release",
    "would_dispose",
]
