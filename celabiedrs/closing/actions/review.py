"""The mentor reviews the cooperation on the last timesheet (LOG-12, LOG-13)."""

from django.db import transaction

from celabiedrs.closing.access import may_evaluate
from celabiedrs.closing.actions.locks import locked
from celabiedrs.closing.facts import is_reviewed, review_is_closed
from celabiedrs.closing.models import ReviewExcuse
from celabiedrs.closing.workflow import EXCUSE, REVIEW, ClosingObstacle
from celabiedrs.hours.models import CooperationReview
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, WrongState, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.workflow import check_state
from celabiedrs.people.models import User
from celabiedrs.plans.access import may_answer_for
from celabiedrs.plans.models import SupportPlan
from celabiedrs.registry.models import Mentor
from celabiedrs.rules import closing as closing_rules
from celabiedrs.rules import month as month_rules
from celabiedrs.rules.reading import read_text


@transaction.atomic
def review_cooperation(
    *, by: User, plan: SupportPlan, text: object = "", recommendation: object = "", conclusions: object = ""
) -> Done[CooperationReview]:
    """[LOG-12] [LOG-13] The mentor's review on the last timesheet: changed at will until that sheet is submitted,
    and again when it is returned. A sheet that became the last one later still takes a first review."""
    require(may_evaluate(by, plan))
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


@transaction.atomic
def excuse_review(*, by: User, plan: SupportPlan, mentor: Mentor, reason: object = "") -> Done[ReviewExcuse]:
    """[LOG-12] The responsible person says why the review of a mentor cannot be had, on a plan that closed without it;
    the timesheets can then be handed over."""
    require(may_answer_for(by, plan))
    plan = locked(plan)
    check_state(EXCUSE, plan)
    if is_reviewed(plan, mentor):
        raise WrongState(EXCUSE, ClosingObstacle.REVIEWED, plan)
    cautions = refuse(closing_rules.review_excused(reason=reason))
    excuse, _ = ReviewExcuse.objects.update_or_create(
        plan=plan,
        mentor=mentor,
        defaults={"reason": read_text(reason)[:500], "given_by": by, "given_at": clock.now()},
    )
    record(excuse, "review_excused", by=by, thread=plan.public_id)
    return Done(excuse, cautions)
