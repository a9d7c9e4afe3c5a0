"""Controls of the meeting's form: a day by one tap, a topic by one tap. All of them work without script."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, override

from celabiedrs.lib import clock
from celabiedrs.rules.breach import N_
from celabiedrs.rules.reading import read_day

TOPICS = (
    N_("Goals and a plan"),
    N_("How to learn better"),
    N_("Getting to know a profession"),
    N_("Strengths and self-esteem"),
    N_("Emotions and stress"),
    N_("Creative project"),
    N_("Volunteering"),
    N_("Culture or sport"),
    N_("Diary of my future"),
    N_("Digital skills and safety"),
    N_("Meeting an inspiring person"),
)
"""The source's eleven kinds of activity in short words of ours: suggestions, never a closed list."""


def topics() -> list[tuple[str, str]]:
    """Value and label of each suggestion. The record is kept in the state language, whatever the page's is."""
    with override("lv"):
        values = [gettext(topic) for topic in TOPICS]
    return list(zip(values, [gettext(topic) for topic in TOPICS], strict=True))


class DayTiles(forms.Widget):
    """Today and yesterday as tiles, "another day" with a field. Posts NAME and NAME_more; its value is raw text."""

    template_name = "hours/day_tiles.html"
    use_fieldset = True

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> str | None:
        chosen = data.get(name)
        if chosen == "more" or (chosen in (None, "") and data.get(f"{name}_more")):
            return data.get(f"{name}_more", "")
        return chosen

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_0" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        today = clock.today()
        days = [(gettext("today"), today), (gettext("yesterday"), today - timedelta(days=1))]
        read = read_day(value)
        among = read in [day for _, day in days]
        context["days"] = [
            {"label": label, "day": day, "value": day.isoformat(), "chosen": read == day}
            for label, day in days
        ]
        context["other"] = bool(value) and not among
        context["typed"] = (
            "" if among or not value else (value.isoformat() if isinstance(value, date) else value)
        )
        context["native"] = not context["typed"] or (
            read is not None and read.isoformat() == context["typed"]
        )
        return context


class TopicTiles(forms.Widget):
    """Suggestions as tiles and a line for own words. A tile and words together become "tile: words"."""

    template_name = "hours/topic_tiles.html"
    use_fieldset = True

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> str | None:
        picked, words = data.get(f"{name}_pick", ""), data.get(name, "")
        if picked and words.strip():
            return f"{picked}: {words.strip()}"
        return picked or words

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        suggested = topics()
        context["topics"] = suggested
        context["picked"] = value if value in [topic for topic, _ in suggested] else ""
        context["words"] = "" if context["picked"] else (value or "")
        return context


class TopicLine(forms.TextInput):
    """A line with the suggestions behind it, for a topic that stands already."""

    template_name = "hours/topic_line.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"topics": topics()}
