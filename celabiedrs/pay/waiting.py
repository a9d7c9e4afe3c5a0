"""What waits for those who prepare and approve the pay (PAY-4)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from celabiedrs.hours.models import SheetState, Timesheet
from celabiedrs.hours.waiting import counted_by_month
from celabiedrs.lib.look import shown
from celabiedrs.lib.look.waits import Waits, address
from celabiedrs.pay.models import PayRun, RunState
from celabiedrs.pay.reading.desk import desk_month
from celabiedrs.people.models import Post, Role, User


def waits(user: User) -> Iterator[Waits]:
    for post in user.posts_on():
        if post.role == Role.PAY_CLERK:
            yield from _for_clerk(post)
        elif post.role == Role.HEAD:
            yield from _for_head(post)


def _for_clerk(post: Post) -> Iterator[Waits]:
    verified = Timesheet.objects.filter(
        employer=post.institution_id, state=SheetState.VERIFIED, settled_at=None
    )
    prepared = PayRun.objects.filter(employer=post.institution_id, state=RunState.PREPARED).values("month")
    for month, _count in counted_by_month(verified.exclude(month__in=prepared)):
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
