"""The mentor reviews the cooperation on the last timesheet (LOG-12, LOG-13)."""

from django.db import transaction

from celabiedrs.closing.access import may_evaluate
from celabiedrs.closing.actions.locks import locked
from celabiedrs.closing.facts import review_is_closed
from celabiedrs.closing.workflow import REVIEW, ClosingObstacle
from celabiedrs.hours.models import CooperationReview
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, WrongState, permit, refuse
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.workflow import check_state
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.rules import month as month_rules
from celabiedrs.rules.reading import read_text


@transaction.atomic
def review_cooperation(
    *, by: User, plan: SupportPlan, text: object = "", recommendation: object = "", conclusions: object = ""
) -> Done[CooperationReview]:
    """[LOG-12] [LOG-13] The mentor's review on the last timesheet: changed at will until that sheet is submitted,
    and again when it is returned. A sheet that became the last one later still takes a first review."""
    permit(may_evaluate(by, plan))
    plan = locked(plan)
    check_state(REVIEW, plan)
    earlier = CooperationReview.objects.filter(plan=plan, mentor=by.mentor)
    if earlier.exists() and review_is_closed(plan, by.mentor):
        raise WrongState(REVIEW, ClosingObstacle.REVIEW_CLOSED, plan)
    cautions = refuse(month_rules.review(text=text, recommendation=recommendation))
    review, _ = CooperationReview.objects.update_or_create(
        plan=plan,
        mentor=by.mentor,
        defaults={
            "cooperation": read_text(text),
            "conclusions": read_text(conclusions),
            "recommendation": str(recommendation),
            "written_by": by,
            "written_at": clock.now(),
        },
    )
    record(review, "reviewed", by=by, thread=plan.public_id)
    return Done(review, cautions)
