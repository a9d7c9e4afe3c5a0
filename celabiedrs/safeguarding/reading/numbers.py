"""Whom to call or to tell: the emergency numbers first, then the services of the place (CNF-2)."""

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext as _

from celabiedrs.safeguarding.models import ServiceNumber


def shipped() -> list[ServiceNumber]:
    """Shown where the table has no emergency number at all: a page that should say 112 is never without it."""
    return [
        ServiceNumber(
            name=_("Emergency number"), phone="112", purpose=_("life or health in danger"), emergency=True
        ),
        ServiceNumber(
            name=_("State Police"),
            phone="110",
            purpose=_("violence, threats, a missing child"),
            emergency=True,
        ),
    ]


def standing_numbers(regions: Collection[int] = ()) -> list[ServiceNumber]:
    """The numbers that hold everywhere and those of these regions, the emergency numbers first."""
    rows = list(
        ServiceNumber.objects.filter(Q(region=None) | Q(region__in=regions), taken_away_at=None)
        .select_related("region")
        .order_by("-emergency", "position", "pk")
    )
    return rows if any(row.emergency for row in rows) else [*shipped(), *rows]
