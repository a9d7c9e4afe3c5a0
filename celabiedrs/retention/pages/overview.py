"""The first page of keeping, the record of processing, and what ends in a year."""

from datetime import date
from typing import Any

from django.db.models import Sum
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.look import shown
from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role
from celabiedrs.people.reading.audience import holders
from celabiedrs.retention.models import (
    Disposal,
    ErasureRequest,
    Hold,
    Lapse,
    Proposal,
    ProposalState,
    RequestState,
)
from celabiedrs.retention.pages.scope import crumbs, keeper
from celabiedrs.retention.reading import classes
from celabiedrs.retention.reading.lapses import SHORTER
from celabiedrs.retention.reading.year import Ending, ends_in
from celabiedrs.rules.retention import keep_until

NIGHTS = 30


@require_safe
def keeping(request: SignedIn) -> HttpResponse:
    """What is kept until when, what waits, and what the last nights took."""
    keeper(request)
    today = clock.today()
    waiting = Proposal.objects.filter(state__in=(ProposalState.PROPOSED, ProposalState.AGREED)).first()
    titles = {kind.name: kind.title for kind in SHORTER}
    nights = Lapse.objects.filter(on__gt=date.fromordinal(today.toordinal() - NIGHTS))
    taken = nights.order_by().values("name").annotate(rows=Sum("rows"))
    return page(
        request,
        "retention/keeping.html",
        kept_until=keep_until(today),
        waiting=waiting,
        holds=Hold.objects.filter(released_at=None).count(),
        disposals=Disposal.objects.count(),
        open_requests=ErasureRequest.objects.filter(state=RequestState.OPEN).count(),
        administrators=holders(Role.PROGRAMME_ADMINISTRATOR).count(),
        nights=NIGHTS,
        taken=sorted(((titles.get(row["name"], row["name"]), row["rows"]) for row in taken), key=str),
        classes=[_class_row(each, today) for each in classes.CLASSES],
        year=today.year,
        crumbs=crumbs(),
    )


def length_of(keeping: classes.RetentionClass, today: date) -> str:
    """How long a class is kept, in words."""
    day, span = keeping.day(today), keeping.span(today)
    if day is not None:
        return shown.day(day)
    if span is None:
        return "–"
    count, unit = span
    if unit == "days":
        return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}
    return ngettext("%(count)s month", "%(count)s months", count) % {"count": count}


def _class_row(each: classes.RetentionClass, today: date) -> dict[str, Any]:
    return {"keeping": each, "length": length_of(each, today)}


@require_safe
def record(request: SignedIn) -> HttpResponse:
    """The record of processing: what, about whom, why, for whom, until when."""
    keeper(request)
    today = clock.today()
    rows = [
        {
            "record": each,
            "length": length_of(each.keeping, today),
            "others": [(other, length_of(other, today)) for other in (*each.sooner, *each.later)],
        }
        for each in classes.RECORDS
    ]
    return page(request, "retention/record.html", rows=rows, crumbs=crumbs((_("Record of processing"), "")))


@require_safe
def year(request: SignedIn) -> HttpResponse:
    """What ends in a year: by class, month and school, in counts."""
    keeper(request)
    today = clock.today()
    asked = request.GET.get("gads", "")
    chosen = int(asked) if asked.isdecimal() and today.year <= int(asked) <= today.year + 100 else today.year
    last = keep_until(today).year
    years = sorted({today.year, today.year + 1, today.year + 2, last, chosen})
    found = ends_in(chosen, today)
    return page(
        request,
        "retention/year.html",
        year=chosen,
        tabs=[
            {"label": str(each), "url": f"?gads={each}", "count": None, "current": each == chosen}
            for each in years
        ],
        groups=_by_class(found),
        total=sum(each.count for each in found),
        crumbs=crumbs((_("What ends this year"), "")),
    )


def _by_class(found: list[Ending]) -> list[dict[str, Any]]:
    """Each class with its rows; the classes in the order of the record."""
    groups = []
    for each in classes.CLASSES:
        rows = [ending for ending in found if ending.keeping is each]
        if rows:
            groups.append({"keeping": each, "rows": rows, "total": sum(row.count for row in rows)})
    return groups
