"""The list of a dry run as it may be shown: numbers, classes, dates, and why something is passed over. No names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from celabiedrs.lib import clock
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.retention.models import Hold
from celabiedrs.retention.reading import classes
from celabiedrs.retention.reading.due import Due, held_by
from celabiedrs.retention.reading.lapses import CAME_TO_NOTHING
from celabiedrs.retention.reading.numbers import title_of
from celabiedrs.rules.retention import erased_on, keep_until

AT_ONCE = 100


@dataclass(frozen=True)
class Listed:
    """A plan on the list: its number, class, days, what holds it, and whom to ask."""

    number: str
    keeping: classes.RetentionClass
    state: str
    since: date
    until: date
    kept_until: date
    school: str
    school_url: str
    reach: str
    why: tuple[str, ...]


def listed(request: HttpRequest, found: Due) -> dict[str, Any]:
    """Context of the list: its three parts as tabs, and the rows of the chosen one."""
    parts = {"goes": found.plans, "held": found.on_hold, "open": found.still_open}
    words = {"goes": _("Goes"), "held": _("On hold"), "open": _("Still open")}
    asked = request.GET.get("part", "goes")
    part = asked if asked in parts else "goes"
    kept = request.GET.copy()
    kept.pop("page", None)
    tabs = []
    for name, keys in parts.items():
        kept["part"] = name
        tabs.append(
            {"label": words[name], "url": "?" + kept.urlencode(), "count": len(keys), "current": name == part}
        )
    pager = Paginator(parts[part], AT_ONCE).get_page(request.GET.get("page"))
    return {
        "tabs": tabs,
        "part": part,
        "counts": found.counts,
        "rows": _rows(pager.object_list, held=part == "held"),
        "pager": pager,
    }


def _rows(keys: Iterable[int], *, held: bool) -> list[Listed]:
    wanted = list(keys)
    holds = held_by(wanted) if held else {}
    plans = SupportPlan.objects.filter(pk__in=wanted).select_related("institution").order_by("number")
    drafts = set(plans.filter(CAME_TO_NOTHING).order_by().values_list("pk", flat=True))
    day = keep_until(clock.today())
    return [_row(plan, day, holds.get(plan.pk, []), held, plan.pk in drafts) for plan in plans]


def _lapses(plan: SupportPlan) -> date:
    """The last day of a plan that came to nothing; the night after takes it."""
    since = clock.riga_day(plan.withdrawn_at) if plan.withdrawn_at else plan.ends_on
    return erased_on(classes.DRAFT.length, since, clock.today()) - timedelta(days=1)


def _row(plan: SupportPlan, day: date, holds: list[Hold], held: bool, draft: bool) -> Listed:
    why = tuple(title_of(each) for each in holds)
    if held and not why:
        # a report of danger: that there is one about this very plan is for its officers alone (CNF-2)
        why = (_("A matter about it is not finished yet."),)
    school = plan.institution
    return Listed(
        number=plan.number,
        keeping=classes.DRAFT if draft else classes.EVIDENCE,
        state=str(PlanState(plan.state).label),
        since=plan.starts_on,
        until=plan.last_day,
        kept_until=_lapses(plan) if draft else max(day, plan.last_day),
        school=school.name,
        school_url=reverse("programme:institution", args=[school.public_id]),
        reach=", ".join(word for word in (school.contact_name, school.phone, school.email) if word),
        why=why,
    )
