"""With which mentors a school has talked this month, and with which not yet (DUT-6). Days, never a word of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce

from celabiedrs.lib import clock
from celabiedrs.plans.models import MonthlyTalk, SupportPlan
from celabiedrs.plans.words import PlanState

REMINDED = timedelta(days=7)
"""So long before a month ends the home page asks for the talks that are missing."""


@dataclass(frozen=True)
class TalkPair:
    """A mentor and a learner in one month: the days on which school and mentor talked in it, and the last one ever."""

    plan: SupportPlan
    days: tuple[date, ...]
    last: date | None
    asked: bool

    @property
    def missing(self) -> bool:
        return self.asked and not self.days


def talk_pairs(institutions: Iterable[int], month: date) -> list[TalkPair]:
    """The pairs of a month by mentor: also those that did not meet in it (DUT-6)."""
    after = clock.next_month(month)
    plans = list(
        SupportPlan.objects.filter(
            Q(ended_at=None) | Q(ended_at__gte=clock.moment_of(month, time.min)),
            institution__in=list(institutions),
            state__in=(PlanState.ACTIVE, PlanState.SUSPENDED, PlanState.ENDED),
            mentor__isnull=False,
            starts_on__lt=after,
        )
        .annotate(over=Coalesce("extended_until", "ends_on"))
        .filter(over__gte=month)
        .select_related("learner", "mentor__user", "institution")
        .order_by("mentor__user__sort_name", "learner__sort_name", "pk")
    )
    days: dict[int, list[date]] = {}
    talks = MonthlyTalk.objects.filter(plan__in=plans).order_by("talked_on")
    for plan_id, day in talks.values_list("plan", "talked_on"):
        days.setdefault(plan_id, []).append(day)
    return [_pair(plan, days.get(plan.pk, []), month) for plan in plans]


def _pair(plan: SupportPlan, days: list[date], month: date) -> TalkPair:
    of_month = tuple(dict.fromkeys(day for day in days if clock.month_of(day) == month))
    return TalkPair(plan, of_month, days[-1] if days else None, plan.state == PlanState.ACTIVE)


def month_nears_its_end(today: date) -> bool:
    return clock.next_month(clock.month_of(today)) - today <= REMINDED
