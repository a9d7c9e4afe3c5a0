"""The diary: meetings week by week, their signatures, and the rows that are not as they should be."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from celabiedrs.hours.actions import (
    change_meeting,
    dispute_meeting,
    record_meeting,
    sign_meeting,
    void_meeting,
)
from celabiedrs.hours.models import Meeting
from celabiedrs.lib import clock
from celabiedrs.people.models import User
from rehearsal.demo import words
from rehearsal.demo.cast import LATE_BY_DAYS, ODD_ROWS, ON_PAPER, Cast, Track
from rehearsal.demo.days import StoryMonth
from rehearsal.demo.plans import meets_until
from rehearsal.demo.scenery import Scenery

ACADEMIC = timedelta(minutes=40)
STARTS = (time(14, 40), time(15, 0), time(14, 50), time(15, 20), time(15, 10), time(18, 0))
LEARNER_HOURS = 20


def put_on_agenda(cast: Cast, scenery: Scenery) -> None:
    """Every meeting of every month, with what is odd about it."""
    for track in cast.tracks:
        if track.mentor is None:
            continue
        for back, month in enumerate(reversed(scenery.months)):
            held = list(_meetings_in(scenery, track, month))
            for index, (moment, hours) in enumerate(held):
                odd = ODD_ROWS.get((*track.key(), back, len(held) - index), "")
                if index == 0:
                    odd = ODD_ROWS.get((*track.key(), back, -1), odd)
                _meet(scenery, track, month, moment, hours, odd)


def _meetings_in(scenery: Scenery, track: Track, month: StoryMonth) -> Iterator[tuple[datetime, int]]:
    """Starts and hours of a month: once a week on the learner's own weekday, within the limit of the month."""
    weekday, left = track.number % 5, min(track.hours, LEARNER_HOURS)
    stop = meets_until(scenery, track)
    for day in month.days():
        hours = min(track.size, left)
        starts = clock.moment_of(day, STARTS[track.number % len(STARTS)])
        if day.weekday() == weekday and hours and starts + hours * ACADEMIC <= stop:
            left -= hours
            yield starts, hours


def _meet(scenery: Scenery, track: Track, month: StoryMonth, starts: datetime, hours: int, odd: str) -> None:
    entered = starts + hours * ACADEMIC + timedelta(minutes=4)
    if odd == "late":
        entered = clock.moment_of(clock.riga_day(starts) + timedelta(days=LATE_BY_DAYS), time(16, 0))
    scenery.later(entered, lambda: _enter(scenery, track, month, starts, hours, odd))


def _enter(scenery: Scenery, track: Track, month: StoryMonth, starts: datetime, hours: int, odd: str) -> None:
    """The mentor writes it down, and both sign."""
    number = track.mentor_at(starts)
    by = scenery.person(scenery.mentor(number).user_id)
    begins = starts.astimezone(clock.RIGA)
    outcome = {"absent": "learner_absent", "cancelled": "cancelled"}.get(odd, "held")
    meeting = record_meeting(
        by=by,
        plan=track.plan_as_read(month.label),
        day=begins.date(),
        start=begins.time(),
        topic=scenery.random.choice(words.TOPICS) if outcome == "held" else "",
        hours=hours if outcome == "held" else None,
        outcome=outcome,
    ).thing
    if outcome != "held":
        return
    meeting.mentor = scenery.mentor(number)
    _sign_or_not(scenery, track, by, meeting, odd, on_paper=number in ON_PAPER)


def _sign_or_not(
    scenery: Scenery, track: Track, by: User, meeting: Meeting, odd: str, *, on_paper: bool
) -> None:
    if odd == "unsigned":
        return
    if odd == "disputed":
        dispute_meeting(by=by, meeting=meeting)
        return
    if odd == "voided":
        void_meeting(by=by, meeting=meeting, reason=words.VOIDED_ROW)
        return
    sign(scenery, track, by, meeting, on_paper=on_paper, learner_only=odd == "half_signed")
    if odd.startswith("changed"):
        scenery.later(
            clock.now() + timedelta(hours=3),
            lambda: _change(scenery, track, by, meeting, again=odd == "changed"),
        )


def sign(
    scenery: Scenery, track: Track, by: User, meeting: Meeting, *, on_paper: bool, learner_only: bool = False
) -> None:
    """Both in ink, or each with a finger on the mentor's device; now and then somebody types the name."""
    content = meeting.content_hash()
    if on_paper:
        sign_meeting(by=by, meeting=meeting, party="both", means="paper", content_hash=content)
        return
    for party, name in (("learner", track.name), ("mentor", by.name)):
        if party == "mentor" and learner_only:
            return
        typed = track.number == 1 and party == "learner" and meeting.hours == 3
        sign_meeting(
            by=by,
            meeting=meeting,
            party=party,
            means="device",
            typed_name=name if typed else "",
            drawing=None if typed else scenery.drawing(name),
            content_hash=content,
        )


def _change(scenery: Scenery, track: Track, by: User, meeting: Meeting, *, again: bool) -> None:
    """A row changed after both had signed it; signed again, or not yet."""
    changed = change_meeting(
        by=by, meeting=meeting, reason=words.CHANGED_ROW, hours=max(1, meeting.hours - 1)
    ).thing
    if again:
        sign(scenery, track, by, changed, on_paper=False)
