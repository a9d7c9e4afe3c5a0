"""The school calendar as plain values: which semester, of which class group, a day lies in (CAL-1 … CAL-5).

A calendar is made of rows (semesters, breaks, their own semesters of vocational schools) and knows nothing
else: a school year that is not among its rows is not known, and nothing is guessed from another year. All
days are Riga days.
"""

import re
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

RIGA = ZoneInfo("Europe/Riga")

_LABEL = re.compile(r"(\d{4})/(\d{2})-([12])")


class ClassGroup(StrEnum):
    """Who shares the dates of a semester. `classes_1_8_10_11` is the general end of semester 2."""

    GENERAL = "classes_1_8_10_11"
    CLASS_9 = "class_9"
    CLASS_12 = "class_12"
    VOCATIONAL = "vocational"


class Where(StrEnum):
    """What a day is to a learner."""

    SEMESTER = "semester"
    BETWEEN = "between"
    SUMMER = "summer"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a learner is on the way: a class of general education or a course of vocational education
    (GEN-2)."""

    school_class: int | None = None
    course: int | None = None

    @property
    def group(self) -> ClassGroup:
        """The class group whose dates hold for this stage."""
        if self.course is not None:
            return ClassGroup.VOCATIONAL
        return {9: ClassGroup.CLASS_9, 12: ClassGroup.CLASS_12}.get(
            self.school_class or 0, ClassGroup.GENERAL
        )


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """The name of a semester, "2026/27-1"; sorts by time."""

    year: str
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"


@dataclass(frozen=True, slots=True)
class Semester:
    """A row of the calendar: the days from `since` to `until` of one class group."""

    year: str
    number: int
    group: ClassGroup
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Override:
    """A semester that a vocational school has set for itself (CAL-2)."""

    institution: Hashable
    label: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Break:
    """Holidays of a school year: autumn, winter, spring, summer. For showing; no rule asks for them."""

    year: str
    kind: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a semester for one learner; `assumed` where a vocational school has not set its own."""

    label: str
    since: date
    until: date
    assumed: bool = False

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a day is; `period` only inside a semester, `label` of the semester that the day is in or comes
    after."""

    where: Where
    label: str | None = None
    period: Period | None = None


def parse_label(raw: object) -> Label | None:
    """A semester's name, "2026/27-1"; None when malformed ("2026/28-1" is)."""
    found = _LABEL.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        return None
    return Label(f"{int(found[1]):04}/{int(found[2]):02}", int(found[3]))


def school_year_of(day: date) -> str:
    """The school year that a day belongs to, from 1 September to 31 August: "2026/27"."""
    first = day.year if day.month >= 9 else day.year - 1
    return f"{first:04}/{(first + 1) % 100:02}"


def riga_day(moment: datetime) -> date:
    """The Riga day of a moment; a moment without a zone is taken as Riga time."""
    return moment.date() if moment.tzinfo is None else moment.astimezone(RIGA).date()


