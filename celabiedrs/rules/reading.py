"""The one reader of what people type: pages, imports, seasons and stories hand in raw values, and all of them
are read here.

A reader gives None (or a Breach) for what cannot be read; which clause asks for the value is the rule's to
say, and `why_unread` says what is wrong with it. Digits of any script are digits, every kind of space is a
space, every kind of dash is a dash, signs that nobody can see are nothing. Never guessed: a year of two digits,
02/04/1990, the serial number of a spreadsheet's day, 1.234 as an amount.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal

from celabiedrs.rules.breach import N_, Breach
from celabiedrs.rules.parameters import whole

KEPT_CONTROLS = "\n\t"
UNSEEN = dict.fromkeys(
    [
        *range(0x200B, 0x200C),
        *range(0x200E, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x206A),
        0xFEFF,
        0xAD,
    ]
)
"""Zero width, direction and soft hyphen; not the joiners inside an emoji."""
DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0xFE63, 0xFF0D], "-")
MOST = 999_999
MOST_HOURS = 9999
"""A slip of the pen above; every limit of the rules lies far below."""

_TIME = r"(?:[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})" + _TIME)
_LATVIAN_DAY = re.compile(r"(\d{1,2}) ?\. ?(\d{1,2}) ?\. ?(\d{4})(?: ?\.)?(?: ?g\.?)?" + _TIME)
_SPOKEN_DAY = re.compile(r"(\d{1,2})\.? ([a-z]+),? (\d{4})(?: ?\.| ?g\.?| ?gad[sa])?")
_SPOKEN_DAY_YEAR_FIRST = re.compile(r"(\d{4})\.? ?(?:g\.?|gada) (\d{1,2})\.? ?([a-z]+)")
_SHORT_YEAR = re.compile(r"\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?\d{2}\.?|\d{2}-\d{1,2}-\d{1,2}")
_SLASHED = re.compile(r"\d{1,4} ?/ ?\d{1,2} ?/ ?\d{1,4}")
_CLOCK = re.compile(r"(?:plkst\.? ?)?(\d{1,2})(?: ?[:.,] ?(\d{2})(?:[:.]\d{2})?)? ?(?:\.|h|:)?")
_CLOCK_CLOSED_UP = re.compile(r"(\d{1,2})(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_LATVIAN_MONTH = re.compile(r"(\d{1,2}) ?\. ?(\d{4})(?: ?\.)?(?: ?g\.?)?")
_SPOKEN_MONTH = re.compile(r"([a-z]+),? (\d{4})(?: ?\.| ?g\.?| ?gad[sa])?")
_SPOKEN_MONTH_YEAR_FIRST = re.compile(r"(\d{4})\.? ?(?:g\.?|gada) ([a-z]+)")
_STEMS = {
    "janvar": "january", "februar": "february", "mart": "march", "april": "april", "maij": "may", "junij": "june",
    "julij": "july", "august": "august", "septembr": "september", "oktobr": "october", "novembr": "november",
    "decembr": "december",
}  # fmt: skip
_MONTH_NUMBERS = {
    word: number
    for number, (stem, english) in enumerate(_STEMS.items(), start=1)
    for word in (*(stem + ending for ending in ("is", "s", "i", "a")), stem[:3], english, english[:3])
}
"""Months by their names, Latvian in every case that a date has, without marks and capitals."""
_WHOLE = re.compile(r"[+-]?\d{1,15}")
_FRACTION = re.compile(r"[+-]?\d{0,15}[.,٫]\d{0,12}")
_UNIT = re.compile(r"\s*(?:(?:ak\.?|akadēmisk\w+)?\s?(?:st\.?|stund(?:a|as|u|ām)|h))$", re.IGNORECASE)
_MONEY = re.compile(r"(\d{1,7}|\d{1,3}(?: \d{3}){1,2})(?:[.,](\d{1,2}))?")
_CURRENCY = re.compile(r"^(?:€|eur) ?| ?(?:€|eur|eiro)\.?$", re.IGNORECASE)


def clean_text(raw: str, *, one_line: bool = False) -> str:
    """NFC, one kind of line end, no control signs and none that nobody sees, no space at either end."""
    text = unicodedata.normalize("NFC", raw).replace("\r\n", "\n").replace("\r", "\n").translate(UNSEEN)
    text = "".join(c for c in text if c in KEPT_CONTROLS or unicodedata.category(c) not in ("Cc", "Cs"))
    return " ".join(text.split()) if one_line else text.strip()


def read_text(raw: object) -> str:
    """Clean text; "" for anything that holds no visible sign."""
    if isinstance(raw, bool) or not isinstance(raw, (str, int)):
        return ""
    text = clean_text(str(raw))
    visible = any(unicodedata.category(sign)[0] not in "CZ" for sign in text)
    return text if visible else ""


def _figures(raw: object) -> str:
    """A text as the readers of days and numbers take it: one line, plain digits, spaces and dashes."""
    if not isinstance(raw, str):
        return ""
    text = clean_text(raw, one_line=True).translate(DASHES)
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def _bare(text: str) -> str:
    """Small letters without their marks: jūnijā → junija."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def read_day(raw: object) -> date | None:
    """A day as date, 2026-10-12, 12.10.2026., 12. oktobris 2026, a time of day behind it left out; None when missing,
    malformed or not in the calendar, or outside the years 1900 to 2200."""
    if isinstance(raw, datetime):
        return None
    if isinstance(raw, date):
        return raw
    text = _bare(_figures(raw))
    if found := _ISO_DAY.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _LATVIAN_DAY.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := _SPOKEN_DAY.fullmatch(text):
        day, month, year = int(found[1]), _MONTH_NUMBERS.get(found[2], 0), int(found[3])
    elif found := _SPOKEN_DAY_YEAR_FIRST.fullmatch(text):
        year, day, month = int(found[1]), int(found[2]), _MONTH_NUMBERS.get(found[3], 0)
    else:
        return None
    try:
        return date(year, month, day) if 1900 <= year <= 2200 else None
    except ValueError:
        return None


