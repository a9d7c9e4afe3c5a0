"""The month close by exception: every mentor's month with a learner, and where each stands (LOG-11, DUT-1).

`load_month` fetches a school's month in a fixed number of statements; the rules are asked about what was loaded.
Rows of a month that is still with its mentor are never loaded (LOG-11).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby

from django.db.models import Count, F, Prefetch, Q, Sum, prefetch_related_objects

from celabiedrs.contracts.facts import obstacles_of_mentors
from celabiedrs.hours.access import SHOWN_TO_SCHOOL
from celabiedrs.hours.facts import version_of
from celabiedrs.hours.models import Meeting, MeetingSignature, NoMeetings, SheetState, Timesheet
from celabiedrs.hours.reading.marks import Mark, held_rows, paper_rows, sheet_marks
from celabiedrs.lib import clock
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution
from celabiedrs.plans.models import MentorAssignment
from celabiedrs.rules.close import AMBER, GREEN, RED
from celabiedrs.rules.obstacles import Obstacle
from celabiedrs.rules.parameters import whole


@dataclass(frozen=True)
class Pair:
    """A mentor's month with a learner as the school sees it: its timesheets, one an employer. Hours are academic;
    `learner_hours` are the learner's hours of the month over all mentors, as far as their months were submitted."""

    parts: tuple[Timesheet, ...]
    rows: tuple[Meeting, ...]
    marks: tuple[Mark, ...]
    meetings: int
    hours: int
    signed_hours: int
    paper_hours: int
    any_paper: bool
    learner_hours: int
    limit: int
    own: bool = False  # the viewer is, or was, this plan's mentor
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def sheet(self) -> Timesheet:
        return self.parts[0]

    @property
    def version(self) -> int:
        return version_of(self.parts)

    @property
    def settled(self) -> bool:
        """Whether one of its timesheets lies in an approved run, so that the month is not opened again."""
        return any(part.settled_at is not None for part in self.parts)

    @property
    def employers(self) -> tuple[str, ...]:
        return tuple(part.employer.name for part in self.parts)

    @property
    def waits(self) -> bool:
        return self.sheet.state == SheetState.SUBMITTED

    @property
    def tone(self) -> str:
        tones = {mark.tone for mark in self.marks}
        return RED if RED in tones else AMBER if AMBER in tones else GREEN

    @property
    def asks_sum_only(self) -> bool:
        """Whether the only red thing is the sum of the signed sheet, which can be typed in beside it (LOG-10)."""
        red = [mark for mark in self.marks if mark.tone == RED]
        return bool(red) and all(mark.fixed_by_sum for mark in red)

    @property
    def tickable(self) -> bool:
        """Whether it may be verified together with others: no red mark but the missing sum."""
        return self.waits and not self.own and (self.tone != RED or self.asks_sum_only)

    @property
    def unpaid_hours(self) -> int:
        return self.hours - self.signed_hours


@dataclass(frozen=True)
class NotSubmitted:
    """A month of which the school has nothing to check: still with the mentor, returned, or without meetings."""

    learner: str
    mentor: str
    plan_number: str
    reason: str = ""  # the school's own words, where it returned the month


@dataclass(frozen=True)
class SchoolMonth:
    """Everything of one school's month."""

    pairs: tuple[Pair, ...]
    with_mentor: tuple[NotSubmitted, ...]
    returned: tuple[NotSubmitted, ...]
    no_meetings: tuple[NotSubmitted, ...]

    def waiting(self, tone: str) -> list[Pair]:
        return [pair for pair in self.pairs if pair.waits and pair.tone == tone]

    @property
    def verified(self) -> list[Pair]:
        return [pair for pair in self.pairs if not pair.waits]

    @property
    def is_empty(self) -> bool:
        return not (self.pairs or self.with_mentor or self.returned or self.no_meetings)


def pair_of(
    parts: Sequence[Timesheet],
    *,
    learner_hours: int,
    own: bool,
    obstacles: tuple[Obstacle, ...],
    same_topics: Mapping[str, int],
) -> Pair:
    """A month with its rows as a line of the month close; the viewer's own month cannot be ticked (DUT-1)."""
    sheet = parts[0]
    rows = sorted((row for part in parts for row in part.meetings.all()), key=lambda row: row.starts_at)
    held = held_rows(rows)
    on_paper = paper_rows(rows)
    marks = sheet_marks(
        sheet, rows, learner_hours=learner_hours, own=own, obstacles=obstacles, same_topics=same_topics
    )
    return Pair(
        parts=tuple(parts),
        rows=tuple(rows),
        marks=marks,
        meetings=len(held),
        hours=sum(row.hours for row in held),
        signed_hours=sum(row.hours for row in held if row.signed_by_both and row.covered),
        paper_hours=sum(row.hours for row in on_paper),
        any_paper=bool(on_paper),
        learner_hours=learner_hours,
        limit=whole("learner_hours_per_month", sheet.month),
        own=own,
        obstacles=obstacles,
    )


# ---------------------------------------------------------------------- loading


def load_rows(sheets: Sequence[Timesheet]) -> None:
    """Load the rows and their signatures onto timesheets, without the drawn pictures: two statements for any number."""
    signatures = MeetingSignature.objects.defer("drawing").order_by("signed_at", "pk")
    rows = Meeting.objects.select_related("contract").order_by("starts_at", "pk")
    rows = rows.prefetch_related(Prefetch("signatures", signatures))
    prefetch_related_objects(list(sheets), Prefetch("meetings", rows))


