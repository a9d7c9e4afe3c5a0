"""The months' close and the pay: submitted, verified or returned, prepared, approved, sent, corrected."""

from datetime import datetime, time, timedelta
from typing import Any

from celabiedrs.hours.actions import return_month, submit_month, verify_month
from celabiedrs.hours.actions.months import is_last, paper_sum
from celabiedrs.hours.models import CooperationReview, SheetState, Timesheet
from celabiedrs.lib import clock
from celabiedrs.pay.actions import approve_run, correct_month, prepare_run, send_run, withdraw_run
from celabiedrs.pay.models import PayRun, RunState
from celabiedrs.people.models import Role
from celabiedrs.plans.actions import log_talk
from celabiedrs.plans.models import SupportPlan
from rehearsal.demo import words
from rehearsal.demo.cast import EMPLOYER_KEYS, LATE_BY_DAYS, MENTORS, ODD_ROWS, ON_PAPER, Cast, Track
from rehearsal.demo.days import StoryMonth, step_in
from rehearsal.demo.plans import review_plan
from rehearsal.demo.scenery import Scenery

SETTLED_WITHIN = timedelta(days=26)
# Of the month before the last: how far an employer has come with the run
RUNS = {"P": "prepared", "Y": "approved"}
# Of the one before that
EARLIER_RUNS = {"P": "sent", "M": "approved", "Z": "sent", "R": "sent", "Y": "sent", "O": "sent"}
# Whose clerk takes the first run of that month back and prepares another
WITHDRAWN = "Y"
CORRECTED = (2, 0)
LATE = [key[:2] for key, odd in ODD_ROWS.items() if odd == "late"]


def put_on_agenda(cast: Cast, scenery: Scenery) -> None:
    """Every month that is over: the later one is still being closed, the earlier one is paid."""
    for back, month in enumerate(reversed(scenery.months[:-1]), start=1):
        until = scenery.now
        if back > 1:
            until = min(until, clock.moment_of(month.over_on(), time(18, 0)) + SETTLED_WITHIN)
        fates = {number: MENTORS[number][2] if back == 1 else "verified" for number in MENTORS}
        for number, fate in fates.items():
            _close_of_mentor(scenery, number, month, until, fate)
        for employer in EMPLOYER_KEYS:
            _pay(scenery, employer, month, until, (RUNS if back == 1 else EARLIER_RUNS).get(employer, ""))
        if back > 1:
            _correct(cast, scenery, month)
        _talks(cast, scenery, month)


# ---------------------------------------------------------------------- the mentor and the school


def _close_of_mentor(scenery: Scenery, number: int, month: StoryMonth, until: datetime, fate: str) -> None:
    """Submit, and what the school says to it. Where a row came late, everything of that mentor waits for it."""
    shift = timedelta(0)
    if any(number == mentor for mentor, _ in LATE) and month == scenery.months[0]:
        entered = clock.moment_of(month.since + timedelta(days=LATE_BY_DAYS + 16), time(18, 0))
        shift = max(shift, entered - step_in(month.over_on(), until, 1))
    if fate == "open":
        return
    submits = step_in(month.over_on(), until, 1) + timedelta(minutes=number % 9) + shift
    scenery.later(submits, lambda: _submit(scenery, number, month))
    if fate in ("verified", "returned"):
        decides = step_in(month.over_on(), until, 3) + shift
        scenery.later(decides, lambda: _decide(scenery, number, month, fate))


def _sheets(scenery: Scenery, number: int, month: StoryMonth, *states: str) -> list[Timesheet]:
    sheets = Timesheet.objects.filter(mentor=scenery.mentor(number), month=month.month, state__in=states)
    return list(sheets.select_related("plan__institution", "mentor").order_by("pk"))


def _submit(scenery: Scenery, number: int, month: StoryMonth) -> None:
    by = scenery.person(scenery.mentor(number).user_id)
    for sheet in _sheets(scenery, number, month, SheetState.OPEN, SheetState.RETURNED):
        reviewed = CooperationReview.objects.filter(plan=sheet.plan, mentor=sheet.mentor).exists()
        if is_last(sheet) and not reviewed:
            review_plan(by, sheet.plan)
        submit_month(by=by, plan=sheet.plan, month=month.month.isoformat()[:7], no_double_funding=True)


