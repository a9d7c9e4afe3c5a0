"""Where the end of a plan stands: what is in, what is missing, how it goes on. For one plan and for forty alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from celabiedrs.closing.facts import asked_today, chain_lengths, evaluation_asked_since
from celabiedrs.closing.models import Continue, Evaluation, PlannedEnding, PreparerFeedback, WayOn
from celabiedrs.closing.workflow import END
from celabiedrs.hours.access import SHOWN_TO_SCHOOL
from celabiedrs.hours.models import CooperationReview, Meeting, SheetState, Timesheet
from celabiedrs.lib import clock
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.rules.breach import Caution
from celabiedrs.rules.closing import a_year

OUTCOME_OF = {
    WayOn.CONTINUE: "continued",
    WayOn.FINISH_WELL: "finished_well",
    WayOn.HAND_OVER: "handed_over",
}
"""How a plan ends whose way on was chosen."""


@dataclass(frozen=True)
class EndStatus:
    """The end of a plan as its school sees it. `hours` are those of months that the mentor has submitted (LOG-11)."""

    plan: SupportPlan
    months: int = 0
    verified: int = 0
    to_verify: int = 0
    hours: int = 0
    reviewed: bool = False
    evaluated: bool = False
    goes_on: str = ""
    feedback: bool = False
    way: str = ""
    following: SupportPlan | None = None
    length: int = 1
    asked_today: bool = False

    @property
    def planned(self) -> int:
        """Hours planned for the whole plan: so many a month, for each month that it touches."""
        since, until = self.plan.starts_on, self.plan.last_day
        return self.plan.hours_per_month * ((until.year - since.year) * 12 + until.month - since.month + 1)

    @property
    def by_name(self) -> tuple[str, int]:
        """Its place among others by the learner's name."""
        return self.plan.learner.sort_name, self.plan.pk

    @property
    def with_mentor(self) -> int:
        return self.months - self.verified - self.to_verify

    @property
    def live(self) -> bool:
        return self.plan.state in END.sources

    @property
    def asked(self) -> bool:
        """Whether the plan is near its end, or over (EVA-1)."""
        return not self.live or clock.today() >= evaluation_asked_since(self.plan)

    @property
    def over(self) -> bool:
        """Whether its last day has passed; on that day it can be closed, too."""
        return clock.today() > self.plan.last_day

    @property
    def closes_together(self) -> bool:
        """Whether it can be closed with others without a further word (DUT-3, LOG-12)."""
        reviewed = self.reviewed or self.way == WayOn.HAND_OVER or not self.months
        ready = self.live and self.evaluated and bool(self.way) and reviewed
        return ready and clock.today() >= self.plan.last_day

    @property
    def wants_next(self) -> bool:
        """Whether it was decided to go on and the next plan is not drafted yet (IAP-3)."""
        return self.way == WayOn.CONTINUE and self.following is None

    @property
    def tone(self) -> str:
        if not self.live:
            return "amber" if self.wants_next else "grey"
        if self.closes_together:
            return "green"
        return "red" if self.over else "amber"

    @property
    def goes_on_words(self) -> str:
        return str(Continue(self.goes_on).label) if self.goes_on else ""

    @property
    def way_words(self) -> str:
        return str(WayOn(self.way).label) if self.way else ""

    @property
    def year_advised(self) -> list[Caution]:
        """[IAP-4] The reminder at the end of the first plan, while nothing goes on from it."""
        if self.way == WayOn.CONTINUE or self.following is not None:
            return []
        found = a_year(length=self.length, semester=self.plan.semester, class_year=self.plan.class_year)
        return [finding for finding in found if isinstance(finding, Caution)]


def standing_of(plan: SupportPlan) -> EndStatus:
    return standings([plan])[0]