def learner_hours(learners: Iterable[int], month: date) -> dict[int, int]:
    """Held hours of each learner in a month over all mentors and schools (TG-5), of months that were submitted."""
    rows = Meeting.objects.held().filter(
        learner__in=list(learners),
        held_on__gte=month,
        held_on__lt=clock.next_month(month),
        timesheet__state__in=SHOWN_TO_SCHOOL,
    )
    sums = rows.values(who=F("learner_id")).order_by("who").annotate(sum=Sum("hours"))
    return {row["who"]: row["sum"] for row in sums}


def topics_of(plans: Iterable[int], until: date) -> dict[int, dict[str, int]]:
    """How many meetings of each plan before a day have each topic, as the mentor was warned (LOG-6)."""
    rows = Meeting.objects.filter(plan__in=list(plans), held_on__lt=until, voided_at=None).exclude(topic="")
    counted = rows.values_list("plan_id", "topic").annotate(n=Count("pk")).order_by()
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for plan, topic, n in counted:
        found[plan][topic] = n
    return found


def load_pairs(sheets: Sequence[Timesheet], viewer: User) -> list[Pair]:
    """Timesheets of one month that the school may read, as lines of the month close."""
    if not sheets:
        return []
    load_rows(sheets)
    sums = learner_hours({sheet.plan.learner_id for sheet in sheets}, sheets[0].month)
    plans = [sheet.plan_id for sheet in sheets]
    own = set(
        MentorAssignment.objects.filter(mentor__user=viewer, plan__in=plans).values_list("plan_id", flat=True)
    )
    topics = topics_of(plans, clock.next_month(sheets[0].month))
    obstacles = obstacles_of_mentors({sheet.mentor_id for sheet in sheets})
    return [
        pair_of(
            parts,
            learner_hours=sums.get(parts[0].plan.learner_id, 0),
            own=parts[0].plan_id in own or parts[0].mentor.user_id == viewer.pk,
            obstacles=obstacles.get(parts[0].mentor_id, ()),
            same_topics=topics.get(parts[0].plan_id, {}),
        )
        for parts in _by_month(sheets)
    ]


def _by_month(sheets: Iterable[Timesheet]) -> list[list[Timesheet]]:
    """Ordered timesheets put together by what is decided on together: plan, mentor, supplement and state."""
    grouped = groupby(
        sheets, key=lambda sheet: (sheet.plan_id, sheet.mentor_id, sheet.supplement, sheet.state)
    )
    return [list(parts) for _key, parts in grouped]


def load_month(school: Institution, month: date, viewer: User) -> SchoolMonth:
    """A school's month: every pair, and of what is still with a mentor only that it is so (LOG-11)."""
    sheets = list(
        Timesheet.objects.filter(plan__institution=school, month=month)
        .select_related("plan__learner", "mentor__user", "verified_by", "employer")
        .order_by("plan__learner__sort_name", "plan", "mentor__user__sort_name", "mentor", "supplement", "pk")
    )
    firsts = [parts[0] for parts in _by_month(sheets)]
    away = [_away(sheet) for sheet in firsts if sheet.state == SheetState.OPEN]
    returned = [_away(sheet, sheet.returned_reason) for sheet in firsts if sheet.state == SheetState.RETURNED]
    silent, none = _without_sheet(school, month, {(sheet.plan_id, sheet.mentor_id) for sheet in sheets})
    return SchoolMonth(
        pairs=tuple(load_pairs([sheet for sheet in sheets if sheet.state in SHOWN_TO_SCHOOL], viewer)),
        with_mentor=tuple(sorted([*away, *silent], key=lambda one: (one.learner, one.mentor))),
        returned=tuple(returned),
        no_meetings=tuple(none),
    )


def _away(sheet: Timesheet, reason: str = "") -> NotSubmitted:
    return NotSubmitted(sheet.plan.learner.name, sheet.mentor.user.name, sheet.plan.number, reason)


def _without_sheet(
    school: Institution, month: date, known: set[tuple[int, int]]
) -> tuple[list[NotSubmitted], list[NotSubmitted]]:
    """Plans in force in the month of which there is no timesheet: those that are silent, and those said to be empty."""
    after = clock.next_month(month)
    begins, ends = clock.moment_of(month, time(0)), clock.moment_of(after, time(0))
    stands = (
        MentorAssignment.objects.filter(
            Q(plan__extended_until__isnull=True, plan__ends_on__gte=month)
            | Q(plan__extended_until__gte=month),
            Q(until=None) | Q(until__gte=begins),
            Q(plan__ended_at=None) | Q(plan__ended_at__gte=begins),
            plan__institution=school,
            plan__approved_at__lt=ends,
            plan__starts_on__lt=after,
            plan__withdrawn_at=None,
            since__lt=ends,
        )
        .select_related("plan__learner", "mentor__user")
        .order_by("plan__learner__sort_name", "plan", "since")
    )
    said = set(
        NoMeetings.objects.filter(plan__institution=school, month=month).values_list("plan_id", "mentor_id")
    )
    found = {(stand.plan_id, stand.mentor_id): stand for stand in stands}
    lines = {
        key: NotSubmitted(stand.plan.learner.name, stand.mentor.user.name, stand.plan.number)
        for key, stand in found.items()
        if key not in known
    }
    return (
        [line for key, line in lines.items() if key not in said],
        [line for key, line in lines.items() if key in said],
    )
