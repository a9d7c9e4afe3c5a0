"""The settings of the programme: what is in force, what comes next, who decided it (GEN-3)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Refused, expect, refuse
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.people.pages.scope import keeper, trail
from celabiedrs.places.models import ProgrammeSetting
from celabiedrs.programme.actions.settings import set_value
from celabiedrs.programme.forms.settings import CHOICES, MEANS, SettingForm
from celabiedrs.programme.reading.touched import touched
from celabiedrs.rules import catalogue
from celabiedrs.rules.breach import in_words as shown_value
from celabiedrs.rules.parameters import parameters, stored
from celabiedrs.rules.programme import SETTINGS, setting_value
from celabiedrs.rules.programme import setting as setting_rule
from celabiedrs.rules.reading import read_day
from celabiedrs.rules.values import changeable


def words_of(name: str, value: Any) -> str:
    """A setting's value as people read it."""
    if isinstance(value, list) and all(isinstance(one, int) for one in value):
        value = tuple(value)
    if isinstance(value, list):
        return ", ".join(str(MEANS[item]) for item in value)
    if isinstance(value, tuple):
        return "–".join(str(one) for one in value)
    if isinstance(value, (date, Decimal)):
        return shown_value(value)
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return str(CHOICES.get(name, {}).get(value, value))


def meaning_of(name: str) -> str:
    """What the setting changes, and what it does not."""
    return {
        "signature_means": _(
            "How a row of the timesheet may be signed. Rows that are signed already stay signed."
        ),
        "six_learners_count": _(
            "Which learners of a mentor's semester count towards the limit. Plans that are approved stay."
        ),
        "pay_waits_for": _(
            "What a month waits for before it can be paid. The value on the first day of the month decides."
        ),
        "suitability_valid_months": _(
            "For how many months a suitability check made from that day on is good. "
            "Checks of earlier days keep their own."
        ),
        "notes_enabled": _(
            "Whether mentors may write private notes. Notes that exist stay closed to all others."
        ),
    }.get(name) or _(
        "The new value holds for what happens, is made or begins from its day on. Earlier days, and what was decided "
        "on them, keep their own value."
    )


def _history(name: str, today: date) -> list[dict[str, Any]]:
    """All values, the latest first, the one that ships last; each with its state."""
    own = list(ProgrammeSetting.objects.filter(name=name).select_related("set_by").order_by("-since"))
    rows: list[dict[str, Any]] = [
        {
            "value": words_of(name, stored(name, row.value)),
            "reason": row.reason,
            "since": row.since,
            "by": row.set_by and row.set_by.name,
            "at": row.set_at,
        }
        for row in own
    ]
    for since, _until, value in reversed(parameters()[name].values):
        rows.append({"value": words_of(name, value), "since": since, "by": None, "at": None})
    rows.sort(key=lambda row: row["since"], reverse=True)
    in_force = next((row for row in rows if row["since"] <= today), None)
    for row in rows:
        row["in_force"] = row is in_force
        row["to_come"] = row["since"] > today
    return rows


def _setting(name: str, today: date) -> dict[str, Any]:
    rows = _history(name, today)
    return {
        "name": name,
        "label": catalogue.label_of(name).within(get_language()),
        "clause": parameters()[name].clause,
        "unit": parameters()[name].unit,
        "meaning": meaning_of(name),
        "rows": rows,
        "now": next((row for row in rows if row["in_force"]), None),
        "next": next((row for row in reversed(rows) if row["to_come"]), None),
        "url": reverse("programme:setting", args=[name.replace("_", "-")]),
    }


@require_safe
def settings(request: SignedIn) -> HttpResponse:
    """All settings with their value of today."""
    keeper(request)
    today = clock.today()
    rows = [_setting(name, today) for name in SETTINGS]
    numbers = [
        _setting(name, today)
        for name, parameter in parameters().items()
        if name not in SETTINGS and changeable(parameter)
    ]
    return page(
        request, "programme/settings.html", rows=rows, numbers=numbers, crumbs=trail((_("Settings"), ""))
    )


@form_page
def setting(request: SignedIn, name: str) -> HttpResponse:
    """One setting: its history, and the form for what comes next."""
    user = keeper(request)
    known = name.replace("-", "_")
    if known not in SETTINGS and (known not in parameters() or not changeable(parameters()[known])):
        raise Http404
    today = clock.today()
    form = SettingForm(request.POST or None, name=known, initial={"since": today})
    read = form.is_valid() if request.method == "POST" else False
    look = _touched(known, form, today) if read and "look" in request.POST else None
    if read and look is None:
        done = attempt(form, set_value, by=user, name=known, **form.cleaned_data)
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("The setting is decided."))
            return redirect("programme:settings")
    shown = _setting(known, today)
    crumbs = trail((_("Settings"), reverse("programme:settings")), (shown["label"], ""))
    return page(request, "programme/setting.html", setting=shown, form=form, crumbs=crumbs, look=look)


def _touched(name: str, form: SettingForm, today: date) -> list[tuple[str, int]]:
    """What the value typed would touch from the day typed on; the rules say what cannot be read."""
    value, since = form.cleaned_data["value"], form.cleaned_data["since"]
    try:
        refuse(setting_rule(name=name, value=value, since=since, today=today))
    except Refused as refused:
        form.refuse(refused.findings)
        return []
    return touched(name, setting_value(name, value), expect(read_day(since)))