def standings(plans: Iterable[SupportPlan]) -> list[EndStatus]:
    """Of each plan where its end stands, in a fixed number of statements; the most pressing first."""
    found = list(plans)
    keys = [plan.pk for plan in found]
    months = _months(keys)
    hours = _hours(keys)
    said = _said(found)
    unreviewed = _unreviewed(found)
    feedback = set(PreparerFeedback.objects.filter(plan__in=keys).values_list("plan", flat=True))
    ways = dict(PlannedEnding.objects.filter(plan__in=keys).values_list("plan", "way"))
    following = _following(keys)
    lengths, asked = chain_lengths(found), asked_today(found)
    rows = [
        EndStatus(
            plan=plan,
            **months.get(plan.pk, {}),
            hours=hours.get(plan.pk, 0),
            reviewed=not unreviewed.get(plan.pk),
            evaluated=plan.pk in said,
            goes_on=said.get(plan.pk, ""),
            feedback=plan.pk in feedback,
            way=ways.get(plan.pk, ""),
            following=following.get(plan.pk),
            length=lengths[plan.pk],
            asked_today=str(plan.public_id) in asked,
        )
        for plan in found
    ]
    order = {"red": 0, "amber": 1, "green": 2, "grey": 3}
    return sorted(rows, key=lambda row: (order[row.tone], row.plan.last_day))


def _unreviewed(plans: list[SupportPlan]) -> dict[int, set[int]]:
    """Of each plan the mentors who owe the review of the cooperation: everyone who met the learner, and the mentor of
    now (LOG-12)."""
    owing = {plan.pk: {plan.mentor_id} - {None} for plan in plans}
    for plan, mentor in set(_pairs(Meeting.objects.held().filter(plan__in=owing).order_by())):
        owing[plan].add(mentor)
    for plan, mentor in _pairs(CooperationReview.objects.filter(plan__in=owing)):
        owing[plan].discard(mentor)
    return {plan: {mentor for mentor in found if mentor is not None} for plan, found in owing.items()}


def _pairs(rows: object) -> list[tuple[int, int]]:
    return list(rows.values_list("plan", "mentor").distinct())  # type: ignore[attr-defined]


def _months(keys: list[int]) -> dict[int, dict[str, int]]:
    """Months with rows: how many, verified, and waiting for the school."""
    sheets = Timesheet.objects.filter(plan__in=keys, meetings__isnull=False, meetings__voided_at=None)
    counted = (
        sheets.order_by("plan")
        .values("plan")
        .annotate(
            months=Count("pk", distinct=True),
            verified=Count("pk", distinct=True, filter=Q(state=SheetState.VERIFIED)),
            to_verify=Count("pk", distinct=True, filter=Q(state=SheetState.SUBMITTED)),
        )
    )
    return {row["plan"]: {name: row[name] for name in ("months", "verified", "to_verify")} for row in counted}


def _hours(keys: list[int]) -> dict[int, int]:
    held = Meeting.objects.held().filter(plan__in=keys, timesheet__state__in=SHOWN_TO_SCHOOL)
    return dict(held.order_by("plan").values("plan").annotate(sum=Sum("hours")).values_list("plan", "sum"))


def _said(plans: list[SupportPlan]) -> dict[int, str]:
    """Whether to go on, of each plan that its mentor of now has evaluated; of one without a mentor, anybody's word."""
    mentors = {plan.pk: plan.mentor_id for plan in plans}
    rows = Evaluation.objects.filter(plan__in=mentors).order_by("pk").values_list("plan", "mentor", "goes_on")
    return {plan: goes_on for plan, mentor, goes_on in rows if mentors[plan] in (None, mentor)}


def _following(keys: list[int]) -> dict[int, SupportPlan]:
    """The plan that followed each, if one was drafted and not withdrawn."""
    plans = SupportPlan.objects.filter(previous__in=keys).exclude(state=PlanState.WITHDRAWN)
    return {plan.previous_id: plan for plan in plans.order_by("pk") if plan.previous_id is not None}


def near_end(plans: Iterable[SupportPlan], today: date) -> list[SupportPlan]:
    """Of live plans those whose end is near or past (EVA-1)."""
    return [plan for plan in plans if today >= evaluation_asked_since(plan)]
