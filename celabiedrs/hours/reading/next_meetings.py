"""Planned meetings: which still stand before a mentor, and which passed without a word.

A planned one is over as soon as anything is written down of its day or a later one; nothing has to take it away.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet

from celabiedrs.hours.models import Meeting, NextMeeting
from celabiedrs.hours.reading.diary import PlanDiary
from celabiedrs.plans.words import PlanState


def standing(mentor: int) -> QuerySet[NextMeeting]:
    """A mentor's planned meetings of which nothing is written down yet."""
    return _unwritten().filter(mentor=mentor)


def with_next_meeting(found: Iterable[PlanDiary], mentor: int) -> list[PlanDiary]:
    """These diaries with their planned meetings."""
    planned = {each.plan_id: each for each in standing(mentor)}
    return [replace(diary, next_meeting=planned.get(diary.plan.pk)) for diary in found]


def missed(today: date) -> QuerySet[NextMeeting]:
    """Planned meetings of days past, of plans in force and still with this mentor, of which nothing is written down."""
    found = _unwritten().filter(planned_on__lt=today, plan__state=PlanState.ACTIVE, plan__mentor=F("mentor"))
    return found.select_related("plan__institution__municipality", "mentor").order_by("pk")


def _unwritten() -> QuerySet[NextMeeting]:
    written = Meeting.objects.standing().filter(
        plan=OuterRef("plan"), mentor=OuterRef("mentor"), held_on__gte=OuterRef("planned_on")
    )
    return NextMeeting.objects.filter(~Exists(written)).order_by("planned_on", "pk")
