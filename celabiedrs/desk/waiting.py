"""What waits for a person, worked out from states: one row, one action. Nothing is stored.

The same state stands in different words for each role: what is "waits for the expert" to a preparer is "decide" to
the expert.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from celabiedrs.contracts.checks import watched_at
from celabiedrs.hours.diary import diaries
from celabiedrs.hours.models import SheetState, Timesheet
from celabiedrs.hours.waiting import waits_of
from celabiedrs.lib import clock
from celabiedrs.lib.look import shown
from celabiedrs.pay.models import PayRun, RunState
from celabiedrs.pay.ready import desk_month
from celabiedrs.people.models import SCHOOL_STAFF, Post, Role, User
from celabiedrs.plans.access import plans_visible_to
from celabiedrs.plans.kinds import PlanState, QuestionSide, QuestionState
from celabiedrs.plans.models import Amendment, PlanQuestion, SupportPlan
from celabiedrs.registry.models import ChangeState, ProposedChange

MANY = 7  # more rows of one kind than this stand as one


@dataclass(frozen=True)
class Waits:
    """A row of the home page: what waits, a word more, where to go, and how pressing it is."""

    title: str
    text: str = ""
    url: str = ""
    label: str = ""
    tone: str = ""


def address(name: str, *args: object, query: str = "") -> str:
    """The address of a page; empty where the page is not part of this installation."""
    try:
        return reverse(name, args=args) + query
    except NoReverseMatch:
        return ""


def waits_for(user: User) -> list[Waits]:
    """Everything that waits for a person today, the most pressing first."""
    rows: list[Waits] = []
    if hasattr(user, "mentor"):
        rows.extend(_for_mentor(user))
    for post in user.posts_on():
        rows.extend(_for_post(user, post))
    order = {"red": 0, "amber": 1, "": 2, "green": 3}
    return sorted(dict.fromkeys(rows), key=lambda row: order.get(row.tone, 2))


def _for_post(user: User, post: Post) -> Iterator[Waits]:
    if post.role in SCHOOL_STAFF:
        yield from _checks(post)
        yield from _questions(QuestionSide.SCHOOL, Q(plan__institution=post.institution_id))
    match post.role:
        case Role.PREPARER:
            yield from _for_preparer(post)
        case Role.RESPONSIBLE_PERSON:
            yield from _for_responsible(post)
        case Role.PROJECT_EXPERT:
            yield from _for_expert(post)
        case Role.PAY_CLERK:
            yield from _for_clerk(post)
        case Role.HEAD:
            yield from _for_head(post)
        case Role.MUNICIPALITY_COORDINATOR:
            yield from _for_coordinator(user, post)
        case Role.PROGRAMME_ADMINISTRATOR:
            yield from _for_programme()


def _checks(post: Post) -> Iterator[Waits]:
    """Checks of mentors under contract that are missing, over or about to run out (MEN-4, MEN-5)."""
    employers = [post.institution_id] if post.institution_id is not None else []
    count = sum(row.is_pressing and row.under_contract for row in watched_at(employers))
    if count:
        yield Waits(
            ngettext(
                "%(count)s mentor's suitability checks run out",
                "%(count)s mentors' suitability checks run out",
                count,
            )
            % {"count": count},
            str(post.institution),
            address("contracts:checks"),
            _("Look"),
            "amber",
        )


def _questions(side: QuestionSide, plans: Q) -> Iterator[Waits]:
    """Questions that this side has to answer, and its own that were answered (DUT-8). No words of them."""
    rows = PlanQuestion.objects.filter(plans).select_related("plan__learner").order_by("asked_at", "pk")
    for question in rows.filter(state=QuestionState.OPEN).exclude(side=side):
        yield Waits(
            _("A question waits for an answer: %(name)s") % {"name": question.plan.learner.name},
            _("The mentor asks.") if side == QuestionSide.SCHOOL else _("The school asks."),
            address("plans:questions", question.plan.public_id),
            _("Answer"),
            "amber",
        )
    for question in rows.filter(state=QuestionState.ANSWERED, side=side):
        yield Waits(
            _("Your question was answered: %(name)s") % {"name": question.plan.learner.name},
            _("Read it and close the question."),
            address("plans:questions", question.plan.public_id),
            _("Read"),
        )


def _for_mentor(user: User) -> Iterator[Waits]:
    """The same things as on the mentor's own page "Today"; where they are many, one row a learner."""
    yield from _questions(QuestionSide.MENTOR, Q(plan__mentor=user.mentor))
    by_learner = [(diary, waits_of(diary)) for diary in diaries(user, user.mentor)]
    many = sum(len(waiting) for _diary, waiting in by_learner) > MANY
    for diary, waiting in by_learner:
        name = diary.plan.learner.name
        for wait in waiting[:1] if many else waiting:
            text, url, label = wait.text, wait.url, wait.label
            if many and len(waiting) > 1:
                text, url, label = (
                    _and_more(len(waiting) - 1),
                    address("hours:plan", diary.plan.public_id),
                    _("Look"),
                )
            yield Waits(f"{name}: {wait.title}", text, url, label, wait.tone)


