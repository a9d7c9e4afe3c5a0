"""Reading what people typed: pages, imports and scenarios hand in raw values, and all of them are read here.

A reader gives None (or a Breach) for what cannot be read; which clause asks for the value is the rule's to
say.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from celabiedrs.rules.breach import N_, Breach
from celabiedrs.rules.parameters import whole

_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SPOKEN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\.?")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2}))?")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_WHOLE = re.compile(r"[+-]?\d{1,6}")
_FRACTION = re.compile(r"[+-]?\d{0,6}[.,٫]\d{0,12}")
_UNIT = re.compile(r"\s*(?:st\.?|stundas?|stundu|h)$", re.IGNORECASE)
_MONEY = re.compile(r"\d{1,7}(?:[.,]\d{1,2})?")


def read_text(raw: object) -> str:
    """Text in normal form without outer space; "" for anything that holds no visible sign."""
    if isinstance(raw, bool) or not isinstance(raw, (str, int)):
        return ""
    text = unicodedata.normalize("NFC", str(raw)).strip()
    visible = any(unicodedata.category(sign)[0] not in "CZ" for sign in text)
    return text if visible else ""


def read_day(raw: object) -> date | None:
    """A day as date, 2026-10-12 or 12.10.2026.; None when missing, malformed or not in the calendar."""
    if isinstance(raw, datetime):
        return None
    if isinstance(raw, date):
        return raw
    text = read_text(raw) if isinstance(raw, str) else ""
    if found := _ISO_DAY.fullmatch(text):
        year, month, day = found.groups()
    elif found := _SPOKEN_DAY.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        read = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return read if 1900 <= read.year <= 2200 else None


def read_clock(raw: object) -> time | None:
    """A time of day as time, 15:00 or 15.00; None when missing or malformed. Seconds are dropped."""
    if isinstance(raw, time):
        return raw.replace(second=0, microsecond=0, tzinfo=None)
    found = _CLOCK.fullmatch(read_text(raw)) if isinstance(raw, str) else None
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2]))
    except ValueError:
        return None


def read_month(raw: object) -> date | None:
    """The first day of a month given as 2026-10 or as any date in it; None when malformed."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw.replace(day=1)
    found = _MONTH.fullmatch(read_text(raw)) if isinstance(raw, str) else None
    return read_day(f"{found[1]}-{found[2]}-1") if found else None


def month_words(month: date) -> str:
    """A month in a sentence: 10.2026."""
    return f"{month:%m.%Y}"


def read_integer(raw: object) -> int | None:
    """A plain whole number (7, "7"); None for truth values, fractions and words."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return raw
    text = read_text(raw)
    return int(text) if _WHOLE.fullmatch(text) else None


def read_money(raw: object) -> Decimal | None:
    """An amount above zero with two places or fewer: "11.4", "11,40", 12, Decimal; a float is never money."""
    if isinstance(raw, (bool, float)):
        return None
    text = str(raw).strip() if isinstance(raw, (str, int, Decimal)) else ""
    if not _MONEY.fullmatch(text):
        return None
    try:
        amount = Decimal(text.replace(",", ".")).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
    return amount if amount > 0 else None


def whole_hours(raw: object, *, day: date) -> int | Breach:
    """Academic hours as a whole number from one up (LOG-4), never a fraction (LOG-5); a Breach says which it
    missed.

    Whole: 2, "2", " 2 ", "2 st.", "1.0", "2,0", digits of any script. Fractions: "1,5", "1.5", "½".
    Missing, zero, negative, words, truth values and numbers above the ceiling of a meeting are LOG-4.
    """
    read = any_hours(raw)
    if isinstance(read, int):
        for breach in too_many_hours(read, day):
            return breach
    return read


def any_hours(raw: object) -> int | Breach:
    """As whole_hours, but a number above the ceiling of a meeting is read: the month's limit is asked for it
    too."""
    value = _number(raw)
    if value is None or not value.is_finite():
        return _no_hours()
    if value != value.to_integral_value():
        return Breach(
            "LOG-5",
            N_("Hours are written in whole numbers; parts of an hour are not counted."),
            N_("Write only the full academic hours of 40 minutes."),
            field="hours",
        )
    return int(value) if value >= 1 else _no_hours()


def too_many_hours(hours: int, day: date) -> Iterator[Breach]:
    """[LOG-4] A number that no meeting can last is a slip of the pen."""
    ceiling = whole("meeting_hours_ceiling", day)
    if hours > ceiling:
        yield Breach(
            "LOG-4",
            N_("Hours of one meeting: %(hours)s. No meeting lasts more than %(ceiling)s."),
            N_("Check the number of hours."),
            {"hours": hours, "ceiling": ceiling},
            field="hours",
        )


def _no_hours() -> Breach:
    return Breach(
        "LOG-4",
        N_("The number of hours must be a whole number, one or more."),
        N_("Write how many academic hours of 40 minutes the meeting lasted, for example 2."),
        field="hours",
    )


def _number(raw: object) -> Decimal | None:
    """The number in a raw value, whatever its kind; None where there is none."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, (int, float, Decimal)):
        value = Decimal(str(raw)) if not isinstance(raw, int) or abs(raw) < 10**7 else Decimal(10**7)
        return value if not value.is_finite() or abs(value) < 10**7 else Decimal(10**6)
    text = _UNIT.sub("", read_text(raw)) if isinstance(raw, str) else ""
    if any(sign in text for sign in "½¼¾⅓⅔⅛") or re.fullmatch(r"\d{1,3}(?:\s\d{1,3})?/\d{1,3}", text):
        return Decimal("0.5")
    if _WHOLE.fullmatch(text):
        return Decimal(int(text))
    if _FRACTION.fullmatch(text) and any(sign.isdecimal() for sign in text):
        return Decimal("".join(_plain(sign) for sign in text))
    if re.fullmatch(r"\d{7,}", text):
        return Decimal(10**6)
    return None


def _plain(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    return "." if sign in ",٫" else sign
