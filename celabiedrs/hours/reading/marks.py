"""What on a timesheet asks for a look when the school closes the month, and how loudly (LOG-1 … LOG-11, TG-5, CON-1,
CAL-3, MEN-4, MEN-5)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from celabiedrs.hours.models import Meeting, Outcome, Party, SheetState, Timesheet
from celabiedrs.lib import clock
from celabiedrs.lib.look import shown
from celabiedrs.lib.signing.models import Means
from celabiedrs.rules.obstacles import Obstacle
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


def row_marks(row: Meeting, obstacles: Sequence[Obstacle] = ()) -> Iterator[Mark]:
    """What one row asks to look at. A row that was voided asks nothing. `obstacles`: those to the mentor's work."""
    if row.voided_at is not None:
        return
    if row.disputed_at is not None:
        yield Mark(RED, _("The learner said: not right"), "LOG-7")
    if row.outcome != Outcome.HELD:
        return
    for obstacle in obstacles:
        if row.held_on in obstacle:
            yield Mark(RED, _("An obstacle to the mentor's work was known"), obstacle.clause)
    if not row.covered:
        yield Mark(RED, _("No contract covers the day: it pays nothing"), "CON-1")
    if row.on_holiday:
        yield Mark(AMBER, _("Public holiday"), "CAL-3")
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


def sheet_marks(
    sheet: Timesheet, rows: Sequence[Meeting], learner_hours: int, obstacles: Sequence[Obstacle] = ()
) -> tuple[Mark, ...]:
    """What a timesheet asks to look at, the red first; the same thing on several rows is said once, with a count."""
    found = [
        *_counted(rows),
        *_contract_and_obstacle(rows, obstacles),
        *_limit(sheet.month, learner_hours),
        *_paper(sheet, rows),
        *_unusual(sheet, rows),
    ]
    return tuple(sorted(found, key=lambda mark: mark.tone != RED))


def _counted(rows: Sequence[Meeting]) -> Iterator[Mark]:
    standing = [row for row in rows if row.voided_at is None]
    held = held_rows(rows)
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


def _contract_and_obstacle(rows: Sequence[Meeting], obstacles: Sequence[Obstacle]) -> Iterator[Mark]:
    held = held_rows(rows)
    for clause in dict.fromkeys(one.clause for one in obstacles):
        days = [one for one in obstacles if one.clause == clause]
        if n := sum(any(row.held_on in one for one in days) for row in held):
            text = ngettext(
                "%(n)s meeting on a day on which an obstacle to the mentor's work was known",
                "%(n)s meetings on days on which an obstacle to the mentor's work was known",
                n,
            )
            yield Mark(RED, text % {"n": n}, clause)
    if n := sum(not row.covered for row in held):
        text = ngettext(
            "%(n)s meeting that no contract covers: it pays nothing",
            "%(n)s meetings that no contract covers: they pay nothing",
            n,
        )
        yield Mark(RED, text % {"n": n}, "CON-1")
    if n := sum(row.on_holiday for row in held):
        text = ngettext("%(n)s meeting on a public holiday", "%(n)s meetings on public holidays", n)
        yield Mark(AMBER, text % {"n": n}, "CAL-3")


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
    held = held_rows(rows)
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


def held_rows(rows: Iterable[Meeting]) -> list[Meeting]:
    return [row for row in rows if row.voided_at is None and row.outcome == Outcome.HELD]


def paper_rows(rows: Iterable[Meeting]) -> list[Meeting]:
    """Held rows of which somebody signed in ink: what the signed sheet adds up (LOG-10)."""
    return [row for row in held_rows(rows) if Means.PAPER in (row.learner_means, row.mentor_means)]
