"""The month close by exception: what on a timesheet asks for a look, and how loudly (LOG-1 … LOG-11, TG-5).

`load_month` fetches a school's month in a fixed number of statements; everything else is plain reading of what was
loaded. Rows of a month that is still with its mentor are never loaded (LOG-11).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db.models import F, Prefetch, Q, Sum, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from celabiedrs.hours.access import SHOWN_TO_SCHOOL
from celabiedrs.hours.models import (
    Meeting,
    MeetingSignature,
    NoMeetings,
    Outcome,
    Party,
    SheetState,
    Timesheet,
)
from celabiedrs.lib import clock
from celabiedrs.lib.look import shown
from celabiedrs.lib.signing.models import Means
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution
from celabiedrs.plans.models import MentorAssignment
from celabiedrs.rules.parameters import whole

RED, AMBER, GREEN = "red", "amber", "green"
EARLY, LATE = time(7), time(22)
SIGNED_AT_ONCE = 3  # meetings of as many different days that the learner signed on one day ask for a look
SAME_TOPIC = 4


@dataclass(frozen=True)
class Mark:
    """One thing to look at: how loud (red or amber), what, and by which clause; `fixed_by_sum` where typing the
    signed sheet's sum is all that is missing."""

    tone: str
    text: str
    clause: str = ""
    fixed_by_sum: bool = False


@dataclass(frozen=True)
class Pair:
    """A mentor's month with a learner as the school sees it. Hours are academic; `learner_hours` are the learner's
    hours of the month over all mentors, as far as their months were submitted."""

    sheet: Timesheet
    marks: tuple[Mark, ...]
    meetings: int
    hours: int
    signed_hours: int
    paper_hours: int
    any_paper: bool
    learner_hours: int
    limit: int
    own: bool = False  # the viewer is, or was, this plan's mentor

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
class Away:
    """A month of which the school has nothing to check: still with the mentor, returned, or without meetings."""

    learner: str
    mentor: str
    plan_number: str
    reason: str = ""  # the school's own words, where it returned the month


@dataclass(frozen=True)
class SchoolMonth:
    """Everything of one school's month."""

    pairs: tuple[Pair, ...]
    with_mentor: tuple[Away, ...]
    returned: tuple[Away, ...]
    no_meetings: tuple[Away, ...]

    def waiting(self, tone: str) -> list[Pair]:
        return [pair for pair in self.pairs if pair.waits and pair.tone == tone]

    @property
    def verified(self) -> list[Pair]:
        return [pair for pair in self.pairs if not pair.waits]

    @property
    def is_empty(self) -> bool:
        return not (self.pairs or self.with_mentor or self.returned or self.no_meetings)


# ---------------------------------------------------------------------- reading


def row_marks(row: Meeting) -> Iterator[Mark]:
    """What one row asks to look at. A row that was voided asks nothing."""
    if row.voided_at is not None:
        return
    if row.disputed_at is not None:
        yield Mark(RED, _("The learner said: not right"), "LOG-7")
    if row.outcome != Outcome.HELD:
        return
    if not row.learner_means and not row.mentor_means:
        yield Mark(RED, _("Neither has signed"), "LOG-8")
    elif not row.learner_means:
        yield Mark(RED, _("The learner has not signed"), "LOG-8")
    elif not row.mentor_means:
        yield Mark(RED, _("The mentor has not signed"), "LOG-8")
    if row.late:
        days = (clock.riga_day(row.recorded_at) - row.held_on).days
        yield Mark(
            AMBER,
            ngettext("Entered %(n)s day later", "Entered %(n)s days later", days) % {"n": days},
            "LOG-1",
        )
    if row.changed_after_signing:
        yield Mark(AMBER, _("Changed after it was signed, signed anew"), "LOG-7")
    begins, ends = row.starts_at.astimezone(clock.RIGA), row.ends_at.astimezone(clock.RIGA)
    if begins.time() < EARLY or ends.time() > LATE or ends.date() != begins.date():
        yield Mark(AMBER, _("At an unusual time of day"))


