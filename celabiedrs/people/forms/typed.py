"""Fields that keep what was typed as it was typed: what it means, and whether it is missing, the rules say."""

from typing import Any

from django import forms

from celabiedrs.lib.look.fields import Read, TextField, clean_text
from celabiedrs.lib.look.widgets import DayInput


class Typed(TextField):
    """Text that the rules ask for."""

    def validate(self, value: Any) -> None:
        return


class TypedDay(Read, forms.Field):
    """A day that the rules read."""

    widget = DayInput

    def to_python(self, value: Any) -> str:
        return "" if value in self.empty_values else clean_text(str(value), one_line=True)

    def validate(self, value: Any) -> None:
        return
