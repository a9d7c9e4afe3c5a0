"""Public holidays and working days in Latvia. A meeting may be held on any of them (CAL-3); on a holiday the employer
is told, because such work is paid otherwise."""

from datetime import date, timedelta
from functools import lru_cache

FIXED = ((1, 1), (5, 1), (6, 23), (6, 24), (12, 24), (12, 25), (12, 26), (12, 31))
MOVED = ((5, 4), (11, 18))
"""On a weekend, the next working day is free in their place."""


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian reckoning)."""
    golden, century = year % 19, year // 100
    shift = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    shift -= (shift // 28) * (1 - (shift // 28) * (29 // (shift + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + shift + 2 - century + century // 4) % 7
    moon = shift - weekday
    month = 3 + (moon + 40) // 44
    return date(year, month, moon + 28 - 31 * (month // 4))


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays of a year that may fall on a working day; feasts that are always Sundays are left out."""
    sunday = easter(year)
    days = {date(year, month, day) for month, day in FIXED}
    days |= {sunday - timedelta(days=2), sunday + timedelta(days=1)}
    for month, day in MOVED:
        free = date(year, month, day)
        while free.weekday() >= 5:
            free += timedelta(days=1)
        days |= {date(year, month, day), free}
    return frozenset(days)


def is_public_holiday(day: date) -> bool:
    """Whether a day is a public holiday, those that always fall on a Sunday included, or the day off given for one."""
    return day in public_holidays(day.year) or day in _always_sundays(day.year)


def _always_sundays(year: int) -> tuple[date, date, date]:
    """Easter Sunday, Whit Sunday, and Mother's Day on the second Sunday of May."""
    sunday = easter(year)
    may = date(year, 5, 1)
    return sunday, sunday + timedelta(days=49), may + timedelta(days=(6 - may.weekday()) % 7 + 7)


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in public_holidays(day.year)


def working_days_after(day: date, count: int) -> date:
    """The working day that is so many working days after a day."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