def birthday(born: date, years: int) -> date:
    """The day on which somebody turns so many years old; 29 February becomes 1 March in other years
    (TG-1)."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def of_age(born: date, years: int, day: date) -> bool:
    """Whether somebody has turned so many years old by that day, the birthday included."""
    return day >= birthday(born, years)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, _length(year, month + 1)))


def month_end(month: date) -> date:
    """The last day of the month that a day lies in."""
    return month.replace(day=_length(month.year, month.month))


def _length(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days


@dataclass(frozen=True)
class Calendar:
    """All school years that are known. Made once from rows; every question is a look-up."""

    semesters: tuple[Semester, ...] = ()
    breaks: tuple[Break, ...] = ()
    overrides: tuple[Override, ...] = ()
    _by_group: dict[tuple[str, ClassGroup], Semester] = field(init=False, repr=False, compare=False)
    _own: dict[tuple[Hashable, str], Override] = field(init=False, repr=False, compare=False)
    _own_of: dict[Hashable, list[Override]] = field(init=False, repr=False, compare=False)

    def __init__(
        self,
        semesters: Iterable[Semester] = (),
        breaks: Iterable[Break] = (),
        overrides: Iterable[Override] = (),
    ) -> None:
        set_field = object.__setattr__
        set_field(self, "semesters", tuple(semesters))
        set_field(self, "breaks", tuple(breaks))
        set_field(self, "overrides", tuple(overrides))
        by_group = {(f"{row.year}-{row.number}", ClassGroup(row.group)): row for row in self.semesters}
        set_field(self, "_by_group", by_group)
        set_field(self, "_own", {(row.institution, row.label): row for row in self.overrides})
        own_of: dict[Hashable, list[Override]] = {}
        for row in sorted(self.overrides, key=lambda row: row.since):
            own_of.setdefault(row.institution, []).append(row)
        set_field(self, "_own_of", own_of)

    def knows(self, label: object) -> bool:
        """Whether the semester of this name has its dates for general education (CAL-1)."""
        name = _name(label)
        return name is not None and (name, ClassGroup.GENERAL) in self._by_group

    def labels(self) -> tuple[str, ...]:
        """The names of all known semesters, in the order of time."""
        return tuple(sorted({f"{row.year}-{row.number}" for row in self.semesters}))

    def semester_for(self, label: object, stage: Stage, institution: Hashable = None) -> Period | None:
        """The days of a semester for a learner of this stage at this institution; None when not known
        (CAL-1).

        A vocational school's own dates come first. Without them a course has semester 1 of general education
        and the dates of classes 1–8 in semester 2, marked as assumed.
        """
        name = _name(label)
        if name is None:
            return None
        own = self._own.get((institution, name))
        if own is not None:
            return Period(name, own.since, own.until)
        group = stage.group
        row = self._by_group.get((name, group))
        assumed = row is None and group is ClassGroup.VOCATIONAL
        row = self._by_group.get((name, ClassGroup.GENERAL)) if assumed else row
        return Period(name, row.since, row.until, assumed) if row else None

    def contract_span(
        self, labels: Iterable[object], institutions: Collection[Hashable] = ()
    ) -> Period | None:
        """First day of the first semester to the last day of the last one, in the class that ends last
        (CON-2).

        Where one of the institutions (the employer, the learner's school) has set its own semester, the wider
        of both holds. None when a name is malformed or a semester is not known. The signing day is the
        caller's.
        """
        read = [parse_label(label) for label in labels]
        names = sorted(label for label in read if label is not None)
        if not names or len(names) != len(read):
            return None
        first = self._bounds(str(names[0]), institutions)
        last = self._bounds(str(names[-1]), institutions)
        if first is None or last is None:
            return None
        return Period(
            f"{names[0]}…{names[-1]}" if names[0] != names[-1] else str(names[0]), first[0], last[1]
        )

    def latest_end(self, label: object, institutions: Collection[Hashable] = ()) -> date | None:
        """The last day of a semester in the class that ends last, or in an institution that ends later
        still."""
        name = _name(label)
        bounds = self._bounds(name, institutions) if name else None
        return bounds[1] if bounds else None

    def where(self, day: date, stage: Stage, institution: Hashable = None) -> Spot:
        """Which semester a day is in for a learner, or that it lies between semesters, in summer, or is not
        known."""
        for own in self._own_of.get(institution, ()):
            if own.since <= day <= own.until:
                return Spot(Where.SEMESTER, own.label, Period(own.label, own.since, own.until))
        year = school_year_of(day)
        first = self.semester_for(f"{year}-1", stage, institution)
        second = self.semester_for(f"{year}-2", stage, institution)
        for period in (first, second):
            if period is not None and day in period:
                return Spot(Where.SEMESTER, period.label, period)
        if first is None or second is None:
            return Spot(Where.UNKNOWN)
        if first.until < day < second.since:
            return Spot(Where.BETWEEN, first.label)
        return Spot(Where.SUMMER, second.label if day > second.until else None)

    def summer_ends(self, label: object) -> date | None:
        """The last day of the summer after a semester 2: 31 August, or the day before the next known semester
        1."""
        read = parse_label(label)
        if read is None or read.number != 2:
            return None
        following = int(read.year[:4]) + 1
        next_first = self._by_group.get((f"{following}/{(following + 1) % 100:02}-1", ClassGroup.GENERAL))
        if next_first is None:
            return date(following, 8, 31)
        return date.fromordinal(next_first.since.toordinal() - 1)

    def _bounds(self, name: str, institutions: Collection[Hashable]) -> tuple[date, date] | None:
        rows = [row for (label, _), row in self._by_group.items() if label == name]
        if not rows:
            return None
        own = [self._own[key, name] for key in institutions if (key, name) in self._own]
        since = min([row.since for row in rows] + [row.since for row in own])
        return since, max([row.until for row in rows] + [row.until for row in own])


def _name(label: object) -> str | None:
    read = label if isinstance(label, Label) else parse_label(label)
    return str(read) if read else None
