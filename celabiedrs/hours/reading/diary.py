"""Where a mentor stands with each learner: months, hours, what is signed. Read in a handful of statements."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, OuterRef

from celabiedrs.hours.access import own_plans
from celabiedrs.hours.facts import version_of
from celabiedrs.hours.models import CooperationReview, NextMeeting, NoMeetings, SheetState, Timesheet
from celabiedrs.hours.workflow import WRITABLE
from celabiedrs.lib import clock
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.registry.models import Mentor
from celabiedrs.rules.calendar import month_end
from celabiedrs.rules.month import is_last_timesheet
from celabiedrs.rules.parameters import whole

SUMS = """
SELECT timesheet_id, count(*), coalesce(sum(hours) FILTER (WHERE outcome = 'held'), 0),
  count(*) FILTER (WHERE unsigned), coalesce(sum(hours) FILTER (WHERE unsigned), 0),
  count(*) FILTER (WHERE disputed_at IS NOT NULL), max(held_on) FILTER (WHERE outcome = 'held')
FROM (SELECT *, outcome = 'held' AND (learner_means = '' OR mentor_means = '') AS unsigned FROM hours_meeting) rows
WHERE plan_id = ANY(%(plans)s) AND mentor_id = %(mentor)s AND voided_at IS NULL
GROUP BY timesheet_id
"""
USED = """
SELECT learner_id, coalesce(sum(hours) FILTER (WHERE held_on >= %(this)s), 0),
  coalesce(sum(hours) FILTER (WHERE held_on < %(this)s), 0)
FROM hours_meeting
WHERE learner_id = ANY(%(learners)s) AND held_on >= %(last)s AND held_on < %(next)s AND voided_at IS NULL
  AND outcome = 'held'
GROUP BY learner_id
"""
"""In SQL, because a mentor's every page asks them."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What the standing rows of one timesheet come to."""

    rows: int = 0
    hours: int = 0
    unsigned: int = 0
    unsigned_hours: int = 0
    disputed: int = 0
    last_met: date | None = None


def sum_of(parts: Iterable[Sums]) -> Sums:
    """The sums of a month over its timesheets."""
    found = list(parts)
    return Sums(
        rows=sum(part.rows for part in found),
        hours=sum(part.hours for part in found),
        unsigned=sum(part.unsigned for part in found),
        unsigned_hours=sum(part.unsigned_hours for part in found),
        disputed=sum(part.disputed for part in found),
        last_met=max((part.last_met for part in found if part.last_met is not None), default=None),
    )


@dataclass(frozen=True)
class DiaryMonth:
    """One month of one mentor with one learner. Hours are academic, of held meetings that were not voided.

    `parts` are the timesheets that count now, one an employer: a supplement's where there is one. `empty_said`: the
    mentor's word that nobody met.
    """

    month: date
    last_day: date
    parts: tuple[Timesheet, ...] = ()
    rows: int = 0
    hours: int = 0
    unsigned: int = 0
    unsigned_hours: int = 0
    disputed: int = 0
    is_last: bool = False
    reviewed: bool = False
    empty_said: bool = False

    @property
    def sheet(self) -> Timesheet | None:
        return self.parts[0] if self.parts else None

    @property
    def version(self) -> int | None:
        return version_of(self.parts) if self.parts else None

    @property
    def settled_at(self) -> datetime | None:
        """When the first of its timesheets went into an approved run."""
        return min((part.settled_at for part in self.parts if part.settled_at is not None), default=None)

    @property
    def over(self) -> bool:
        """Whether it may be submitted as far as the calendar is concerned (LOG-11)."""
        return clock.today() > min(month_end(self.month), max(self.last_day, self.month))

    @property
    def writable(self) -> bool:
        return self.sheet is None or self.sheet.state in WRITABLE

    @property
    def needs_review(self) -> bool:
        """Whether it is the last one and lacks the review of the cooperation (LOG-12)."""
        return self.is_last and self.over and not self.reviewed and self.rows > 0 and self.writable

    @property
    def standing(self) -> str:
        """Where the month stands, as one word."""
        if self.sheet is not None and self.sheet.state == SheetState.VERIFIED:
            return "settled" if self.settled_at else "verified"
        if self.sheet is not None and self.sheet.state != SheetState.OPEN:
            return self.sheet.state
        if self.rows and self.over:
            return "review" if self.needs_review else "ready"
        if self.rows:
            return "running"
        if self.empty_said:
            return "none"
        return "silent" if self.over else "running"


@dataclass(frozen=True)
class PlanDiary:
    """A learner's plan as its mentor sees it. `used`: the learner's hours of this month over all mentors (TG-5)."""

    plan: SupportPlan
    since: date | None  # the first day on which this mentor could meet; None before the approval
    last_day: date
    left_at: datetime | None  # when another mentor took over
    limit: int
    months: tuple[DiaryMonth, ...] = ()
    last_met: date | None = None
    used: int = 0
    used_before: int = 0  # the same of the month before, and its limit
    limit_before: int = 0
    next_meeting: NextMeeting | None = None  # read where it is shown (next_meetings.beside)
    waits: list[Any] = field(default_factory=list)

    @property
    def left(self) -> int:
        return max(self.limit - self.used, 0)

    @property
    def days_ago(self) -> int | None:
        return (clock.today() - self.last_met).days if self.last_met else None

    @property
    def group(self) -> str:
        """`now` meetings can be held; `not_yet`; `over` (paused, ended, another mentor's, or its days are past)."""
        if self.plan.approved_at is None:
            return "not_yet"
        if self.left_at is not None or self.plan.state != PlanState.ACTIVE or clock.today() > self.last_day:
            return "over"
        return "now" if self.since is None or clock.today() >= self.since else "not_yet"

    @property
    def takes_rows(self) -> bool:
        """Whether some meeting could still be written down (of days before an end, too)."""
        return self.plan.approved_at is not None and self.plan.state != PlanState.WITHDRAWN

    def month(self, month: date) -> DiaryMonth | None:
        return next((each for each in self.months if each.month == month), None)