def sheet_marks(sheet: Timesheet, rows: Sequence[Meeting], learner_hours: int) -> tuple[Mark, ...]:
    """What a timesheet asks to look at, the red first; the same thing on several rows is said once, with a count."""
    found = [
        *_counted(rows),
        *_limit(sheet.month, learner_hours),
        *_paper(sheet, rows),
        *_unusual(sheet, rows),
    ]
    return tuple(sorted(found, key=lambda mark: mark.tone != RED))


def _counted(rows: Sequence[Meeting]) -> Iterator[Mark]:
    standing = [row for row in rows if row.voided_at is None]
    held = _held(rows)
    if n := sum(row.disputed_at is not None for row in standing):
        text = ngettext(
            "%(n)s meeting that the learner calls not right",
            "%(n)s meetings that the learner calls not right",
            n,
        )
        yield Mark(RED, text % {"n": n}, "LOG-7")
    if n := sum(not row.signed_by_both for row in held):
        text = ngettext("%(n)s meeting without both signatures", "%(n)s meetings without both signatures", n)
        yield Mark(RED, text % {"n": n}, "LOG-8")
    if n := sum(row.late for row in held):
        yield Mark(AMBER, ngettext("%(n)s late entry", "%(n)s late entries", n) % {"n": n}, "LOG-1")
    if n := sum(row.changed_after_signing for row in standing):
        text = ngettext("%(n)s meeting changed after signing", "%(n)s meetings changed after signing", n)
        yield Mark(AMBER, text % {"n": n}, "LOG-7")


def _limit(month: date, learner_hours: int) -> Iterator[Mark]:
    limit = whole("learner_hours_per_month", month)
    said = {"hours": learner_hours, "limit": limit}
    if learner_hours > limit:
        text = _("The learner's month comes to %(hours)s hours; the limit is %(limit)s")
        yield Mark(RED, text % said, "TG-5")
    elif limit - learner_hours <= whole("near_limit_hours", month):
        yield Mark(AMBER, _("Near the limit: %(hours)s of %(limit)s hours") % said, "TG-5")


def _paper(sheet: Timesheet, rows: Sequence[Meeting]) -> Iterator[Mark]:
    on_paper = paper_rows(rows)
    if not on_paper or sheet.state == SheetState.VERIFIED:
        return
    total = sum(row.hours for row in on_paper)
    if sheet.paper_hours is None:
        yield Mark(RED, _("The sum of the signed sheet is not typed in yet"), "LOG-10", fixed_by_sum=True)
    elif sheet.paper_hours != total:
        text = _("The signed sheet adds up to %(paper)s hours, the diary to %(diary)s")
        yield Mark(RED, text % {"paper": sheet.paper_hours, "diary": total}, "LOG-10", fixed_by_sum=True)


def _unusual(sheet: Timesheet, rows: Sequence[Meeting]) -> Iterator[Mark]:
    held = _held(rows)
    hours_of_day: dict[date, int] = defaultdict(int)
    for row in held:
        hours_of_day[row.held_on] += row.hours
    for day, hours in sorted(hours_of_day.items()):
        if hours > whole("day_hours_warning", day):
            said = {"day": shown.day(day), "hours": hours}
            yield Mark(AMBER, _("%(hours)s hours in one day, %(day)s") % said, "LOG-4")
    if sum(row.hours for row in held) > sheet.plan.hours_per_month:
        text = _("More than the plan foresees: %(hours)s hours a month")
        yield Mark(AMBER, text % {"hours": sheet.plan.hours_per_month}, "AGR-6")
    if any(mark.tone == AMBER and not mark.clause for row in held for mark in row_marks(row)):
        yield Mark(AMBER, _("At an unusual time of day"))
    topics = {row.topic.casefold() for row in held}
    if len(held) >= SAME_TOPIC and len(topics) == 1:
        yield Mark(AMBER, _("The same topic in every meeting"), "LOG-6")
    if at_once := _signed_at_once(held):
        yield Mark(
            AMBER,
            _("The learner signed everything on one day, %(day)s") % {"day": shown.day(at_once)},
            "LOG-7",
        )


