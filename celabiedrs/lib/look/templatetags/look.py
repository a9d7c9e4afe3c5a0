"""Filters that show days, hours and money, and tags for components that reckon something first."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from celabiedrs.lib.clock import today
from celabiedrs.lib.look import band, shown
from celabiedrs.lib.web import ActForm
from celabiedrs.rules import parameters
from celabiedrs.rules.breach import Finding

register = template.Library()

RULES_PAGE = "/noteikumi/"


@register.filter
def day(value: date | None) -> str:
    return shown.day(value)


@register.filter
def day_words(value: date | None) -> str:
    return shown.day_words(value)


@register.filter
def month(value: date | None) -> str:
    return shown.month(value)


@register.filter
def month_in(value: date | None) -> str:
    return shown.month_in(value)


@register.filter
def clock(value: time | datetime | None) -> str:
    return shown.clock(value)


@register.filter
def moment(value: datetime | None) -> str:
    return shown.moment(value)


@register.filter
def hours(value: int | None) -> str:
    return shown.hours(value)


@register.filter
def money(value: Decimal | int | str | None) -> str:
    return shown.money(value)


@register.filter
def finding_text(finding: Finding) -> str:
    """What a rule said, in the reader's language: the message id translated, then its values put in."""
    return finding.said(gettext)


@register.filter
def field_about(finding: Finding, form: ActForm | None) -> dict[str, Any] | None:
    """The visible field of a form that a finding is about: its label and its place on the page."""
    name = form.field_of(finding) if form is not None else ""
    if form is None or not name or form[name].is_hidden:
        return None
    return {"label": form[name].label, "href": _place_of(form[name])}


def _place_of(bound: BoundField) -> str:
    return f"#{bound.field.widget.id_for_label(bound.auto_id) or bound.auto_id}"


@register.filter
def finding_remedy(finding: Finding) -> str:
    """What can be done about it now; empty where nothing can."""
    return finding.advice(gettext)


@register.filter
def rule_url(clause: str) -> str:
    """The clause's place on the page of rules: /noteikumi/#TG-5; without a clause the page itself."""
    return f"{RULES_PAGE}#{clause}" if clause else RULES_PAGE


@register.filter
def is_optional(field: BoundField) -> bool:
    """Whether a field may really stay empty: no rule asks for it either."""
    return not field.field.required and not getattr(field.field, "rule_asks", False)


@register.simple_tag
def clause(ident: str) -> SafeString:
    """A link to the rule: {% clause "TG-5" %}."""
    return format_html('<a class="clause" href="{}">{}</a>', rule_url(ident), ident)


@register.simple_tag
def value(name: str, day: date | None = None) -> Any:
    """A dated value of the rules, on a day or today: {% value "academic_hour_minutes" day as minutes %}."""
    return parameters.at(name, day or today()).value


@register.simple_tag
def once() -> SafeString:
    """The key against double posting; each form that acts carries one."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())


@register.simple_tag
def status(tone: str, text: str) -> SafeString:
    """A state in words with its tone: green, amber, red, grey or accent."""
    return format_html('<span class="tag tag--{}">{}</span>', tone, text)


@register.inclusion_tag("components/refusal.html")
def refusal(findings: Iterable[Finding], title: str = "", advice: str = "") -> dict[str, Any]:
    """Why it was not done: every finding with its rule and what can be done now."""
    return {
        "findings": list(findings),
        "form": getattr(findings, "form", None),
        "title": title,
        "advice": advice,
    }


@register.inclusion_tag("components/caution.html")
def caution(findings: Iterable[Finding], title: str = "") -> dict[str, Any]:
    """Done, or about to be done, but mind this: findings that do not stop."""
    return {"findings": list(findings), "title": title}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """Everything that is wrong with the forms, each line a link to its field."""
    errors = []
    for form in forms:
        if getattr(form, "refused", ()):
            continue  # the box of the refusal says it, with the rule
        errors += [{"href": "", "text": text} for text in form.non_field_errors()]
        for name in form.errors:
            if name in form.fields:
                bound = form[name]
                errors += [
                    {"href": _place_of(bound), "label": bound.label, "text": text} for text in bound.errors
                ]
    return {"errors": errors}


@register.inclusion_tag("components/hours_meter.html")
def hours_meter(used: int, limit: int, label: str = "", short: bool = False) -> dict[str, Any]:
    """Hours used of the month's limit (TG-5), with what is left in words."""
    left = limit - used
    near = parameters.whole("near_limit_hours", today())
    tone = "red" if left < 0 else "amber" if left <= near else "green"
    return {
        "used": used, "limit": limit, "left": max(left, 0), "over": max(-left, 0), "label": label,
        "tone": tone, "filled": min(100, round(100 * used / limit)) if limit else 0, "short": short,
    }  # fmt: skip


@register.inclusion_tag("components/time_band.html")
def time_band(
    since: date,
    until: date,
    *,
    label: str = "",
    breaks: Iterable[tuple[date, date, str]] = (),
    today: date | None = None,
    span_since: date | None = None,
    span_until: date | None = None,
    dots: Iterable[date] = (),
) -> dict[str, Any]:
    """A stretch of time as a band: months, breaks, a span within it, days marked with a dot, and today."""
    return band.drawn(
        since, until, label=label, breaks=list(breaks), today=today,
        span=(span_since, span_until) if span_since and span_until else None, dots=list(dots),
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def who_is_looking(context: Context) -> str:
    """The signed-in person's number for the unsent-text guard; empty for strangers."""
    user = getattr(context.get("request"), "user", None)
    return str(user.pk) if user is not None and user.is_authenticated else ""


@register.simple_tag
def address(name: str, *args: object) -> str:
    """As `url … as …` does, but a name or arguments that lead nowhere fail: `{% address "x:y" thing as url %}`."""
    return reverse(name, args=args)


@register.filter
def of(values: Mapping[str, str], key: object) -> str:
    """What stands in a mapping under a key that is known only in the loop; empty where nothing does."""
    return values.get(str(key), "")
