"""The mentor's first page, and the months of one plan."""

import uuid
from datetime import date

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from celabiedrs.hours.access import own_rows
from celabiedrs.hours.models import Meeting
from celabiedrs.hours.reading.diary import PlanDiary, diaries
from celabiedrs.hours.reading.next_meetings import with_next_meeting
from celabiedrs.hours.waiting import waits_of
from celabiedrs.lib import clock
from celabiedrs.lib.look import shown
from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn
from celabiedrs.places.models import Break, BreakKind
from celabiedrs.registry.models import Mentor


def mentor_of(request: SignedIn) -> Mentor:
    """The mentor who is looking; for everybody else these pages are not there."""
    try:
        return request.user.mentor  # kept on the user: the page's head asks for it again
    except Mentor.DoesNotExist:
        raise Http404 from None


def diary_of(request: SignedIn, public_id: uuid.UUID) -> PlanDiary:
    """The diary of one own plan; a withdrawn one has none."""
    found = diaries(request.user, mentor_of(request), only=public_id)
    if not found:
        raise Http404
    return found[0]


@require_safe
def today(request: SignedIn) -> HttpResponse:
    """My learners: hours left this month, last met, what waits."""
    mentor = mentor_of(request)
    found = with_next_meeting(diaries(request.user, mentor), mentor.pk)
    for diary in found:
        diary.waits.extend(waits_of(diary))
    now = [diary for diary in found if diary.group == "now"]
    past = [diary for diary in found if diary.group == "over"]
    return page(
        request,
        "hours/today.html",
        day=clock.today(),
        month_label=month_name_in(clock.today()),
        now=now,
        not_yet=[diary for diary in found if diary.group == "not_yet"],
        over=[diary for diary in past if diary.waits or _lately(diary)],
        own_hours=sum(
            month.hours for diary in found for month in diary.months if month.month == _this_month()
        ),
    )


def month_name_in(day: date) -> str:
    """Oktobrī, without the year: beside a meter there is little room and no doubt."""
    return (
        shown.MONTHS_EN[day.month - 1] if shown.english() else shown.MONTHS_LV_IN[day.month - 1].capitalize()
    )


def _this_month() -> object:
    return clock.month_of(clock.today())


def _lately(diary: PlanDiary) -> bool:
    """Whether it ended in the last two months, or is only paused: still worth seeing."""
    return diary.plan.suspended_at is not None or (clock.today() - diary.last_day).days <= 62


@require_safe
def plan(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The months of one learner's plan."""
    (diary,) = with_next_meeting([diary_of(request, public_id)], mentor_of(request).pk)
    rows = Meeting.objects.held().filter(own_rows(request.user), plan=diary.plan)
    since, until = diary.plan.starts_on, diary.plan.last_day
    breaks = Break.objects.filter(since__lte=until, until__gte=since).order_by("since")
    return page(
        request,
        "hours/plan.html",
        diary=diary,
        plan=diary.plan,
        months=list(reversed(diary.months)),
        met_on=list(rows.order_by("held_on").values_list("held_on", flat=True)),
        breaks=[(each.since, each.until, BreakKind(each.kind).label) for each in breaks],
        today=clock.today(),
        since=since,
        until=until,
    )
