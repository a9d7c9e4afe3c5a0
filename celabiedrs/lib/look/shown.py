"""How days, months, hours and money are shown, in the language of the page.

Plain functions, used by the template filters, by documents and by messages. Latvian is the default:
12.10.2026., "2 st.", "57,00 €". Moments are shown as Riga wall-clock time.
"""

from datetime import date, datetime, time
from decimal import Decimal

from django.utils.translation import get_language

from celabiedrs.lib.clock import RIGA, riga_day

HARD_SPACE = "\N{NO-BREAK SPACE}"

WEEKDAYS_LV = ("pirmdien", "otrdien", "trešdien", "ceturtdien", "piektdien", "sestdien", "svētdien")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS_LV = (
    "janvāris", "februāris", "marts", "aprīlis", "maijs", "jūnijs",
    "jūlijs", "augusts", "septembris", "oktobris", "novembris", "decembris",
)  # fmt: skip
MONTHS_LV_IN = (
    "janvārī", "februārī", "martā", "aprīlī", "maijā", "jūnijā",
    "jūlijā", "augustā", "septembrī", "oktobrī", "novembrī", "decembrī",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def english() -> bool:
    """Whether the page is read in English; otherwise it is Latvian."""
    return (get_language() or "lv").startswith("en")


def _the_day(value: date) -> date:
    if isinstance(value, datetime):
        return riga_day(value) if value.tzinfo else value.date()
    return value


def day(value: date | None) -> str:
    """12.10.2026. — in English 12 Oct 2026."""
    if not isinstance(value, date):
        return ""
    on = _the_day(value)
    if english():
        return f"{on.day}{HARD_SPACE}{MONTHS_EN[on.month - 1][:3]}{HARD_SPACE}{on.year}"
    return f"{on.day:02}.{on.month:02}.{on.year}."


def day_words(value: date | None) -> str:
    """pirmdien, 12. oktobrī — in English Monday, 12 October."""
    if not isinstance(value, date):
        return ""
    on = _the_day(value)
    if english():
        return f"{WEEKDAYS_EN[on.weekday()]}, {on.day}{HARD_SPACE}{MONTHS_EN[on.month - 1]}"
    return f"{WEEKDAYS_LV[on.weekday()]}, {on.day}.{HARD_SPACE}{MONTHS_LV_IN[on.month - 1]}"


def month(value: date | None) -> str:
    """2026. gada oktobris — in English October 2026. Any day of the month will do."""
    if not isinstance(value, date):
        return ""
    on = _the_day(value)
    if english():
        return f"{MONTHS_EN[on.month - 1]} {on.year}"
    return f"{on.year}. gada {MONTHS_LV[on.month - 1]}"


def month_in(value: date | None) -> str:
    """2026. gada oktobrī — in English October 2026; for sentences that say when."""
    if not isinstance(value, date):
        return ""
    on = _the_day(value)
    if english():
        return month(on)
    return f"{on.year}. gada {MONTHS_LV_IN[on.month - 1]}"


def clock(value: time | datetime | None) -> str:
    """15:00, Riga time where the value is a moment."""
    if isinstance(value, datetime):
        value = (value.astimezone(RIGA) if value.tzinfo else value).time()
    return f"{value.hour:02}:{value.minute:02}" if isinstance(value, time) else ""


def moment(value: datetime | None) -> str:
    """12.10.2026. plkst. 15:04 — in English 12 Oct 2026 at 15:04."""
    if not isinstance(value, datetime):
        return ""
    joint = "at" if english() else "plkst."
    return f"{day(value)} {joint}{HARD_SPACE}{clock(value)}"


def hours(value: int | str | None) -> str:
    """2 st. — whole academic hours; in English 2 h. A correction's may be below zero: −2 st."""
    if value is None or value == "":
        return ""
    number = f"{value:,}" if isinstance(value, int) else value
    number = number.replace("-", "\N{MINUS SIGN}").replace(",", "," if english() else HARD_SPACE)
    return f"{number}{HARD_SPACE}{'h' if english() else 'st.'}"


def money(value: Decimal | int | str | None) -> str:
    """1 234,50 € — in English €1,234.50. Always two places, never rounded in silence."""
    if value is None or value == "":
        return ""
    amount = Decimal(value)
    plain = f"{abs(amount):,.2f}"
    sign = "\N{MINUS SIGN}" if amount < 0 else ""
    if english():
        return f"{sign}€{plain}"
    return sign + plain.replace(",", HARD_SPACE).replace(".", ",") + f"{HARD_SPACE}€"
