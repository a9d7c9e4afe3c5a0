"""What waits for an expert: plans sent and changes of approved plans, the longest waiting first (IAP-1)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from celabiedrs.lib import clock
from celabiedrs.lib.audit.models import Look
from celabiedrs.people.models import Role, User
from celabiedrs.plans.models import Amendment, SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.plans.workflow import APPROVED

NEW, AGAIN, CHANGE = "new", "again", "change"
LATE_AFTER_DAYS = 3


@dataclass(frozen=True)
class Waiting:
    """A plan that waits, as what it waits and since when."""

    plan: SupportPlan
    kind: str
    since: datetime

    @property
    def days(self) -> int:
        """On which day of waiting it is, the first one counted."""
        return (clock.today() - clock.riga_day(self.since)).days + 1

    @property
    def late(self) -> bool:
        return self.days > LATE_AFTER_DAYS


def decides_on(user: User) -> Q:
    """Plans of the regions in which a person is the project's expert."""
    regions = [post.region_id for post in user.posts_on() if post.role == Role.PROJECT_EXPERT]
    return Q(institution__municipality__region__in=regions)


def queue_of(user: User) -> list[Waiting]:
    """Everything that waits for this expert. A plan stands in it once: it is either sent or approved and changing."""
    plans = SupportPlan.objects.filter(decides_on(user)).select_related(
        "learner", "institution__municipality"
    )
    rows = [
        Waiting(plan, AGAIN if plan.submitted_at != plan.first_submitted_at else NEW, plan.submitted_at)
        for plan in plans.filter(state=PlanState.SUBMITTED).order_by("pk")
        if plan.submitted_at is not None
    ]
    changes = Amendment.objects.filter(decision=None, superseded=False, plan__state__in=APPROVED)
    asked = dict(changes.order_by().values_list("plan", "proposed_at"))
    rows += [Waiting(plan, CHANGE, asked[plan.pk]) for plan in plans.filter(pk__in=asked).order_by("pk")]
    return sorted(rows, key=lambda row: (row.since, row.plan.pk))


def opened_by_expert(plan: SupportPlan) -> bool:
    """Whether an expert has looked at the plan since it was last sent."""
    looks = Look.objects.filter(thread=plan.public_id, role=Role.PROJECT_EXPERT)
    return plan.submitted_at is not None and looks.filter(at__gte=plan.submitted_at).exists()
