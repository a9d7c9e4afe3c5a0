"""What people were told: the nightly reminders, planned meetings, and messages of before that were read."""

from contextlib import suppress
from datetime import date, time, timedelta

from celabiedrs.desk.actions.daily import remind_all
from celabiedrs.hours.actions import plan_next_meeting
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Refused, WrongState
from celabiedrs.lib.outbox.posting import mark_read
from celabiedrs.people.models import User
from rehearsal.demo.cast import Cast, Track
from rehearsal.demo.scenery import Scenery

WEEKS = 5
READ_AFTER = timedelta(days=6)
SAID_BEFORE = timedelta(days=6)
PLANNED = ((0, timedelta(days=2)), (1, timedelta(days=1)), (2, timedelta(days=-4)))
"""Of which of the first mentor's learners, and when from today; one that passed is asked about."""


def put_on_agenda(cast: Cast, scenery: Scenery) -> None:
    for week in range(WEEKS):
        night = clock.moment_of(scenery.today - timedelta(weeks=week), time(5, 10))
        scenery.later(night, remind_all)
    tracks = cast.tracks_of(mentor=1)
    for index, away in PLANNED:
        if index < len(tracks):
            _say(scenery, tracks[index], scenery.today + away)


def _say(scenery: Scenery, track: Track, day: date) -> None:
    def said() -> None:
        plan = track.plan(scenery.label_now())
        if plan.mentor is not None:
            with suppress(Refused, WrongState):  # the story's plan may be paused, or over by then
                plan_next_meeting(by=scenery.person(plan.mentor.user_id), plan=plan, day=day, start="15:00")

    scenery.later(scenery.now - SAID_BEFORE, said)


def read_what_is_old(scenery: Scenery) -> None:
    """Everybody has read what came until some days ago, so that no page begins with a hundred unread ones."""
    with clock.at(scenery.now):
        for person in User.objects.order_by("pk"):
            mark_read(person, until=scenery.now - READ_AFTER)
