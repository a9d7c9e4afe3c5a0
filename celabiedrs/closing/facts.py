"""What the end of a plan asks of the tables."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from celabiedrs.closing.models import Evaluation, QuestionSet, ReviewExcuse
from celabiedrs.hours.actions.months import is_last
from celabiedrs.hours.models import CooperationReview, Meeting, SheetState, Timesheet
from celabiedrs.hours.workflow import WRITABLE
from celabiedrs.lib import clock
from celabiedrs.lib.outbox.models import Message
from celabiedrs.lib.signing.models import Means
from celabiedrs.plans.models import MentorAssignment, SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.registry.models import Mentor
from celabiedrs.rules.closing import evaluation_opens_on


def is_evaluated(plan: SupportPlan) -> bool:
    """Whether the mentor who stands by the plan has evaluated it; after a change the former one's does not do."""
    evaluations = Evaluation.objects.filter(plan=plan)
    return (evaluations if plan.mentor_id is None else evaluations.filter(mentor=plan.mentor_id)).exists()


def evaluation_asked_since(plan: SupportPlan) -> date:
    """The day from which the mentor is asked to evaluate (EVA-1); it is taken at any time."""
    return evaluation_opens_on(plan.last_day)


def questions_in_force() -> QuestionSet | None:
    """The wording of the five questions that holds today."""
    return QuestionSet.objects.filter(since__lte=clock.today()).order_by("-since", "-version").first()


def unreviewed_mentors(plan: SupportPlan) -> int:
    """How many mentors met the learner and have not written their review of the cooperation (LOG-12)."""
    met = Meeting.objects.held().filter(plan=plan).order_by().values_list("mentor", flat=True).distinct()
    return len(set(met) - set(plan.reviews.values_list("mentor", flat=True)))


def is_reviewed(plan: SupportPlan, mentor: Mentor) -> bool:
    return plan.reviews.filter(mentor=mentor).exists()


def reviewed_or_excused(plans: Iterable[SupportPlan], mentor: Mentor) -> set[int]:
    """The plans whose review by this mentor is written, or, where they are closed, cannot be had."""
    found = list(plans)
    written = CooperationReview.objects.filter(plan__in=found, mentor=mentor)
    excused = ReviewExcuse.objects.filter(plan__in=found, mentor=mentor, plan__state=PlanState.ENDED)
    return {*written.values_list("plan", flat=True), *excused.values_list("plan", flat=True)}


def mentors_without_review(plan: SupportPlan) -> list[Mentor]:
    """Mentors with a timesheet of the plan whose review is neither written nor excused (LOG-12)."""
    done = {
        *plan.reviews.values_list("mentor", flat=True),
        *plan.review_excuses.values_list("mentor", flat=True),
    }
    met = Meeting.objects.held().filter(plan=plan).exclude(mentor__in=done).order_by().values("mentor")
    return list(Mentor.objects.filter(pk__in=met).select_related("user").order_by("user__sort_name", "pk"))


def review_is_closed(plan: SupportPlan, mentor: Mentor) -> bool:
    """Whether the sheet that carries this mentor's review has left their hands (LOG-12)."""
    sheet = (
        Timesheet.objects.filter(plan=plan, mentor=mentor)
        .select_related("plan", "mentor")
        .order_by("-month", "-supplement")
        .first()
    )
    return sheet is not None and sheet.state not in WRITABLE and is_last(sheet)


def last_sheet_in_hand(plan: SupportPlan, mentor: Mentor) -> Timesheet | None:
    """The latest timesheet that the mentor has not submitted yet, or has back."""
    sheets = Timesheet.objects.filter(plan=plan, mentor=mentor, state__in=WRITABLE)
    return sheets.order_by("-month", "-supplement").first()


def last_day_with(plan: SupportPlan, mentor: Mentor) -> date:
    """The last day on which this mentor could meet on the plan."""
    return last_days_with([plan], mentor)[plan.pk]


def last_days_with(plans: Iterable[SupportPlan], mentor: Mentor) -> dict[int, date]:
    """The same of many, in one statement."""
    stood = MentorAssignment.objects.filter(plan__in=plans, mentor=mentor).order_by("since", "pk")
    until = dict(stood.values_list("plan", "until"))
    return {plan.pk: _last_day(plan, until.get(plan.pk)) for plan in plans}