def _and_more(count: int) -> str:
    return ngettext("and %(count)s thing more", "and %(count)s things more", count) % {"count": count}


def _for_preparer(post: Post) -> Iterator[Waits]:
    plans = (
        SupportPlan.objects.filter(institution=post.institution_id).select_related("learner").order_by("pk")
    )
    returned = list(plans.filter(state=PlanState.RETURNED).prefetch_related("decisions"))
    if len(returned) > MANY:
        yield Waits(
            ngettext(
                "The expert returned %(count)s plan", "The expert returned %(count)s plans", len(returned)
            )
            % {"count": len(returned)},
            "",
            address("plans:mine", query="?state=returned"),
            _("Open the list"),
            "red",
        )
    else:
        yield from (_returned(plan) for plan in returned)
    drafts = plans.filter(state=PlanState.DRAFT).count()
    if drafts:
        yield Waits(
            ngettext("%(count)s plan is being drafted", "%(count)s plans are being drafted", drafts)
            % {"count": drafts},
            "",
            address("plans:mine", query="?state=preparing"),
            _("Go on"),
        )
    waiting = plans.filter(state=PlanState.SUBMITTED).count()
    if waiting:
        yield Waits(
            ngettext("%(count)s plan waits for the expert", "%(count)s plans wait for the expert", waiting)
            % {"count": waiting},
            _("There is nothing to be done by you."),
            address("plans:mine", query="?state=submitted"),
            _("Look"),
            "green",
        )


def _returned(plan: SupportPlan) -> Waits:
    reasons = [decision.reason for decision in sorted(plan.decisions.all(), key=lambda each: each.at)]
    return Waits(
        _("The expert returned the plan of %(name)s") % {"name": plan.learner.name},
        reasons[-1] if reasons else "",
        address("plans:prepare", plan.public_id),
        _("Open the plan"),
        "red",
    )


def _months(sheets: object) -> list[tuple[date, int]]:
    counted = sheets.order_by("month").values("month").annotate(count=Count("pk"))  # type: ignore[attr-defined]
    return [(row["month"], row["count"]) for row in counted]


def _for_responsible(post: Post) -> Iterator[Waits]:
    of_school = Timesheet.objects.filter(plan__institution=post.institution_id)
    for month, count in _months(of_school.filter(state=SheetState.SUBMITTED)):
        yield Waits(
            ngettext(
                "%(month)s: %(count)s timesheet to verify", "%(month)s: %(count)s timesheets to verify", count
            )
            % {"month": shown.month(month), "count": count},
            _("The mentors' pay waits for it."),
            address("hours:close", query=f"?month={month:%Y-%m}"),
            _("Verify"),
            "amber",
        )
    late = of_school.filter(
        state__in=(SheetState.OPEN, SheetState.RETURNED), month__lt=clock.month_of(clock.today())
    )
    for month, count in _months(late):
        yield Waits(
            ngettext(
                "%(month)s: %(count)s timesheet is still with the mentor",
                "%(month)s: %(count)s timesheets are still with the mentors",
                count,
            )
            % {"month": shown.month(month), "count": count},
            _("There is nothing to be done by you."),
            address("hours:close", query=f"?month={month:%Y-%m}"),
            _("Look"),
        )


