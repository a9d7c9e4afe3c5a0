"""The fields of all forms. What was typed is kept as it was typed and shown again after an error: what it means
the rules' reader says (`celabiedrs.rules.reading`), whether it will do the rules, whichever door it came in by.

A field may carry `readers`: who reads what is written.
"""

from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django import forms

from celabiedrs.lib.look.widgets import ClockInput, DayInput
from celabiedrs.rules.reading import clean_text, read_text, why_unread

AnyField = TypeVar("AnyField", bound=forms.Field)
NUMBER = forms.TextInput(attrs={"inputmode": "numeric", "class": "money"})
MONEY = forms.TextInput(attrs={"inputmode": "decimal", "class": "money"})


def asked_by_rule(field: AnyField) -> AnyField:
    """The form lets this field be empty, since a rule says what is missing; the page does not call it optional."""
    field.rule_asks = True  # type: ignore[attr-defined]
    return field


class Read:
    """Mixin: a field that says who reads it: `readers=_("…")`."""

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


class RawText(TextField):
    """Text that the rules ask for: it may be missing or unfinished as far as the form is concerned."""

    def validate(self, value: Any) -> None:
        return


class RawField(Read, forms.Field):
    """What was typed, untouched. Asked for, unless `required=False`, but its absence is for the rules to refuse.

    `kind` names its reader: `lib.web.attempt` marks the field with its word when an act was refused and
    the reader could not read it.
    """

    kind = ""

    def to_python(self, value: Any) -> str:
        return str(value) if value not in self.empty_values and read_text(str(value)) else ""

    def validate(self, value: Any) -> None:
        return

    def why_unread(self, typed: Any) -> tuple[str, str] | None:
        return why_unread(self.kind, typed) if self.kind else None


class RawDay(RawField):
    """12.10.2026., 2026-10-12, 12. oktobris 2026 …"""

    kind = "day"
    widget = DayInput


class RawClock(RawField):
    """15:00, 15.00, 1500 …"""

    kind = "clock"
    widget = ClockInput


class RawMonth(RawField):
    """10.2026., 2026-10, oktobris 2026 …"""

    kind = "month"
    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%m.%Y}." if isinstance(value, date) else value


class RawHours(RawField):
    """2, "2 st.", "2,0"; that 1,5 is no whole hour the rule of hours says (LOG-5)."""

    widget = NUMBER


class RawNumber(RawField):
    """36, 36,0."""

    kind = "number"
    widget = NUMBER


class RawMoney(RawField):
    """57,00, 57.00 €, 1 234,50 …"""

    kind = "money"
    widget = MONEY

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.2f}".replace(".", ",") if isinstance(value, Decimal) else value