def read_clock(raw: object) -> time | None:
    """A time of day as time, 15:00, 15.00, 1500, 15; None when missing or malformed. Seconds are dropped."""
    if isinstance(raw, time):
        return raw.replace(second=0, microsecond=0, tzinfo=None)
    text = _figures(str(raw) if type(raw) is int else raw).lower()
    found = _CLOCK_CLOSED_UP.fullmatch(text) or _CLOCK.fullmatch(text)
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        return None


def read_month(raw: object) -> date | None:
    """The first day of a month given as 2026-10, 10.2026., oktobris 2026, or as any day in it; None when
    malformed."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw.replace(day=1)
    text = _bare(_figures(raw))
    if found := _MONTH.fullmatch(text):
        return read_day(f"{found[1]}-{found[2]}-1")
    if found := _LATVIAN_MONTH.fullmatch(text):
        return read_day(f"{found[2]}-{found[1]}-1")
    if found := _SPOKEN_MONTH.fullmatch(text):
        return read_day(f"{found[2]}-{_MONTH_NUMBERS.get(found[1], 0)}-1")
    if found := _SPOKEN_MONTH_YEAR_FIRST.fullmatch(text):
        return read_day(f"{found[1]}-{_MONTH_NUMBERS.get(found[2], 0)}-1")
    day = read_day(text)
    return day.replace(day=1) if day else None


def month_words(month: date) -> str:
    """A month in a sentence: 10.2026."""
    return f"{month:%m.%Y}"


def read_integer(raw: object) -> int | None:
    """A whole number (7, "7", "36,0"); None for truth values, parts of a whole and words."""
    value = _number(raw, unit=False)
    if value is None or not value.is_finite() or abs(value) > MOST or value != value.to_integral_value():
        return None
    return int(value)


def read_count(raw: object) -> int | None:
    """A whole number as people write one: 36, "36,0", "36,00 st."; None for fractions, words and numbers below one."""
    read = any_hours(raw)
    return read if isinstance(read, int) else None


def read_money(raw: object) -> Decimal | None:
    """An amount above zero with two places or fewer: "11.4", "11,40", "1 234,50 €", 12, Decimal; a float is
    never money."""
    if isinstance(raw, bool) or not isinstance(raw, (str, int, Decimal)):
        return None
    text = _CURRENCY.sub("", _figures(str(raw)))
    found = _MONEY.fullmatch(text)
    if not found:
        return None
    amount = Decimal(f"{found[1].replace(' ', '')}.{found[2] or 0}").quantize(Decimal("0.01"))
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
    value = _number(raw, unit=True)
    if value is None or not value.is_finite() or value > MOST_HOURS:
        return _no_hours()
    if value != value.to_integral_value():
        return Breach(
            "LOG-5",
            N_("Hours are written in whole numbers; parts of an hour are not counted."),
            N_("Write only the full academic hours."),
            field="hours",
        )
    return int(value) if value >= 1 else _no_hours()


def hours_or_none(raw: object) -> int | Breach:
    """As any_hours, where a sum may be nothing at all: 0."""
    return 0 if raw is not False and read_integer(raw) == 0 else any_hours(raw)


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
        N_("Write how many academic hours the meeting lasted, for example 2."),
        field="hours",
    )


def _number(raw: object, *, unit: bool) -> Decimal | None:
    """The number in a raw value, whatever its kind; None where there is none. `unit`: "2 st." is one too."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, (int, float, Decimal)):
        value = Decimal(raw) if isinstance(raw, int) else Decimal(str(raw))
        return value if not value.is_finite() or abs(value) < 10**15 else None
    text = _UNIT.sub("", _figures(raw)) if unit else _figures(raw)
    if any(sign in text for sign in "½¼¾⅓⅔⅛") or re.fullmatch(r"\d{1,3}(?:\s\d{1,3})?/\d{1,3}", text):
        return Decimal("0.5")
    if _WHOLE.fullmatch(text):
        return Decimal(text)
    if _FRACTION.fullmatch(text) and any(sign.isdecimal() for sign in text):
        return Decimal(text.replace(",", ".").replace("٫", "."))
    return None