def _for_expert(post: Post) -> Iterator[Waits]:
    """The queue by age; a long one as a single row with the age of the oldest."""
    of_region = Q(institution__municipality__region=post.region_id)
    queue = SupportPlan.objects.filter(of_region, state=PlanState.SUBMITTED).select_related("institution")
    plans = list(queue.order_by("submitted_at", "pk"))
    if len(plans) > MANY:
        oldest = _day_of_waiting(plans[0])
        yield Waits(
            ngettext(
                "%(count)s plan waits for your decision", "%(count)s plans wait for your decision", len(plans)
            )
            % {"count": len(plans)},
            _("The oldest one: day %(days)s.") % {"days": oldest},
            address("plans:queue"),
            _("Open the queue"),
            "amber" if oldest > 3 else "",
        )
    else:
        for plan in plans:
            day = _day_of_waiting(plan)
            yield Waits(
                _("Decide on %(number)s, day %(days)s") % {"number": plan.number, "days": day},
                plan.institution.name,
                address("plans:decide", plan.public_id),
                _("Read and decide"),
                "amber" if day > 3 else "",
            )
    yield from _changes(post)


def _day_of_waiting(plan: SupportPlan) -> int:
    """Which day it waits for the expert, the first one counted."""
    return (clock.today() - clock.riga_day(plan.submitted_at)).days + 1 if plan.submitted_at else 1


def _changes(post: Post) -> Iterator[Waits]:
    changes = Amendment.objects.filter(
        plan__institution__municipality__region=post.region_id, decision=None, superseded=False
    ).select_related("plan__institution")
    for amendment in changes.order_by("proposed_at", "pk"):
        yield Waits(
            _("Decide on a change of %(number)s") % {"number": amendment.plan.number},
            amendment.plan.institution.name,
            address("plans:decide", amendment.plan.public_id),
            _("Read and decide"),
        )


def _for_clerk(post: Post) -> Iterator[Waits]:
    verified = Timesheet.objects.filter(
        employer=post.institution_id, state=SheetState.VERIFIED, settled_at=None
    )
    prepared = PayRun.objects.filter(employer=post.institution_id, state=RunState.PREPARED).values("month")
    for month, _count in _months(verified.exclude(month__in=prepared)):
        assert post.institution is not None  # a clerk's post is at one
        count = sum(len(mentor.sheets) for mentor in desk_month(post.institution, month).ready)
        if not count:  # what waits for the mentor's other timesheets is nothing to prepare (PAY-4)
            continue
        yield Waits(
            ngettext(
                "%(month)s: %(count)s verified timesheet is not in a run",
                "%(month)s: %(count)s verified timesheets are not in a run",
                count,
            )
            % {"month": shown.month(month), "count": count},
            "",
            address("pay:runs", query=f"?month={month:%Y-%m}"),
            _("Prepare the run"),
            "amber",
        )
    for run in PayRun.objects.filter(employer=post.institution_id, state=RunState.APPROVED).order_by("month"):
        yield Waits(
            _("%(month)s: the run is approved") % {"month": shown.month(run.month)},
            _("Hand it over to payroll."),
            address("pay:run", run.public_id),
            _("Open the run"),
            "amber",
        )


def _for_head(post: Post) -> Iterator[Waits]:
    for run in PayRun.objects.filter(employer=post.institution_id, state=RunState.PREPARED).order_by("month"):
        yield Waits(
            _("%(month)s: a pay run waits for approval") % {"month": shown.month(run.month)},
            "",
            address("pay:run", run.public_id),
            _("Look and approve"),
            "amber",
        )


def _for_coordinator(user: User, post: Post) -> Iterator[Waits]:
    plans = SupportPlan.objects.filter(plans_visible_to(user), institution__municipality=post.municipality_id)
    late = Timesheet.objects.filter(
        plan__in=plans.order_by().values("pk"),
        state__in=(SheetState.OPEN, SheetState.RETURNED),
        month__lt=clock.month_of(clock.today()),
    )
    for month, count in _months(late):
        yield Waits(
            ngettext(
                "%(month)s: %(count)s month is not submitted",
                "%(month)s: %(count)s months are not submitted",
                count,
            )
            % {"month": shown.month(month), "count": count},
            str(post.municipality),
            address("desk:plans"),
            _("Look"),
        )


def _for_programme() -> Iterator[Waits]:
    proposed = ProposedChange.objects.filter(state=ChangeState.PROPOSED).select_related("mentor__user")
    for change in proposed.order_by("proposed_at"):
        yield Waits(
            _("A mentor proposes a change of the entry: %(name)s") % {"name": change.mentor.name},
            "",
            address("registry:change", change.mentor.public_id),
            _("Look"),
            "amber",
        )