def _last_day(plan: SupportPlan, left_at: datetime | None) -> date:
    moments = [moment for moment in (plan.ended_at, left_at) if moment is not None]
    return min([plan.last_day, *map(clock.riga_day, moments)])


def listed_sheets(plan: SupportPlan, mentor: Mentor) -> list[dict[str, object]]:
    """The verified timesheets of a mentor on a plan, as an act of handing over lists them: no name, no topic.

    `paper`: signed in ink in at least one row, so that there is a sheet of paper to be handed over.
    """
    return listed_by_plan([plan], mentor)[plan.pk]


def listed_by_plan(plans: Iterable[SupportPlan], mentor: Mentor) -> dict[int, list[dict[str, object]]]:
    """The same of many, in one statement."""
    rows = Meeting.objects.filter(timesheet=OuterRef("pk")).order_by()
    hours = rows.held().values("timesheet").annotate(sum=Sum("hours")).values("sum")
    sheets = (
        Timesheet.objects.filter(plan__in=plans, mentor=mentor, state=SheetState.VERIFIED)
        .annotate(held=Coalesce(Subquery(hours), 0), inked=Exists(rows.standing().filter(signed_in_ink())))
        .order_by("month", "supplement")
    )
    found: dict[int, list[dict[str, object]]] = {plan.pk: [] for plan in plans}
    for sheet in sheets:
        found[sheet.plan_id].append(
            {
                "code": sheet.code,
                "month": sheet.month.isoformat(),
                "supplement": sheet.supplement,
                "hours": sheet.held,
                "state": sheet.state,
                "paper": sheet.inked,
            }
        )
    return found


def signed_in_ink() -> Q:
    """Meetings that somebody signed on paper."""
    return Q(learner_means=Means.PAPER) | Q(mentor_means=Means.PAPER)


def unverified_months(plan: SupportPlan, mentor: Mentor) -> tuple[date, ...]:
    """The months whose timesheets wait to be verified, one for each sheet; one whose rows are all voided waits for
    nobody."""
    return unverified_by_plan([plan], mentor)[plan.pk]


def unverified_by_plan(plans: Iterable[SupportPlan], mentor: Mentor) -> dict[int, tuple[date, ...]]:
    """The same of many, in one statement."""
    waiting = Timesheet.objects.filter(
        plan__in=plans, mentor=mentor, meetings__voided_at=None, meetings__isnull=False
    ).exclude(state=SheetState.VERIFIED)
    found: dict[int, tuple[date, ...]] = {plan.pk: () for plan in plans}
    for sheet in waiting.order_by("month", "supplement").distinct():
        found[sheet.plan_id] += (sheet.month,)
    return found


def chain(plan: SupportPlan) -> list[SupportPlan]:
    """The plan and those that it followed, the first one first (IAP-3)."""
    plans = [plan]
    while (before := plans[0].previous) is not None:
        plans.insert(0, before)
    return plans


def asked_today(plans: Iterable[SupportPlan]) -> set[str]:
    """Public ids of those plans whose mentor the school has asked for the evaluation today; once a day is enough."""
    start = clock.moment_of(clock.today(), time.min)
    asked = Message.objects.filter(kind="evaluation_asked", created_at__gte=start)
    ids = [str(plan.public_id) for plan in plans]
    return set(asked.filter(context__plan__in=ids).values_list("context__plan", flat=True))


def chain_lengths(plans: list[SupportPlan]) -> dict[int, int]:
    """How many plans in a row each is, itself counted; two are a year of mentoring (IAP-4)."""
    before = {plan.pk: plan.previous_id for plan in plans}
    wanted = {key for key in before.values() if key is not None} - set(before)
    while wanted:
        rows = dict(SupportPlan.objects.filter(pk__in=wanted).order_by("pk").values_list("pk", "previous"))
        before |= rows
        wanted = {key for key in rows.values() if key is not None} - set(before)

    def length(key: int | None) -> int:
        return 0 if key is None else 1 + length(before.get(key))

    return {plan.pk: length(plan.pk) for plan in plans}
