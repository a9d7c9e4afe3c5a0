"""The programme's own acts on its calendar and settings.

They stand above `places`, whose rows they change, because who may do it is a matter of posts.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.people.access import may_keep_programme
from celabiedrs.people.models import Role, User
from celabiedrs.people.reading.audience import holders
from celabiedrs.places.facts import new_edition, programme
from celabiedrs.places.models import Break, Edition, ProgrammeSetting, Semester
from celabiedrs.programme import notices
from celabiedrs.rules import programme as rules
from celabiedrs.rules.calendar import ClassGroup
from celabiedrs.rules.naming import fits
from celabiedrs.rules.programme import Dates
from celabiedrs.rules.reading import read_day, read_text

SOURCE_CHARACTERS = 200


def _alone() -> None:
    """One change of the programme at a time: the second waits and then sees the first."""
    if not Edition.objects.exists():
        new_edition()
    list(Edition.objects.select_for_update().order_by("pk"))


def _plain(value: Any) -> Any:
    """A value as an event can hold it."""
    return value if isinstance(value, (bool, int, str, list)) else str(value)


def _days(dates: Dates) -> dict[str, date]:
    since, until = dates.read()
    return {"since": expect(since), "until": expect(until)}


@transaction.atomic
def enter_school_year(
    *,
    by: User,
    year: object,
    source: object,
    semesters: Mapping[tuple[int, ClassGroup], Dates],
    breaks: Mapping[str, Dates],
) -> Done[list[Semester]]:
    """[CAL-1] Enter a school year that is not known yet: both semesters of each class group, and the holidays."""
    require(may_keep_programme(by))
    _alone()
    name = read_text(year)
    known = set(Semester.objects.order_by().values_list("year", flat=True))
    cautions = refuse(
        rules.new_school_year(year=year, known=known, source=source, semesters=semesters),
        *(
            rules.break_dates(kind=kind, dates=dates, year=name, required=False)
            for kind, dates in (breaks.items() if len(name) == 7 and name[:4].isdigit() else ())
        ),
    )
    text = read_text(source)[:SOURCE_CHARACTERS]
    rows = [
        Semester.objects.create(year=name, number=number, group=group, source=text, **_days(dates))
        for (number, group), dates in semesters.items()
    ]
    for kind, dates in breaks.items():
        if None not in dates.read():
            Break.objects.create(year=name, kind=kind, **_days(dates))
    new_edition()
    for row in rows:
        record(row, "semester_entered", by=by, since=str(row.since), until=str(row.until))
    return Done(rows, cautions)


@transaction.atomic
def correct_semester(
    *, by: User, semester: Semester, since: object, until: object, source: object, reason: object
) -> Done[Semester]:
    """[CAL-1] Correct the days of a semester of one class group; what stood there before stays in the events."""
    require(may_keep_programme(by))
    _alone()
    row = Semester.objects.get(pk=semester.pk)
    dates = Dates(since, until)
    others = [other for other in programme().calendar.semesters if other.group == row.group]
    cautions = refuse(
        rules.semester_dates(year=row.year, number=row.number, dates=dates, others=others),
        rules.correction(reason=reason, source=source),
    )
    before: dict[str, Any] = {"from_since": str(row.since), "from_until": str(row.until)}
    days = _days(dates)
    row.since, row.until = days["since"], days["until"]
    row.source = read_text(source)[:SOURCE_CHARACTERS]
    row.save(update_fields=["since", "until", "source"])
    new_edition()
    after: dict[str, Any] = {"since": str(row.since), "until": str(row.until)}
    record(row, "semester_corrected", by=by, **before, **after, reason=read_text(reason)[:SOURCE_CHARACTERS])
    return Done(row, cautions)


@transaction.atomic
def set_break(*, by: User, year: str, kind: str, since: object, until: object, reason: object) -> Done[Break]:
    """[CAL-3] Enter or correct holidays of a known school year; they are shown, no rule closes days by them."""
    require(may_keep_programme(by))
    _alone()
    dates = Dates(since, until)
    row = Break.objects.filter(year=year, kind=kind).first()
    cautions = refuse(
        rules.break_dates(kind=kind, dates=dates, year=year),
        rules.correction(reason=reason, source=reason),
    )
    before: dict[str, Any] = {"from_since": str(row.since), "from_until": str(row.until)} if row else {}
    row, _ = Break.objects.update_or_create(year=year, kind=kind, defaults=_days(dates))
    new_edition()
    after: dict[str, Any] = {"since": str(row.since), "until": str(row.until)}
    record(row, "break_set", by=by, **before, **after, reason=read_text(reason)[:SOURCE_CHARACTERS])
    return Done(row, cautions)


@transaction.atomic
def set_value(
    *, by: User, name: str, value: object, since: object, reason: object = ""
) -> Done[ProgrammeSetting]:
    """[GEN-3] Give a number or a choice of the programme another value from today or a later day on.

    A value that was decided for the same day gives way, with a trace; values of days that are over stay.
    """
    require(may_keep_programme(by))
    _alone()
    cautions = refuse(
        rules.setting(name=name, value=value, since=since, today=clock.today()),
        fits(text=reason, field="reason", clause="GEN-3", characters=SOURCE_CHARACTERS),
    )
    day = expect(read_day(since))
    earlier = ProgrammeSetting.objects.filter(name=name, since=day).first()
    facts: dict[str, Any] = {"instead_of": _plain(earlier.value)} if earlier else {}
    row, _ = ProgrammeSetting.objects.update_or_create(
        name=name,
        since=day,
        defaults={
            "value": rules.setting_value(name, value),
            "set_by": by,
            "set_at": clock.now(),
            "reason": read_text(reason)[:SOURCE_CHARACTERS],
        },
    )
    edition = str(new_edition())
    record(
        row,
        "setting_decided",
        by=by,
        name=name,
        value=_plain(row.value),
        since=str(day),
        edition=edition,
        **facts,
    )
    notices.value_decided(row, holders(Role.PROGRAMME_ADMINISTRATOR, Role.HEAD).exclude(pk=by.pk))
    return Done(row, cautions)
