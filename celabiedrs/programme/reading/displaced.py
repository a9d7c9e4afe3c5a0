"""Meetings that a change of the calendar would leave outside their semester (CAL-2).

Nothing is cut off silently: who changes a date sees them first. The meetings stay as they are and stay payable.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from celabiedrs.hours.models import Meeting, SheetState
from celabiedrs.places.models import Institution, Semester, SemesterOverride
from celabiedrs.rules.calendar import ClassGroup

PASSED = (SheetState.VERIFIED,)


@dataclass(frozen=True)
class Span:
    """First and last day."""

    since: date
    until: date


@dataclass(frozen=True)
class Outside:
    """The meetings, oldest first, and a mark that changes with them."""

    meetings: Sequence[Meeting]
    mark: str

    @property
    def hours(self) -> int:
        return sum(meeting.hours for meeting in self.meetings)

    @property
    def verified(self) -> int:
        """How many of them the school has verified already."""
        return sum(1 for meeting in self.meetings if meeting.timesheet.state in PASSED)


def of_semester(row: Semester, new: Span) -> Outside:
    """What a correction of one class group's dates leaves outside; schools with a semester of their own are not
    touched."""
    own = SemesterOverride.objects.filter(year=row.year, number=row.number, succeeded_at=None)
    return _outside(
        Span(row.since, row.until),
        new,
        _stage(ClassGroup(row.group)) & ~Q(plan__institution__in=own.values("institution")),
    )


def of_school(school: Institution, old: Sequence[Span], new: Span) -> Outside:
    """What a school's own dates leave outside. `old`: the semester's dates there until now, of each class group."""
    if not old:
        return _outside(new, new, Q())
    widest = Span(min(span.since for span in old), max(span.until for span in old))
    return _outside(widest, new, Q(plan__institution=school))


def _stage(group: ClassGroup) -> Q:
    """Meetings of plans whose class has the dates of a group; courses without own dates have those of classes 1–8."""
    match group:
        case ClassGroup.CLASS_9:
            return Q(plan__class_year=9)
        case ClassGroup.CLASS_12:
            return Q(plan__class_year=12)
        case ClassGroup.VOCATIONAL:
            return Q(plan__course_year__isnull=False)
    return ~Q(plan__class_year__in=(9, 12)) | Q(plan__class_year=None)


def _outside(old: Span, new: Span, whose: Q) -> Outside:
    left = Q(held_on__range=(old.since, old.until)) & ~Q(held_on__range=(new.since, new.until))
    known = Meeting.objects.standing().filter(left, whose)
    meetings = list(
        known.select_related("plan__institution", "timesheet").order_by("held_on", "starts_at", "pk")
    )
    told = f"{new.since} {new.until} {[(row.pk, row.timesheet.state) for row in meetings]}"
    return Outside(meetings, hashlib.sha256(told.encode()).hexdigest()[:32])
