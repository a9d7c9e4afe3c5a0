"""The programme's own reminder: chosen from the kinds, to those for whom something waits, counted before it goes."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from celabiedrs.desk.models import SentReminder
from celabiedrs.desk.reading.reminders import REMINDERS, Reminder
from celabiedrs.desk.workflow import REMIND, ReminderObstacle
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, Stale, WrongState, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.outbox.posting import post
from celabiedrs.people.access import may_keep_programme
from celabiedrs.people.models import User
from celabiedrs.places.models import Region


@dataclass(frozen=True)
class Audience:
    """Of what, whom and where; a region of None is the whole programme."""

    reminder: Reminder
    role: str
    region: Region | None = None

    def people(self) -> Mapping[int, int]:
        """How many things of this kind wait for each person who can be reached."""
        things: dict[int, set[str]] = defaultdict(set)
        for item in self.reminder.find(clock.today()):
            if item.role == self.role and (self.region is None or item.region == self.region.pk):
                things[item.to].add(item.thing)
        reachable = set(User.objects.filter(pk__in=things, is_active=True).values_list("pk", flat=True))
        return {person: len(own) for person, own in things.items() if person in reachable}


def audience_of(kind: object, role: object, region: Region | None) -> Audience | None:
    """The audience that was chosen; None where there is no such kind, or it is not for that role."""
    reminder = REMINDERS.get(str(kind))
    return Audience(reminder, str(role), region) if reminder and role in reminder.roles else None


@transaction.atomic
def send_reminder(*, by: User, audience: Audience, counted: int) -> Done[SentReminder]:
    """Remind everybody for whom it waits. `counted`: how many there were when the administrator looked; Stale where it
    is another number now. Nobody to remind: WrongState."""
    require(may_keep_programme(by))
    waiting = audience.people()
    if len(waiting) != counted:
        raise Stale
    if not waiting:
        raise WrongState(REMIND, ReminderObstacle.NOBODY)
    for person in User.objects.filter(pk__in=waiting).order_by("pk"):
        post(to=person, kind=audience.reminder.asked, context={"count": waiting[person.pk]})
    sent = SentReminder.objects.create(
        kind=audience.reminder.kind,
        role=audience.role,
        region=audience.region,
        people=len(waiting),
        sent_by=by,
        sent_at=clock.now(),
    )
    region = audience.region.pk if audience.region else None
    record(sent, "reminded", by=by, reminder=sent.kind, role=sent.role, region=region, people=sent.people)
    return Done(sent)
