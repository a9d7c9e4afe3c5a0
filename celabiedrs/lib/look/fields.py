"""Form fields that take what people type: Latvian or ISO days, 15.00 or 15:00, 57,00 €.

Every text is normalised to NFC here, at the edge. A field may carry `readers`: who reads what is written.
"""

import re
import unicodedata
from datetime import date, time
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.look.widgets import ClockInput, DayInput, HoursTiles

AnyField = TypeVar("AnyField", bound=forms.Field)
LATVIAN_DAY = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})\.?\Z", re.ASCII)
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z", re.ASCII)
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?\Z", re.ASCII)
ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})\Z", re.ASCII)
LATVIAN_MONTH = re.compile(r"(\d{1,2})\.\s*(\d{4})\.?\Z", re.ASCII)
AMOUNT = re.compile(r"-?\d{1,9}([.,]\d{1,2})?\Z", re.ASCII)
KEPT_CONTROLS = "\n\t"
DIRECTION_CONTROLS = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF], None
)


def clean_text(value: str, *, one_line: bool = False) -> str:
    """NFC, one kind of line end, no control or direction characters, no space at either end."""
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n")
    text = text.translate(DIRECTION_CONTROLS)
    text = "".join(c for c in text if c in KEPT_CONTROLS or unicodedata.category(c) not in ("Cc", "Cs"))
    return " ".join(text.split()) if one_line else text.strip()


def asked_by_rule(field: AnyField) -> AnyField:
    """The form lets this field be empty, since a rule says what is missing; the page does not call it optional."""
    field.rule_asks = True  # type: ignore[attr-defined]
    return field


class Read:
    """Mixin: a field that says who reads it, `readers=_("school, expert")`."""

    def __init__(self, *args: Any, readers: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readers = readers


class TextField(Read, forms.CharField):
    """One line of text; with `lines=N` a text area of N rows that keeps its line ends."""

    def __init__(self, *args: Any, lines: int = 1, **kwargs: Any) -> None:
        if lines > 1:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": lines}))
        super().__init__(*args, **kwargs)
        self.one_line = not isinstance(self.widget, forms.Textarea)

    def to_python(self, value: Any) -> str:
        text = "" if value in self.empty_values else str(value)
        return super().to_python(clean_text(text, one_line=self.one_line)) or ""


class DayField(Read, forms.Field):
    """A day: 12.10.2026. or 2026-10-12, as a `date`."""

    widget = DayInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Enter the day like this: 12.10.2026. – “%(typed)s” is not a day of the calendar.")
    }

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        typed = clean_text(str(value), one_line=True)
        try:
            if found := ISO_DAY.match(typed):
                year, month, day = found.groups()
            elif found := LATVIAN_DAY.match(typed):
                day, month, year = found.groups()
            else:
                raise ValueError(typed)
            return date(int(year), int(month), int(day))
        except ValueError:
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"typed": typed[:40]}
            ) from None


class ClockField(Read, forms.Field):
    """A time of day: 15:00 or 15.00, as a `time`."""

    widget = ClockInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Enter the time like this: 15:00 – “%(typed)s” is not a time of day.")
    }

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, time):
            return value
        typed = clean_text(str(value), one_line=True)
        found = CLOCK.match(typed)
        if found and int(found[1]) < 24 and int(found[2]) < 60:
            return time(int(found[1]), int(found[2]))
        raise ValidationError(self.error_messages["invalid"], code="invalid", params={"typed": typed[:40]})


class MonthField(Read, forms.Field):
    """A month: 2026-10 or 10.2026., as the `date` of its first day."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Enter the month like this: 10.2026. – “%(typed)s” is not a month.")
    }

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value.replace(day=1)
        typed = clean_text(str(value), one_line=True)
        try:
            if found := ISO_MONTH.match(typed):
                return date(int(found[1]), int(found[2]), 1)
            if found := LATVIAN_MONTH.match(typed):
                return date(int(found[2]), int(found[1]), 1)
        except ValueError:
            pass
        raise ValidationError(self.error_messages["invalid"], code="invalid", params={"typed": typed[:40]})

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%Y-%m}" if isinstance(value, date) else value


class HoursField(Read, forms.Field):
    """Hours as they were typed, as `str`: whether they are whole academic hours the rules say (HRS)."""

    widget = HoursTiles

    def to_python(self, value: Any) -> str:
        return "" if value in self.empty_values else clean_text(str(value), one_line=True)


class MoneyField(Read, forms.Field):
    """An amount in euro: 57,00 or 57.00, with or without the sign, as `Decimal` with two places."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "money"})
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Enter the amount in euro like this: 57,00 – “%(typed)s” is not an amount.")
    }

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        if isinstance(value, (Decimal, int)):
            return Decimal(value).quantize(Decimal("0.01"))
        typed = clean_text(str(value), one_line=True)
        plain = re.sub(r"[\s€]", "", typed)
        if not AMOUNT.match(plain):
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"typed": typed[:40]}
            )
        return Decimal(plain.replace(",", ".")).quantize(Decimal("0.01"))

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.2f}".replace(".", ",") if isinstance(value, Decimal) else value
