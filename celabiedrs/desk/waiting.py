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

from celabiedrs.hours.models import Meeting, SheetState, Timesheet
from celabiedrs.lib import clock
from celabiedrs.lib.look import shown
from celabiedrs.pay.models import PayRun, RunState
from celabiedrs.people.models import Post, Role, User
from celabiedrs.plans.access import plans_visible_to
from celabiedrs.plans.kinds import PlanState
from celabiedrs.plans.models import Amendment, SupportPlan


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


def _for_mentor(user: User) -> Iterator[Waits]:
    mine = (
        Timesheet.objects.filter(mentor=user.mentor).select_related("plan__learner").order_by("month", "pk")
    )
    this_month = clock.month_of(clock.today())
    for sheet in mine.filter(state=SheetState.RETURNED):
        yield Waits(
            _("%(month)s came back: %(name)s")
            % {"month": shown.month(sheet.month), "name": sheet.plan.learner.name},
            sheet.returned_reason,
            address("hours:month", sheet.plan.public_id, f"{sheet.month:%Y-%m}"),
            _("Put it right"),
            "red",
        )
    for sheet in mine.filter(state=SheetState.OPEN, month__lt=this_month):
        yield Waits(
            _("%(month)s is ready to be submitted: %(name)s")
            % {"month": shown.month(sheet.month), "name": sheet.plan.learner.name},
            _("The pay for the month waits for it."),
            address("hours:month", sheet.plan.public_id, f"{sheet.month:%Y-%m}"),
            _("Check and submit"),
            "amber",
        )
    unsigned = Meeting.objects.held().filter(
        Q(learner_means="") | Q(mentor_means=""),
        mentor=user.mentor,
        timesheet__state__in=(SheetState.OPEN, SheetState.RETURNED),
    )
    count = unsigned.count()
    if count:
        yield Waits(
            ngettext(
                "%(count)s meeting without both signatures",
                "%(count)s meetings without both signatures",
                count,
            )
            % {"count": count},
            _("A meeting pays nothing until both have signed it."),
            address("hours:today"),
            _("Have it signed"),
            "amber",
        )


def _for_preparer(post: Post) -> Iterator[Waits]:
    plans = (
        SupportPlan.objects.filter(institution=post.institution_id).select_related("learner").order_by("pk")
    )
    for plan in plans.filter(state=PlanState.RETURNED):
        decision = plan.decisions.order_by("-at").first()
        yield Waits(
            _("The expert returned the plan of %(name)s") % {"name": plan.learner.name},
            decision.reason if decision else "",
            address("desk:plan", plan.public_id),
            _("Open the plan"),
            "red",
        )
    drafts = plans.filter(state=PlanState.DRAFT).count()
    if drafts:
        yield Waits(
            ngettext("%(count)s plan is being drafted", "%(count)s plans are being drafted", drafts)
            % {"count": drafts},
            "",
            address("desk:plans", query="?state=draft"),
            _("Go on"),
        )
    waiting = plans.filter(state=PlanState.SUBMITTED).count()
    if waiting:
        yield Waits(
            ngettext("%(count)s plan waits for the expert", "%(count)s plans wait for the expert", waiting)
            % {"count": waiting},
            _("There is nothing to be done by you."),
            address("desk:plans", query="?state=submitted"),
            _("Look"),
            "green",
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
    of_region = Q(institution__municipality__region=post.region_id)
    queue = SupportPlan.objects.filter(of_region, state=PlanState.SUBMITTED).select_related("institution")
    for plan in queue.order_by("submitted_at", "pk"):
        days = (clock.today() - clock.riga_day(plan.submitted_at)).days if plan.submitted_at else 0
        yield Waits(
            _("Decide on %(number)s, day %(days)s") % {"number": plan.number, "days": days + 1},
            plan.institution.name,
            address("desk:plan", plan.public_id),
            _("Open the plan"),
            "amber" if days >= 3 else "",
        )
    changes = Amendment.objects.filter(
        plan__institution__municipality__region=post.region_id, decision=None, superseded=False
    ).select_related("plan__institution")
    for amendment in changes.order_by("proposed_at", "pk"):
        yield Waits(
            _("Decide on a change of %(number)s") % {"number": amendment.plan.number},
            amendment.plan.institution.name,
            address("desk:plan", amendment.plan.public_id),
            _("Open the plan"),
        )


def _for_clerk(post: Post) -> Iterator[Waits]:
    verified = Timesheet.objects.filter(
        employer=post.institution_id, state=SheetState.VERIFIED, settled_at=None
    )
    prepared = PayRun.objects.filter(employer=post.institution_id, state=RunState.PREPARED).values("month")
    for month, count in _months(verified.exclude(month__in=prepared)):
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
