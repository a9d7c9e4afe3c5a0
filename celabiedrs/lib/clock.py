"""The one clock, and the one function that says which Riga day and month a moment is in.

Everything that asks "now" or "today" asks here, so that a replay, a scenario or a test can set
the clock for itself (`at`) without touching the machine's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

RIGA = ZoneInfo("Europe/Riga")

_set_to: ContextVar[datetime | None] = ContextVar("celabiedrs_clock", default=None)


def now() -> datetime:
    """This moment, with its zone."""
    return _set_to.get() or datetime.now(UTC)


def today() -> date:
    """The day it is in Riga."""
    return riga_day(now())


def riga_day(moment: datetime) -> date:
    """The Riga day of a moment: half past midnight on the 1st in Riga is the 1st, whatever UTC says."""
    return moment.astimezone(RIGA).date()


def month_of(day: date) -> date:
    """The month of a day, as its first day."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def moment_of(day: date, clock: time) -> datetime:
    """The moment of a wall-clock time on a Riga day.

    In the hour that a change to winter time repeats, the first of the two is meant; a time that a
    change to summer time leaves out is read an hour later, as clocks on the wall would show it.
    """
    return datetime.combine(day, clock, tzinfo=RIGA).astimezone(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Set the clock to a moment for what runs inside; a moment without a zone is Riga's."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=RIGA)
    token = _set_to.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)
