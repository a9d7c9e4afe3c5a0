"""The ends of a school's plans together: those near their end or past it, and those lately closed."""

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce

from celabiedrs.closing.access import plans_listed_for
from celabiedrs.closing.reading.ends import EndStatus, near_end, standings
from celabiedrs.closing.workflow import END
from celabiedrs.lib import clock
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState

LATELY = timedelta(weeks=10)  # so long a closed plan stays among those of the semester


def ends_of(user: User, school: Institution | int) -> list[EndStatus]:
    """Of a school: live plans near their end or past it, and those closed lately; exceptions first."""
    plans = SupportPlan.objects.filter(plans_listed_for(user), institution=school).annotate(
        until=Coalesce("extended_until", "ends_on")
    )
    closed = Q(state=PlanState.ENDED, ended_at__gte=clock.now() - LATELY)
    found = (
        plans.filter(Q(state__in=END.sources) | closed)
        .select_related("learner", "mentor__user", "institution")
        .order_by("until", "learner__sort_name", "pk")
    )
    ended = [plan for plan in found if plan.state == PlanState.ENDED]
    live = [plan for plan in found if plan.state != PlanState.ENDED]
    return standings([*near_end(live, clock.today()), *ended])


def to_renew(rows: list[EndStatus]) -> list[EndStatus]:
    """Those that go on and whose next plan is not drafted yet, in the order of their learners' names."""
    return sorted((row for row in rows if row.wants_next), key=lambda row: row.by_name)


def to_speak_of(rows: list[EndStatus]) -> list[EndStatus]:
    """Those that lack the preparer's feedback (EVA-3), in the same order."""
    return sorted((row for row in rows if not row.feedback), key=lambda row: row.by_name)