def _signed_at_once(held: Sequence[Meeting]) -> date | None:
    """The day on which the learner signed all meetings of several other days on the device (LOG-7)."""
    days = {
        clock.riga_day(signature.signed_at)
        for row in held
        for signature in row.signatures.all()
        if signature.party == Party.LEARNER
        and signature.voided_at is None
        and signature.means == Means.DEVICE
    }
    if (
        len(days) != 1
        or len({row.held_on for row in held if row.learner_means == Means.DEVICE}) < SIGNED_AT_ONCE
    ):
        return None
    return days.pop()


def _held(rows: Iterable[Meeting]) -> list[Meeting]:
    return [row for row in rows if row.voided_at is None and row.outcome == Outcome.HELD]


def paper_rows(rows: Iterable[Meeting]) -> list[Meeting]:
    """Held rows of which somebody signed in ink: what the signed sheet adds up (LOG-10)."""
    return [row for row in _held(rows) if Means.PAPER in (row.learner_means, row.mentor_means)]


def pair_of(sheet: Timesheet, rows: Sequence[Meeting], *, learner_hours: int, own: bool) -> Pair:
    """A timesheet with its rows as a line of the month close; the viewer's own month cannot be ticked (DUT-1)."""
    held = _held(rows)
    on_paper = paper_rows(rows)
    marks = sheet_marks(sheet, rows, learner_hours)
    if own and sheet.state == SheetState.SUBMITTED:
        marks = (Mark(RED, _("Own hours: another responsible person checks them"), "DUT-1"), *marks)
    return Pair(
        sheet=sheet,
        marks=marks,
        meetings=len(held),
        hours=sum(row.hours for row in held),
        signed_hours=sum(row.hours for row in held if row.signed_by_both),
        paper_hours=sum(row.hours for row in on_paper),
        any_paper=bool(on_paper),
        learner_hours=learner_hours,
        limit=whole("learner_hours_per_month", sheet.month),
        own=own,
    )


# ---------------------------------------------------------------------- loading


def load_rows(sheets: Sequence[Timesheet]) -> None:
    """Load the rows and their signatures onto timesheets, without the drawn pictures: two statements for any number."""
    signatures = MeetingSignature.objects.defer("drawing").order_by("signed_at", "pk")
    rows = Meeting.objects.order_by("starts_at", "pk").prefetch_related(Prefetch("signatures", signatures))
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
    return [
        pair_of(
            sheet,
            list(sheet.meetings.all()),
            learner_hours=sums.get(sheet.plan.learner_id, 0),
            own=sheet.plan_id in own or sheet.mentor.user_id == viewer.pk,
        )
        for sheet in sheets
    ]


def load_month(school: Institution, month: date, viewer: User) -> SchoolMonth:
    """A school's month: every pair, and of what is still with a mentor only that it is so (LOG-11)."""
    sheets = list(
        Timesheet.objects.filter(plan__institution=school, month=month)
        .select_related("plan__learner", "mentor__user", "verified_by")
        .order_by("plan__learner__sort_name", "plan", "mentor__user__sort_name", "supplement")
    )
    away = [_away(sheet) for sheet in sheets if sheet.state == SheetState.OPEN]
    returned = [_away(sheet, sheet.returned_reason) for sheet in sheets if sheet.state == SheetState.RETURNED]
    silent, none = _without_sheet(school, month, {(sheet.plan_id, sheet.mentor_id) for sheet in sheets})
    return SchoolMonth(
        pairs=tuple(load_pairs([sheet for sheet in sheets if sheet.state in SHOWN_TO_SCHOOL], viewer)),
        with_mentor=tuple(sorted([*away, *silent], key=lambda one: (one.learner, one.mentor))),
        returned=tuple(returned),
        no_meetings=tuple(none),
    )


def _away(sheet: Timesheet, reason: str = "") -> Away:
    return Away(sheet.plan.learner.name, sheet.mentor.user.name, sheet.plan.number, reason)


def _without_sheet(
    school: Institution, month: date, known: set[tuple[int, int]]
) -> tuple[list[Away], list[Away]]:
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
        key: Away(stand.plan.learner.name, stand.mentor.user.name, stand.plan.number)
        for key, stand in found.items()
        if key not in known
    }
    return (
        [line for key, line in lines.items() if key not in said],
        [line for key, line in lines.items() if key in said],
    )
