from typing import Any

from django import forms

from celabiedrs.lib.look.fields import Read, TextField, clean_text
from celabiedrs.lib.look.widgets import DayInput


class RawField(Read, forms.Field):
    """What was typed, as text. Asked for, but its absence is for the rules to refuse."""

    def to_python(self, value: Any) -> str:
        return "" if value in self.empty_values else clean_text(str(value), one_line=True)

    def validate(self, value: Any) -> None:
        return


class RawDay(RawField):
    widget = DayInput


class UnfinishedText(TextField):
    """Text that is needed in the end and may be left empty for now: whether it is there, the rules say."""

    def validate(self, value: Any) -> None:
        return
