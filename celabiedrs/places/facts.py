"""The programme's calendar and settings as plain values for the rules, kept in memory by edition."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from celabiedrs.places.models import Break, Edition, ProgrammeSetting, Semester, SemesterOverride
from celabiedrs.rules import calendar as rule_calendar
from celabiedrs.rules import parameters


@dataclass(frozen=True)
class Programme:
    """What the rules need to know of the programme: its calendar and its settings."""

    calendar: rule_calendar.Calendar
    settings: Mapping[str, tuple[tuple[date, Any], ...]]

    def setting(self, name: str, day: date) -> Any:
        """The value in force on a day: the programme's own, else the one that ships (GEN-3)."""
        own = [value for since, value in self.settings.get(name, ()) if since <= day]
        return own[-1] if own else parameters.shipped(name, day).value


def edition_token() -> uuid.UUID:
    """The token of the edition in force; costs a query."""
    token = Edition.objects.order_by("pk").values_list("token", flat=True).first()
    return token or uuid.UUID(int=0)


def new_edition() -> uuid.UUID:
    """Say, in the transaction of the change, that calendar, overrides or settings are others now."""
    row, _made = Edition.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4()})
    return row.token


def rules_edition() -> str:
    """The edition of calendar and values under which a decision is made, as its event keeps it (GEN-3)."""
    return str(edition_token())


def programme(token: uuid.UUID | None = None) -> Programme:
    """The programme as it stands. Who has the edition's token already passes it and saves the query."""
    known = _programme(token or edition_token())
    parameters.use(known.settings)
    return known


def own_values(token: uuid.UUID | None = None) -> parameters.Own:
    """The programme's own values, for the rules; who has the edition's token already passes it."""
    return programme(token).settings


@lru_cache(maxsize=4)
def _programme(token: uuid.UUID) -> Programme:
    settings: dict[str, list[tuple[date, Any]]] = {}
    for row in ProgrammeSetting.objects.order_by("name", "since"):
        settings.setdefault(row.name, []).append((row.since, parameters.stored(row.name, row.value)))
    return Programme(
        calendar=rule_calendar.Calendar(
            semesters=tuple(
                rule_calendar.Semester(
                    year=row.year,
                    number=row.number,
                    group=rule_calendar.ClassGroup(row.group),
                    since=row.since,
                    until=row.until,
                )
                for row in Semester.objects.order_by("since", "group")
            ),
            breaks=tuple(
                rule_calendar.Break(year=row.year, kind=row.kind, since=row.since, until=row.until)
                for row in Break.objects.order_by("since")
            ),
            overrides=tuple(
                rule_calendar.Override(
                    institution=row.institution_id,
                    label=f"{row.year}-{row.number}",
                    since=row.since,
                    until=row.until,
                )
                for row in SemesterOverride.objects.filter(succeeded_at=None).order_by("pk")
            ),
        ),
        settings={name: tuple(values) for name, values in settings.items()},
    )
