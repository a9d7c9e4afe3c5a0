"""What a plan says, field by field, as pages and papers show it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from celabiedrs.lib.look import shown
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words.fields import FIELDS, TEXTS, Day, Risks, Text


@dataclass(frozen=True)
class Value:
    """A field in words; `task`: the step of preparing at which it is changed; `long`: a text with lines of its own."""

    label: str
    value: str
    task: str
    long: bool = False


def values_of(plan: SupportPlan, *, story: bool = True, but: Collection[str] = ()) -> list[Value]:
    """The plan's fields in their order, without the risks. The two days are one value, the extension counted; without
    `story` only what all who see the plan may read."""
    rows = []
    for field in FIELDS:
        if field.name in but or isinstance(field, Risks) or (field.story and not story):
            continue
        if isinstance(field, Day):
            if not field.last:
                rows.append(Value(_days_label(plan), _days(plan), field.task))
            continue
        value = field.of(plan)
        words = "–" if value in (None, "") else field.in_words(value)
        rows.append(Value(str(field.label), words, field.task, long=isinstance(field, Text)))
    return rows


def texts_of(agreement: Any) -> list[tuple[str, str]]:
    """The texts of an agreement as they were signed; none where it has none."""
    text = getattr(agreement, "text", None)
    return [(str(field.label), field.of(text)) for field in TEXTS] if text is not None else []


def _days_label(plan: SupportPlan) -> str:
    return _("Plan in force") if plan.approved_at else _("Days")


def _days(plan: SupportPlan) -> str:
    return f"{shown.day(plan.starts_on)} – {shown.day(plan.last_day)}"
