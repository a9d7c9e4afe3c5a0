"""The nightly round: what is due is posted, each thing once a period however often the job runs."""

from collections import defaultdict
from datetime import date
from typing import Any

from celabiedrs.desk.reading.reminders import ALL, Reminder
from celabiedrs.lib import clock
from celabiedrs.lib.outbox.models import Message
from celabiedrs.lib.outbox.posting import remind
from celabiedrs.people.models import User
from celabiedrs.rules.parameters import whole
from celabiedrs.rules.reminding import period, turn


def remind_all() -> int:
    """Post every reminder that is due today; says how many were new."""
    today = clock.today()
    reachable = set(User.objects.filter(is_active=True).order_by().values_list("pk", flat=True))
    return sum(_remind(reminder, today, reachable) for reminder in ALL)


def _remind(reminder: Reminder, today: date, reachable: set[int]) -> int:
    repeat = whole(reminder.repeat, today)
    due = _together(reminder, today, repeat) if reminder.together else _each(reminder, today, repeat)
    posted: list[Message | None] = [
        remind(to=person, kind=reminder.kind, key=key, context=context)
        for (person, key), context in due.items()
        if person in reachable
    ]
    return sum(message is not None for message in posted)


Due = dict[tuple[int, str], dict[str, Any]]


def _each(reminder: Reminder, today: date, repeat: int) -> Due:
    """One message for each thing, again after so many days, and not without end."""
    due: Due = {}
    for item in reminder.find(today):
        time = turn(item.since, today, repeat)
        if time is not None:
            due[item.to, f"{reminder.kind}:{item.thing}:{item.since:%y%m%d}:{time}"] = item.context
    return due


def _together(reminder: Reminder, today: date, repeat: int) -> Due:
    """One message a person and period, with how many things wait."""
    things: dict[int, set[str]] = defaultdict(set)
    for item in reminder.find(today):
        things[item.to].add(item.thing)
    key = f"{reminder.kind}:{period(today, repeat)}"
    return {(person, key): {"count": len(own)} for person, own in things.items()}