def why_unread(kind: str, raw: object) -> tuple[str, str] | None:
    """Why something typed is no "day", "clock", "month", "money" or "number": a message id, and what was typed,
    for its place %(typed)s. None where it is read, or nothing is there."""
    typed = clean_text(str(raw), one_line=True)[:40] if isinstance(raw, (str, int, float)) else ""
    if not typed or isinstance(raw, bool) or READERS[kind](raw) is not None:
        return None
    figures = _figures(typed)
    if kind in ("day", "month") and _SHORT_YEAR.fullmatch(figures):
        return N_("“%(typed)s”: write the year with four digits, like this: 12.10.2026."), typed
    if kind == "day" and _SLASHED.fullmatch(figures):
        return N_("“%(typed)s”: which is the day and which the month? Write it like this: 12.10.2026."), typed
    return WORDS[kind], typed


READERS = {
    "day": read_day, "clock": read_clock, "month": read_month, "money": read_money, "number": read_integer,
}  # fmt: skip
WORDS = {
    "day": N_("“%(typed)s” is not a day of the calendar. Write it like this: 12.10.2026."),
    "clock": N_("“%(typed)s” is not a time of day. Write it like this: 15:00."),
    "month": N_("“%(typed)s” is not a month. Write it like this: 10.2026."),
    "money": N_("“%(typed)s” is not an amount in euros. Write it like this: 57,00."),
    "number": N_("“%(typed)s” is not a whole number."),
}


def unreadable_day(clause: str, cell: object, field: str) -> Breach:
    return Breach(
        clause,
        N_("The day cannot be read: “%(cell)s”."),
        N_("Enter it as day, month and year, for example 02.04.1990."),
        {"cell": read_text(cell)},
        field=field,
    )


def unreadable_number(clause: str, cell: object, field: str) -> Breach:
    return Breach(
        clause,
        N_("This cannot be read as whole numbers: “%(cell)s”."),
        N_("Write a whole number alone, for example 12."),
        {"cell": read_text(cell)},
        field=field,
    )
