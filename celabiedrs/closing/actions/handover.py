"""The timesheets go to the school for keeping (ARC-1)."""

from django.db import transaction

from celabiedrs.closing import notices
from celabiedrs.closing.access import may_close, may_evaluate
from celabiedrs.closing.actions.locks import locked
from celabiedrs.closing.facts import (
    last_day_with,
    listed_sheets,
    reviewed_or_excused,
    unverified_months,
)
from celabiedrs.closing.models import HandOver
from celabiedrs.closing.workflow import HAND_OVER, RECEIVE, ClosingObstacle
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, WrongState, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.workflow import check_state
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.rules import closing as closing_rules


@transaction.atomic
def hand_over(*, by: User, plan: SupportPlan) -> Done[HandOver]:
    """[ARC-1] [LOG-12] The mentor hands all timesheets of a plan to the school for keeping; waits for those not
    verified and for the review of the cooperation.

    Once, except where a sheet came after: then the act is made again and received again.
    """
    require(may_evaluate(by, plan))
    plan = locked(plan)
    check_state(HAND_OVER, plan)
    sheets = listed_sheets(plan, by.mentor)
    earlier = HandOver.objects.filter(plan=plan, mentor=by.mentor).first()
    unverified = len(unverified_months(plan, by.mentor))
    if earlier is not None and earlier.sheets == sheets and not unverified:
        raise WrongState(HAND_OVER, ClosingObstacle.HANDED_OVER, plan)
    over = clock.today() > last_day_with(plan, by.mentor) or plan.state == PlanState.ENDED
    cautions = refuse(
        closing_rules.hand_over(unverified=unverified, sheets=len(sheets), over=over),
        closing_rules.reviewed_before_handover(
            reviewed=not (sheets or unverified) or plan.pk in reviewed_or_excused([plan], by.mentor)
        ),
    )
    handed, _ = HandOver.objects.update_or_create(
        plan=plan,
        mentor=by.mentor,
        defaults={
            "sheets": sheets,
            "handed_at": clock.now(),
            "handed_by": by,
            "received_by": None,
            "received_at": None,
            "document": None,  # the act that was issued before stays among the issued documents
        },
    )
    record(handed, "handed_over", by=by, thread=plan.public_id, sheets=len(sheets))
    notices.handed_over(handed)
    return Done(handed, cautions)


@transaction.atomic
def receive(*, by: User, hand_over: HandOver) -> Done[HandOver]:
    """[ARC-1] The preparer confirms that the listed timesheets have come; the act is then issued (jobs)."""
    require(may_close(by, hand_over.plan))
    received = HandOver.objects.filter(pk=hand_over.pk, received_at=None)
    if not received.update(received_by=by, received_at=clock.now()):
        raise WrongState(RECEIVE, ClosingObstacle.RECEIVED, hand_over)
    hand_over.refresh_from_db()
    record(hand_over, "received", by=by, thread=hand_over.plan.public_id)
    notices.received(hand_over)
    return Done(hand_over)
