"""What the amounts of a run are made of, as an aid for payroll: wage, holiday share, the employer's VSAOI (PAY-2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib import clock
from celabiedrs.lib.look.shown import HARD_SPACE, english
from celabiedrs.pay.models import PayLine, PayRun, VsaoiClass
from celabiedrs.rules.calendar import month_end
from celabiedrs.rules.parameters import share
from celabiedrs.rules.pay import Parts, split_for

ASSUMED = "employee"
CLASSES: dict[str, str | Promise] = {
    "employee": _("employee"),
    "pension_age": _("has reached the state pension age"),
    "special_pension": _("service pension, or disabled with a special pension"),
}


@dataclass(frozen=True)
class LineParts:
    """A pay line with its parts; `assumed`: nobody has said the mentor's class, so it is that of an employee."""

    line: PayLine
    kind: str
    assumed: bool
    parts: Parts

    @property
    def label(self) -> str:
        return str(CLASSES[self.kind])


def share_of(kind: str, day: date) -> Decimal:
    """The employer's share of social insurance of a class on a day."""
    return share(f"vsaoi_{kind}", day)


def holiday_share(day: date) -> Decimal:
    return share("holiday_share", day)


def classes_at(employer: int, mentors: Iterable[int]) -> dict[int, list[VsaoiClass]]:
    """What was said of each mentor's class at an employer, the oldest first."""
    said: dict[int, list[VsaoiClass]] = {}
    for row in VsaoiClass.objects.filter(employer=employer, mentor__in=list(mentors)).order_by("since"):
        said.setdefault(row.mentor_id, []).append(row)
    return said


def class_on(said: Sequence[VsaoiClass], day: date) -> tuple[str, bool]:
    """The class in force on a day, and whether it is only assumed."""
    kinds = [row.kind for row in said if row.since <= day]
    return (kinds[-1], False) if kinds else (ASSUMED, True)


def parts_of(run: PayRun, lines: Sequence[PayLine]) -> list[LineParts]:
    """Each line with its parts by the class and the shares on the last day of the line's own month."""
    said = classes_at(run.employer_id, {line.mentor_id for line in lines})
    found = []
    for line in lines:
        day = month_end(clock.month_of(line.timesheet.month))
        kind, assumed = class_on(said.get(line.mentor_id, ()), day)
        found.append(LineParts(line, kind, assumed, split_for(line.amount, vsaoi_class=kind, day=day)))
    return found


def of_person(rows: Iterable[LineParts]) -> Parts:
    """The parts of a person's amount, reckoned on the sum of the lines of one class and month, as payroll does."""
    sums: dict[tuple[str, date], Decimal] = {}
    for row in rows:
        key = (row.kind, month_end(clock.month_of(row.line.timesheet.month)))
        sums[key] = sums.get(key, Decimal("0.00")) + row.line.amount
    return sum_of(
        split_for(amount, vsaoi_class=kind, day=day) for (kind, day), amount in sorted(sums.items())
    )


def sum_of(parts: Iterable[Parts]) -> Parts:
    """The sums of the parts; they sum to the amount to the cent."""
    found = list(parts)
    nothing = Decimal("0.00")
    return Parts(
        wage=sum((each.wage for each in found), nothing),
        holiday=sum((each.holiday for each in found), nothing),
        vsaoi=sum((each.vsaoi for each in found), nothing),
    )


@dataclass(frozen=True)
class MentorParts:
    """A mentor's lines taken apart: the classes in words, and whether any is assumed."""

    mentor: int
    name: str
    hours: int
    label: str
    assumed: bool
    parts: Parts


def by_mentor(rows: Iterable[LineParts]) -> list[MentorParts]:
    """Ordered rows, added up by mentor."""
    found = []
    for _mentor, group in groupby(rows, key=lambda row: row.line.mentor_id):
        lines = list(group)
        mentor = lines[0].line.mentor
        found.append(
            MentorParts(
                mentor=mentor.pk,
                name=mentor.user.name,
                label=", ".join(dict.fromkeys(row.label for row in lines)),
                assumed=any(row.assumed for row in lines),
                hours=sum(row.line.hours for row in lines),
                parts=of_person(lines),
            )
        )
    return found


def percent(share_of_one: Decimal) -> str:
    """A share as a reader sees it: 23,59 %."""
    text = f"{share_of_one * 100:.2f}"
    return f"{text if english() else text.replace('.', ',')}{HARD_SPACE}%"
