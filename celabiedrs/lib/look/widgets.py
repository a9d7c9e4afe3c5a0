"""Controls that suit a thumb: native pickers, tiles in the place of small round buttons."""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
PLAIN_CLOCK = re.compile(r"\d{2}:\d{2}\Z", re.ASCII)


class PagesInput(forms.FileInput):
    """One file, or a photograph of each page. The form sees the last one; who stores them takes them all."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"multiple": True} | (attrs or {}))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.get(name)


class NativeInput(forms.TextInput):
    """A native picker, but plain text again when what was typed is nothing the picker could show.

    A browser empties type=date when its value is malformed; typed text must not be lost.
    """

    shape: re.Pattern[str]

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, date):
            return f"{value:%Y-%m-%d}"
        if isinstance(value, time):
            return f"{value:%H:%M}"
        shown = super().format_value(value)
        return None if shown is None else str(shown)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and not self.shape.match(str(shown)):
            context["widget"]["type"] = "text"
        return context


class DayInput(NativeInput):
    input_type = "date"
    shape = ISO_DAY


class ClockInput(NativeInput):
    input_type = "time"
    shape = PLAIN_CLOCK


class Tiles(forms.RadioSelect):
    """Radio buttons drawn as large tiles in a row."""

    template_name = "forms/tiles.html"


class HoursTiles(forms.Widget):
    """1–4 as tiles and "more" with a field beside it.

    Posts NAME (1, 2, 3, 4 or "more") and NAME_more (what was typed). Its value is the raw text: a tile's
    number, or the typed text; whether these are whole hours is for the rules to say.
    """

    template_name = "forms/hours_tiles.html"
    use_fieldset = True
    tiles = ("1", "2", "3", "4")

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> str | None:
        chosen = data.get(name)
        if chosen == "more" or (chosen in (None, "") and data.get(f"{name}_more")):
            return str(data.get(f"{name}_more", ""))
        return None if chosen is None else str(chosen)

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        return name not in data and f"{name}_more" not in data

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_1" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = "" if value is None else str(value)
        context["tiles"] = self.tiles
        context["chosen"] = shown if shown in self.tiles else ("more" if shown else "")
        context["typed"] = "" if shown in self.tiles else shown
        return context
