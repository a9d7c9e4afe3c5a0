"""Plans that follow another one of the same school and wait for their request, mentor and agreement (IAP-3)."""

from django.db.models import F, QuerySet

from celabiedrs.closing.access import plans_listed_for
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.workflow import PREPARED


def papers_to_file(user: User, school: Institution) -> QuerySet[SupportPlan]:
    """By the learners' names; those whose last mentor is known."""
    plans = SupportPlan.objects.filter(
        plans_listed_for(user),
        institution=school,
        state__in=PREPARED,
        mentor=None,
        previous__institution=F("institution"),
        previous__mentor__isnull=False,
    )
    return plans.select_related("learner", "institution__municipality", "previous__mentor__user").order_by(
        "learner__sort_name", "pk"
    )


def by_name(plan: SupportPlan) -> tuple[str, int]:
    """Where a plan stands in that order."""
    return plan.learner.sort_name, plan.pk
