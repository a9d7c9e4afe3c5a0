"""A learner changes school while plans run: what becomes of them is decided in the same step (GEN-2, DUT-3)."""

from django.db import transaction

from celabiedrs.closing.actions.ends import close_plan
from celabiedrs.closing.models import EndOutcome
from celabiedrs.closing.words import PlansOnMove
from celabiedrs.lib.acts import Done, refuse, require
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution
from celabiedrs.plans.access import may_prepare_for
from celabiedrs.plans.actions import change_school, withdraw_plan
from celabiedrs.plans.models import Learner, SupportPlan
from celabiedrs.plans.workflow import APPROVED, NOT_OVER
from celabiedrs.rules import closing as closing_rules


def open_here(learner: Learner) -> list[SupportPlan]:
    """The plans of a learner that the present school still prepares or runs."""
    plans = learner.plans.filter(institution=learner.institution_id, state__in=NOT_OVER)
    return list(plans.select_related("mentor__user", "institution").order_by("pk"))


@transaction.atomic
def let_go(
    *,
    by: User,
    learner: Learner,
    institution: Institution,
    school_class: object = None,
    course: object = None,
    plans: object = "",
    reason: object = "",
) -> Done[Learner]:
    """[GEN-2] [DUT-3] Let a learner change over. Plans that are open end here, so that the new school can begin its own
    for the same semester, or are finished here; what was never approved is withdrawn when plans end."""
    require(may_prepare_for(by, learner))
    standing = open_here(learner)
    refuse(closing_rules.plans_on_move(open_plans=len(standing), way=plans, reason=reason))
    if plans == PlansOnMove.END:
        for plan in standing:
            if plan.state in APPROVED:
                close_plan(by=by, plan=plan, outcome=EndOutcome.ENDED_EARLY, reason=reason)
            else:
                withdraw_plan(by=by, plan=plan)
    return change_school(
        by=by, learner=learner, institution=institution, school_class=school_class, course=course
    )
