"""What waits around meetings and months, worked out from states: one row, one action. Nothing of it is stored."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from celabiedrs.hours.models import SheetState, Timesheet
from celabiedrs.hours.reading.diary import DiaryMonth, PlanDiary, diaries
from celabiedrs.lib import clock
from celabiedrs.lib.look import shown
from celabiedrs.lib.look.waits import MANY, Waits, address
from celabiedrs.people.models import Post, Role, User
from celabiedrs.plans.access import plans_visible_to
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState


def waits(user: User) -> Iterator[Waits]:
    if hasattr(user, "mentor"):
        yield from _for_mentor(user)
    for post in user.posts_on():
        if post.role == Role.RESPONSIBLE_PERSON:
            yield from _for_responsible(post)
        elif post.role == Role.MUNICIPALITY_COORDINATOR:
            yield from _for_coordinator(user, post)


def _for_mentor(user: User) -> Iterator[Waits]:
    """The same things as on the mentor's own page "Today"; where they are many, one row a learner."""
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


def waits_of(diary: PlanDiary) -> list[Waits]:
    """What waits with one learner, the most pressing first."""
    found = [wait for month in diary.months for wait in _of_month(diary, month)]
    order = {"red": 0, "amber": 1, "green": 2}
    return sorted(found, key=lambda wait: order[wait.tone])


def _of_month(diary: PlanDiary, month: DiaryMonth) -> Iterator[Waits]:
    url = reverse("hours:month", args=[diary.plan.public_id, month.month])
    named = {"month": shown.month(month.month)}
    if not month.writable:
        return
    if month.standing == "returned" and month.sheet is not None:
        title = _("Returned: %(month)s") % named
        yield Waits(title=title, url=url, label=_("Correct"), tone="red", text=month.sheet.returned_reason)
    yield from _signatures(month, url)
    if month.needs_review:
        yield Waits(
            title=_("The review of the cooperation is missing"),
            url=reverse("closing:review", args=[diary.plan.public_id]),
            label=_("Write it"),
            tone="amber",
        )
    if month.standing == "ready":
        yield Waits(
            title=_("Can be submitted: %(month)s") % named, url=url, label=_("Look and submit"), tone="green"
        )
    if month.standing == "silent" and diary.plan.state != PlanState.SUSPENDED:
        yield Waits(
            title=_("Nothing written down: %(month)s") % named,
            url=url,
            label=_("Say what happened"),
            tone="amber",
        )


def _signatures(month: DiaryMonth, url: str) -> Iterator[Waits]:
    """Rows that the learner calls not right, and rows that are not signed (LOG-7)."""
    if month.disputed:
        yield Waits(
            title=ngettext(
                "%(n)s meeting the learner calls not right",
                "%(n)s meetings the learner calls not right",
                month.disputed,
            )
            % {"n": month.disputed},
            url=url,
            label=_("Look"),
            tone="red",
            text=shown.month(month.month),
        )
    unsigned = month.unsigned - month.disputed
    if unsigned > 0:
        yield Waits(
            title=ngettext("%(n)s meeting without signatures", "%(n)s meetings without signatures", unsigned)
            % {"n": unsigned},
            url=url,
            label=_("Sign"),
            tone="amber",
            text=shown.month(month.month),
        )


def counted_by_month(sheets: object) -> list[tuple[date, int]]:
    """How many timesheets of each month there are, the oldest month first."""
    counted = sheets.order_by("month").values("month").annotate(count=Count("pk"))  # type: ignore[attr-defined]
    return [(row["month"], row["count"]) for row in counted]


def _for_responsible(post: Post) -> Iterator[Waits]:
    of_school = Timesheet.objects.filter(plan__institution=post.institution_id)
    for month, count in counted_by_month(of_school.filter(state=SheetState.SUBMITTED)):
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
    for month, count in counted_by_month(late):
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


def _for_coordinator(user: User, post: Post) -> Iterator[Waits]:
    plans = SupportPlan.objects.filter(plans_visible_to(user), institution__municipality=post.municipality_id)
    late = Timesheet.objects.filter(
        plan__in=plans.order_by().values("pk"),
        state__in=(SheetState.OPEN, SheetState.RETURNED),
        month__lt=clock.month_of(clock.today()),
    )
    for month, count in counted_by_month(late):
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
