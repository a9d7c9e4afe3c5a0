"""What is in force on a plan, as a person who may see it is shown it."""

from typing import Any

from celabiedrs.people.models import User
from celabiedrs.plans.access import story_visible_to
from celabiedrs.plans.models import SupportPlan


def plan_in_force(plan: SupportPlan) -> dict[str, Any]:
    """State, module, hours a month and dates that are in force; what waits for the expert is not among them."""
    return {
        "state": plan.state,
        "module": plan.module,
        "hours_per_month": plan.hours_per_month,
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
    }


def may_read_story(user: User, plan: SupportPlan) -> bool:
    """Whether the learner, the situation and the agreement are theirs to read: one truth, the scope's."""
    return SupportPlan.objects.filter(story_visible_to(user), pk=plan.pk).exists()
