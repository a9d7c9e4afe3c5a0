"""Supervision of the mentors: one session that was held, one that is to come, one that was called off."""

from datetime import date, time, timedelta

from celabiedrs.lib import clock
from celabiedrs.people.models import Role
from celabiedrs.supervision.actions import (
    cancel_session,
    compose_group,
    confirm_group,
    hold_session,
    keep_group_kind,
    nominate,
    plan_session,
    send_theme,
    show_interest,
)
from celabiedrs.supervision.models import GroupKind, SupervisionSession
from rehearsal.demo.cast import Cast
from rehearsal.demo.scenery import Scenery

TAKE_PART = {1: "A", 2: "A", 3: "B", 4: "A"}
NOT_YET_NOMINATED = 4
THEMES = {
    1: "Jaunietis trešo reizi neatnāk un atvainojas tikai vakarā. Kur beidzas pacietība un sākas vienošanās?",
    3: "Kā runāt par atzīmēm, ja pusaudzis pats saka, ka viņam ir vienalga?",
}


def put_on_agenda(cast: Cast, scenery: Scenery) -> None:
    """The held one in the middle of the month before the last, the next one in nine days."""
    middle = list(scenery.months[-2].days())
    early = clock.moment_of(middle[0], time(8, 0))
    scenery.later(early, lambda: _size(scenery))
    held_on = middle[len(middle) // 2]
    _session(scenery, "held", planned=held_on - timedelta(days=9), day=held_on)
    _session(
        scenery, "confirmed", planned=scenery.today - timedelta(days=4), day=scenery.today + timedelta(days=9)
    )
    _session(
        scenery, "planned", planned=scenery.today - timedelta(days=2), day=scenery.today + timedelta(days=24)
    )
    _session(
        scenery, "cancelled", planned=scenery.today - timedelta(days=6), day=scenery.today + timedelta(days=3)
    )


def _size(scenery: Scenery) -> None:
    """The programme says how many mentors a group takes: the material does not."""
    by = scenery.holder(Role.PROGRAMME_ADMINISTRATOR, "")
    kind = GroupKind.objects.filter(code="II").first() or GroupKind(code="II")
    keep_group_kind(by=by, kind=kind, name="4.–12. klase un 1.–4. kurss", size_limit=10)


class Gathering:
    """One session on its way: planned, joined, confirmed, held or called off."""

    def __init__(self, scenery: Scenery) -> None:
        self.scenery, self.supervisor = scenery, scenery.holder(Role.SUPERVISOR, "")
        self.public_id = ""

    def session(self) -> SupervisionSession:
        sessions = SupervisionSession.objects.select_related("group", "municipality")
        return sessions.get(public_id=self.public_id)

    def plan(self, day: date) -> None:
        done = plan_session(
            by=self.supervisor,
            group="II",
            municipality=self.scenery.cast.places["A"].municipality,
            day=day,
            start="10:00",
            minutes=180,
            place="Ābelkalna kultūras nams, mazā zāle",
            mode="in_person",
        )
        self.public_id = str(done.thing.public_id)

    def gather(self, *, nominated: bool) -> None:
        for number, school in TAKE_PART.items():
            mentor = self.scenery.mentor(number)
            show_interest(by=self.scenery.person(mentor.user_id), session=self.session())
            if number in THEMES:
                by_mentor = self.scenery.person(mentor.user_id)
                send_theme(by=by_mentor, session=self.session(), text=THEMES[number])
            if nominated or number != NOT_YET_NOMINATED:
                by = self.scenery.holder(Role.RESPONSIBLE_PERSON, school)
                nominate(by=by, mentor=mentor, session=self.session())

    def confirm(self) -> None:
        chosen = [self.scenery.mentor(number) for number in TAKE_PART]
        compose_group(by=self.supervisor, session=self.session(), members=chosen)
        confirm_group(by=self.supervisor, session=self.session())

    def hold(self) -> None:
        came = [self.scenery.mentor(number) for number in list(TAKE_PART)[:-1]]
        hold_session(by=self.supervisor, session=self.session(), attended=came)

    def cancel(self) -> None:
        cancel_session(by=self.supervisor, session=self.session())


def _session(scenery: Scenery, becomes: str, *, planned: date, day: date) -> None:
    gathering = Gathering(scenery)
    mornings = [clock.moment_of(planned + timedelta(days=days), time(9, 0)) for days in range(3)]
    scenery.later(mornings[0], lambda: gathering.plan(day))
    scenery.later(mornings[1], lambda: gathering.gather(nominated=becomes != "planned"))
    if becomes in ("held", "confirmed"):
        scenery.later(mornings[2], gathering.confirm)
    if becomes == "held":
        scenery.later(clock.moment_of(day, time(13, 30)), gathering.hold)
    elif becomes == "cancelled":
        scenery.later(mornings[2], gathering.cancel)