def diaries(user: User, mentor: Mentor, *, only: uuid.UUID | None = None) -> list[PlanDiary]:
    """Every plan by which the mentor stands or stood, ordered by the learner's name; with `only`, the one of that
    public id alone."""
    plans = SupportPlan.objects.filter(own_plans(user)).exclude(state=PlanState.WITHDRAWN)
    if only is not None:
        plans = plans.filter(public_id=only)
    found = list(
        plans.select_related("learner", "institution")
        .prefetch_related("assignments")
        .annotate(
            reviewed=Exists(CooperationReview.objects.filter(plan=OuterRef("pk"), mentor=mentor)),
            empty_months=ArraySubquery(
                NoMeetings.objects.filter(plan=OuterRef("pk"), mentor=mentor).values("month")
            ),
        )
        .order_by("learner__sort_name", "starts_on", "pk")
    )
    sheets = _sheets(found, mentor)
    sums = _sums(found, mentor)
    used = _used(found)
    return [
        _diary(
            plan,
            mentor,
            sheets[plan.pk],
            sums,
            reviewed=plan.reviewed,
            empty=plan.empty_months,
            used=used.get(plan.learner_id, (0, 0)),
        )
        for plan in found
    ]


def _sheets(plans: Iterable[SupportPlan], mentor: Mentor) -> dict[int, dict[date, tuple[Timesheet, ...]]]:
    """The sheets that count now, by plan and month: those of the latest supplement, one an employer."""
    sheets: dict[int, dict[date, tuple[Timesheet, ...]]] = defaultdict(dict)
    stored = Timesheet.objects.filter(plan__in=plans, mentor=mentor).select_related("employer")
    for sheet in stored.order_by("month", "supplement", "pk"):
        before = sheets[sheet.plan_id].get(sheet.month, ())
        same = tuple(part for part in before if part.supplement == sheet.supplement)
        sheets[sheet.plan_id][sheet.month] = (*same, sheet)
    return sheets


def _sums(plans: Iterable[SupportPlan], mentor: Mentor) -> dict[int, Sums]:
    """Rows, hours, unsigned and disputed rows of each timesheet."""
    with connection.cursor() as cursor:
        cursor.execute(SUMS, {"plans": [plan.pk for plan in plans], "mentor": mentor.pk})
        return {row[0]: Sums(*row[1:]) for row in cursor.fetchall()}


def _used(plans: Iterable[SupportPlan]) -> dict[int, tuple[int, int]]:
    """Hours of each learner in this month and in the one before, over all mentors and plans (TG-5)."""
    this = clock.month_of(clock.today())
    with connection.cursor() as cursor:
        cursor.execute(
            USED,
            {
                "learners": [plan.learner_id for plan in plans],
                "last": clock.month_of(date.fromordinal(this.toordinal() - 1)),
                "this": this,
                "next": clock.next_month(this),
            },
        )
        return {learner: (now, before) for learner, now, before in cursor.fetchall()}


def _diary(
    plan: SupportPlan,
    mentor: Mentor,
    sheets: dict[date, tuple[Timesheet, ...]],
    sums: dict[int, Sums],
    *,
    reviewed: bool,
    empty: list[date],
    used: tuple[int, int],
) -> PlanDiary:
    own = sorted(
        (one for one in plan.assignments.all() if one.mentor_id == mentor.pk), key=lambda one: one.since
    )
    since = _first_day(plan, own[0].since)
    left_at = own[-1].until
    ends = [plan.last_day]
    ends += [clock.riga_day(moment) for moment in (plan.ended_at, left_at) if moment is not None]
    last_day = min(ends)
    with_rows = [month for month, parts in sheets.items() if any(part.pk in sums for part in parts)]
    months = []
    for month in sorted({*_calendar(since, last_day), *sheets}):
        parts = sheets.get(month, ())
        row = sum_of(sums[part.pk] for part in parts if part.pk in sums)
        months.append(
            DiaryMonth(
                month=month,
                last_day=last_day,
                parts=parts,
                rows=row.rows,
                hours=row.hours,
                unsigned=row.unsigned,
                unsigned_hours=row.unsigned_hours,
                disputed=row.disputed,
                is_last=is_last_timesheet(
                    month=month,
                    last_day=last_day,
                    later=any(other > month for other in with_rows),
                    today=clock.today(),
                ),
                reviewed=reviewed,
                empty_said=month in empty,
            )
        )
    met = [sums[part.pk].last_met for parts in sheets.values() for part in parts if part.pk in sums]
    return PlanDiary(
        plan=plan,
        since=since,
        last_day=last_day,
        left_at=left_at,
        months=tuple(months),
        last_met=max((day for day in met if day is not None), default=None),
        used=used[0],
        limit=whole("learner_hours_per_month", clock.today()),
        used_before=used[1],
        limit_before=whole("learner_hours_per_month", clock.month_of(clock.today()) - timedelta(days=1)),
    )


def _first_day(plan: SupportPlan, attached_at: datetime) -> date | None:
    if plan.approved_at is None:
        return None
    return max(plan.starts_on, clock.riga_day(plan.approved_at), clock.riga_day(attached_at))


def _calendar(since: date | None, last_day: date) -> list[date]:
    """The months from the first day on to today, as far as meetings are possible."""
    months: list[date] = []
    until = min(last_day, clock.today())
    month = clock.month_of(since) if since else clock.next_month(until)
    while month <= until and len(months) < 24:
        months.append(month)
        month = clock.next_month(month)
    return months
