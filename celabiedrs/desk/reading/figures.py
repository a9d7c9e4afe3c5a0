"""Figures for those who steer: counts and sums, no person."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum

from celabiedrs.hours.models import Meeting
from celabiedrs.lib import clock
from celabiedrs.pay.models import PayLine, RunState
from celabiedrs.people.models import Role, User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.registry.models import TrainingCertificate
from celabiedrs.rules.parameters import at


@dataclass(frozen=True)
class Figures:
    """The programme, or a part of it, in numbers. Hours are academic; `spent` in euros; None where not shown."""

    plans: list[tuple[str, str, int]]  # state, its word, how many
    hours: int
    mentors: int | None = None
    mentors_planned: int | None = None
    spent: Decimal | None = None


def figures_for(user: User) -> Figures | None:
    """The totals that a person's posts show: of the programme, of a region, of a municipality."""
    places: dict[str, object] | None = None
    for post in user.posts_on():
        match post.role:
            case Role.PROGRAMME_ADMINISTRATOR:
                return _figures({}, whole=True)
            case Role.PROJECT_EXPERT:
                places = {"institution__municipality__region": post.region_id}
            case Role.MUNICIPALITY_COORDINATOR:
                places = {"institution__municipality": post.municipality_id}
    return _figures(places, whole=False) if places is not None else None


def _figures(places: dict[str, object], *, whole: bool) -> Figures:
    plans = SupportPlan.objects.filter(**places)
    by_state = dict(plans.order_by().values_list("state").annotate(Count("pk")))
    hours = Meeting.objects.held().filter(plan__in=plans.order_by().values("pk")).aggregate(Sum("hours"))
    counted = [(state.value, str(state.label), by_state.get(state, 0)) for state in PlanState]
    if not whole:
        return Figures(counted, hours["hours__sum"] or 0)
    spent = PayLine.objects.exclude(run__state=RunState.PREPARED).aggregate(Sum("amount"))
    return Figures(
        counted,
        hours["hours__sum"] or 0,
        mentors=TrainingCertificate.objects.count(),
        mentors_planned=int(at("trained_mentors", clock.today()).value),
        spent=spent["amount__sum"] or Decimal("0.00"),
    )
