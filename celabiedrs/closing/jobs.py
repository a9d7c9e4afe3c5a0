"""What the clock does at a plan's end: every act of handing over that was received is kept as it was issued."""

from procrastinate.contrib.django import app

from celabiedrs.closing.documents import KIND, issue_act
from celabiedrs.closing.models import HandOver
from celabiedrs.lib.documents.failures import issue_each


def issue_received() -> int:
    """Issue the received acts that are not issued yet, or were made again since; says how many (decision 0010)."""
    waiting = HandOver.objects.filter(received_at__isnull=False, document=None).order_by("received_at", "pk")
    with_names = waiting.select_related("plan__learner", "plan__institution", "mentor__user", "received_by")
    return issue_each(with_names, issue_act, kind=KIND)


@app.task(queueing_lock="closing.issue", lock="closing.issue")
def issue_acts(timestamp: int = 0) -> None:
    """Every five minutes; config/schedule.py says so. What a killed job left out is taken by the next."""
    issue_received()
