"""What ends in a year, counted by class, month and school. Private notes are not counted: that is nobody's business."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy

from celabiedrs.plans.models import SupportPlan
from celabiedrs.retention.reading import classes
from celabiedrs.retention.reading.due import held_plans
from celabiedrs.retention.reading.lapses import SHORTER, Shorter, never_approved
from celabiedrs.rules.retention import erased_on, keep_until

PLANS = gettext_lazy("support plans with all that belongs to them")


@dataclass(frozen=True)
class Ending:
    """So many of something end in a month; `school` is empty where it belongs to none. `held` of them are on hold."""

    keeping: classes.RetentionClass
    what: Any
    month: date
    school: str
    count: int
    held: int = 0


def ends_in(year: int, today: date) -> list[Ending]:
    """Everything whose last day, or whose night, lies in a year; by class, month, school."""
    found = list(_plans(year, today))
    for kind in SHORTER:
        found += _shorter(kind, year, today)
    return sorted(found, key=lambda each: (each.month, str(each.what), each.school))


def _plans(year: int, today: date) -> list[Ending]:
    """Plans by the month of their last day of keeping; the plans that came to nothing have a class of their own."""
    last = Greatest(Coalesce(F("extended_until"), F("ends_on")), Value(keep_until(today)))
    rows = SupportPlan.objects.exclude(pk__in=never_approved().order_by().values("pk")).annotate(last=last)
    rows = rows.filter(last__year=year).order_by()
    counted = rows.values("last", "institution__name").annotate(count=Count("pk"))
    held = rows.filter(pk__in=held_plans().values("pk")).values_list("last", "institution__name")
    on_hold = Counter((day.replace(day=1), school) for day, school in held)
    sums: Counter[tuple[date, str]] = Counter()
    for row in counted:
        sums[row["last"].replace(day=1), row["institution__name"]] += row["count"]
    return [
        Ending(classes.EVIDENCE, PLANS, month, school, count, on_hold[month, school])
        for (month, school), count in sums.items()
    ]


def _shorter(kind: Shorter, year: int, today: date) -> list[Ending]:
    by = ["since", kind.school] if kind.school else ["since"]
    sums: Counter[tuple[date, str]] = Counter()
    for values in kind.ending(year, today).order_by().values_list(*by):
        day = max(erased_on(kind.keeping.length, values[0], today), today)
        sums[day.replace(day=1), values[1] if kind.school else ""] += 1
    return [Ending(kind.keeping, kind.title, month, school, count) for (month, school), count in sums.items()]
