"""How papers say days, months and numbers: in Latvian, whatever the language of the page."""

from datetime import date, datetime

from celabiedrs.lib.clock import RIGA
from celabiedrs.lib.look.shown import MONTHS_LV


def day(value: date | None) -> str:
    """05.10.2026., "" for none."""
    return f"{value:%d.%m.%Y.}" if value else ""


def moment(value: datetime | None) -> str:
    """05.10.2026. plkst. 14:05 in Riga, "" for none."""
    return f"{value.astimezone(RIGA):%d.%m.%Y. plkst. %H:%M}" if value else ""


def month(value: date, *, supplement: int = 0) -> str:
    """2026. gada oktobris; of a supplementary sheet with its number."""
    words = f"{value.year}. gada {MONTHS_LV[value.month - 1]}"
    return f"{words}, {supplement}. papildinājums" if supplement else words


def stage(class_year: int | None, course_year: int | None) -> str:
    """8. klase or 2. kurss."""
    return f"{class_year}. klase" if class_year is not None else f"{course_year}. kurss"


def counted(number: int, one: str, many: str) -> str:
    """21 grafiks, 11 grafiki: Latvian counts by the last digit."""
    return f"{number} {one if number % 10 == 1 and number % 100 != 11 else many}"
