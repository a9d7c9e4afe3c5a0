"""The page "Noteikumi": every clause in plain words, what to do about a refusal, and the numbers in force today.

Public, in both languages. Every refusal of the product links here: /noteikumi/#TG-5 (GEN-1, GEN-3).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.look import shown
from celabiedrs.places.facts import programme
from celabiedrs.rules import catalogue
from celabiedrs.rules.catalogue import Clause
from celabiedrs.rules.parameters import Parameter


@dataclass(frozen=True)
class Kind:
    """A kind of clause as the page shows it: its badge, and what the kind means for the reader."""

    name: str
    tone: str
    label: str | Promise
    meaning: str | Promise


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "enforced",
            "accent",
            pgettext_lazy("kind of rule", "Required"),
            gettext_lazy("The system refuses what breaks it."),
        ),
        Kind(
            "advised",
            "amber",
            pgettext_lazy("kind of rule", "Advised"),
            gettext_lazy("The system warns or reminds and lets you go on."),
        ),
        Kind(
            "supported",
            "green",
            pgettext_lazy("kind of rule", "Possible"),
            gettext_lazy("The system gives you a means to do it."),
        ),
        Kind(
            "informed",
            "grey",
            pgettext_lazy("kind of rule", "To know"),
            gettext_lazy("Background and aims; nothing is checked."),
        ),
    )
}


class Chosen(forms.Form):
    """The filter of the page: words to look for and a kind. What makes no sense is taken as no filter."""

    q = forms.CharField(
        label=gettext_lazy("Search"), required=False, max_length=100,
        help_text=gettext_lazy("A word or a number of a rule, for example “summer” or TG-5."),
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search", "autocomplete": "off"}),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of rule"), required=False,
        choices=[("", gettext_lazy("All kinds")), *((kind.name, kind.label) for kind in KINDS.values())],
    )  # fmt: skip


@login_not_required
@require_safe
def rules_page(request: HttpRequest) -> HttpResponse:
    """GET: all clauses by chapter, or those that the filter leaves."""
    form = Chosen(request.GET if request.GET else None)
    words, kind = _asked(form)
    language = get_language()
    found = [clause for clause in catalogue.clauses() if _fits(clause, words, kind, language)]
    context = {
        "form": form,
        "filtered": bool(words or kind),
        "kinds": KINDS.values(),
        "chapters": _chapters(found, clock.today(), language),
        "total": len(found),
        "source": catalogue.source().name.within(language),
        "updated": catalogue.source().updated,
        "today": clock.today(),
    }
    return render(request, "programme/rules.html", context)


def _asked(form: Chosen) -> tuple[list[str], str]:
    if not form.is_bound:
        return [], ""
    form.is_valid()
    return _plain(form.cleaned_data.get("q", "")).split(), form.cleaned_data.get("kind", "")


def _plain(text: str) -> str:
    """For searching: no capitals and no marks, so that "sesi" finds "seši"."""
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _fits(clause: Clause, words: Iterable[str], kind: str, language: str | None) -> bool:
    if kind and clause.kind != kind:
        return False
    said = " ".join(
        part.on(clock.today()).within(language) for part in (clause.title, clause.text, clause.remedy)
    )
    text = _plain(f"{clause.id} {clause.chapter} {said}")
    return all(_plain(clause.id) == word if word in _IDS else word in text for word in words)


_IDS = {_plain(clause.id) for clause in catalogue.clauses()}


def _chapters(found: Iterable[Clause], today: date, language: str | None) -> list[dict[str, Any]]:
    settings = programme().settings
    return [
        {
            "number": list(catalogue.chapters()).index(heading) + 1,
            "heading": catalogue.chapters()[heading].within(language),
            "clauses": [_shown(clause, today, language, settings) for clause in group],
        }
        for heading, group in groupby(found, key=lambda clause: clause.chapter)
    ]


def _shown(
    clause: Clause, today: date, language: str | None, settings: Mapping[str, tuple[tuple[date, Any], ...]]
) -> dict[str, Any]:
    return {
        "id": clause.id,
        "kind": KINDS[clause.kind],
        "title": clause.title.on(today).within(language),
        "text": _linked(clause.text.on(today).within(language), clause.id),
        "remedy": _linked(clause.remedy.on(today).within(language), clause.id),
        "settled": clause.settled,
        "numbers": [
            {
                "label": catalogue.label_of(parameter.name).within(language),
                **_in_force(parameter, today, language, settings),
            }
            for parameter in catalogue.parameters_of(clause.id)
        ],
    }


def _linked(text: str, own: str) -> SafeString:
    """The text, with each rule that it points to as a link; a filtered page may not hold that rule."""
    page = reverse("programme:rules")

    def link(match: re.Match[str]) -> str:
        ident = match[0]
        return (
            ident
            if ident == own
            else format_html('<a class="clause" href="{}#{}">{}</a>', page, ident, ident)
        )

    return mark_safe(catalogue.CLAUSE_ID.sub(link, escape(text)))


def _in_force(
    parameter: Parameter,
    today: date,
    language: str | None,
    settings: Mapping[str, tuple[tuple[date, Any], ...]],
) -> dict[str, Any]:
    """The value of today and since when: the programme's own decision, else the one that ships, else none."""
    own = [(since, value) for since, value in settings.get(parameter.name, ()) if since <= today]
    shipped = [
        (since, value)
        for since, until, value in parameter.values
        if since <= today and (until is None or today <= until)
    ]
    if not own and not shipped:
        return {"value": gettext("none in force"), "since": None, "own": False}
    since, value = (own or shipped)[-1]
    return {"value": value_words(value, language), "since": since, "own": bool(own)}


def value_words(value: Any, language: str | None) -> str:
    """A parameter's value as a reader sees it: 20, 7–9, 23,59 %, 31.12.2034., yes, "on paper, on the device"."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, Decimal):
        percent = f"{(value * 100).normalize():f}"
        return f"{percent if shown.english() else percent.replace('.', ',')}{shown.HARD_SPACE}%"
    if isinstance(value, date):
        return shown.day(value)
    if isinstance(value, (list, tuple)):
        if len(value) == 2 and all(isinstance(item, int) for item in value):
            return f"{value[0]}–{value[1]}"
        return ", ".join(value_words(item, language) for item in value)
    return catalogue.word(value).within(language) if isinstance(value, str) else str(value)