def _school_of(scenery: Scenery, plan: SupportPlan) -> str:
    return next(key for key, place in scenery.cast.places.items() if place.pk == plan.institution_id)


def _decide(scenery: Scenery, number: int, month: StoryMonth, fate: str) -> None:
    """The responsible person verifies; of a mentor whose month is returned, the first one."""
    for place, sheet in enumerate(_sheets(scenery, number, month, SheetState.SUBMITTED)):
        by = scenery.holder(Role.RESPONSIBLE_PERSON, _school_of(scenery, sheet.plan))
        what: dict[str, Any] = {
            "plan": sheet.plan,
            "month": month.month.isoformat()[:7],
            "mentor": sheet.mentor,
        }
        if fate == "returned" and place == 0:
            return_month(by=by, reason=words.MONTH_RETURNED, **what)
        elif fate == "verified":
            hours, any_paper = paper_sum(sheet)
            verify_month(by=by, paper_hours=hours if any_paper else None, **what)


def _talks(cast: Cast, scenery: Scenery, month: StoryMonth) -> None:
    """With some mentors the school has talked that month."""
    day = list(month.days())[-2:][0]
    for track in cast.tracks[::4]:
        if track.mentor is not None and track.mentor not in ON_PAPER and month.label in scenery.labels():
            scenery.later(
                clock.moment_of(day, time(16, 40)),
                lambda track=track: _talk(scenery, track, month),  # type: ignore[misc]
            )


def _talk(scenery: Scenery, track: Track, month: StoryMonth) -> None:
    if month.label in track.plans:
        by = scenery.holder(Role.RESPONSIBLE_PERSON, track.school)
        log_talk(by=by, plan=track.plan(month.label), day=clock.today())


# ---------------------------------------------------------------------- the employer


def _pay(scenery: Scenery, employer: str, month: StoryMonth, until: datetime, reached: str) -> None:
    """Prepare, approve, send, as far as the employer has come; not before the calendar month is over (PAY-4)."""
    place = scenery.cast.places[employer]
    clerk = scenery.holder(Role.PAY_CLERK, employer)

    def run() -> PayRun:
        runs = PayRun.objects.exclude(state=RunState.WITHDRAWN).select_related("employer")
        return runs.get(employer=place, month=month.month)

    at = [step_in(clock.next_month(month.month), until, step) for step in (5, 6, 7)]
    if reached:
        name = month.month.isoformat()[:7]
        scenery.later(at[0], lambda: prepare_run(by=clerk, employer=place, month=name))
        if employer == WITHDRAWN and reached == "sent":
            scenery.later(at[0] + timedelta(minutes=3), lambda: withdraw_run(by=clerk, run=run()))
            again = at[0] + timedelta(minutes=6)
            scenery.later(again, lambda: prepare_run(by=clerk, employer=place, month=name))
    if reached in ("approved", "sent"):
        head = scenery.holder(Role.HEAD, employer)
        scenery.later(at[1], lambda: approve_run(by=head, run=run()))
    if reached == "sent":
        scenery.later(at[2], lambda: send_run(by=clerk, run=run()))


def _correct(cast: Cast, scenery: Scenery, month: StoryMonth) -> None:
    """A paid month turns out to be two hours less: the later run takes them back."""
    track = next(track for track in cast.tracks if track.key() == CORRECTED)
    later = scenery.months[-2]

    def correct() -> None:
        plan = track.plan(month.label)
        sheet = Timesheet.objects.get(plan=plan, month=month.month)
        paid = sum(sheet.pay_lines.order_by("pk").values_list("hours", flat=True))
        correct_month(
            by=scenery.holder(Role.RESPONSIBLE_PERSON, track.school),
            plan=plan,
            month=month.month.isoformat()[:7],
            hours=paid - 2,
            reason=words.CORRECTED,
            mentor=sheet.mentor,
        )

    scenery.later(step_in(later.over_on(), scenery.now, 4), correct)
