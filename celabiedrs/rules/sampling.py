"""An auditor's sample: drawn from a recorded start, so that anybody can draw it again (CNF-1)."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation
from typing import TypeVar

from celabiedrs.rules.breach import N_, Breach, Finding, rule
from celabiedrs.rules.calendar import parse_label
from celabiedrs.rules.reading import read_count, read_month, read_text

Unit = TypeVar("Unit", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a sample is to be: a share in per cent, at least and at most so many; None for what was not said."""

    share: int | None = None
    least: int | None = None
    most: int | None = None

    def of(self, units: int) -> int:
        """How many of so many units: the share rounded up, then the least, then the most; never more than there are."""
        wanted = 0
        if self.share is not None:
            wanted = int((Decimal(units) * self.share / 100).to_integral_value(ROUND_CEILING))
        wanted = max(wanted, self.least or 0)
        if self.most is not None:
            wanted = min(wanted, self.most)
        return min(wanted, units)


def read_share(raw: object) -> int | None:
    """25, "25", "25 %"; None for what is no whole share of 1 to 100 per cent."""
    typed = read_text(raw).rstrip("% ") if isinstance(raw, str) else raw
    count = read_count(typed)
    return count if count is not None and 1 <= count <= 100 else None


def read_start(raw: object) -> Decimal | None:
    """A random start: a number from 0 on; None where it is none."""
    if isinstance(raw, bool) or raw is None:
        return None
    try:
        start = Decimal(read_text(str(raw)).replace(",", "."))
    except InvalidOperation:
        return None
    return start if start.is_finite() and 0 <= start < 10**12 else None


def draw(units: Sequence[tuple[Unit, int]], *, size: int, start: Decimal) -> list[Unit]:
    """Systematic selection: units lie side by side on a line, each as long as its weight; marks stand on the line at
    equal distances, the first at the start, and whom a mark falls on is drawn.

    A unit as long as the distance or longer is drawn for certain and taken off the line first, so that exactly `size`
    different units are drawn. `start` counts along the line and begins again at its end; below 1 it is a share of it.
    Units of no weight are drawn only if the weighted ones do not suffice. Same order, size and start: same sample.
    """
    size = min(size, len(units))
    certain: set[Unit] = set()
    line = [(unit, weight) for unit, weight in units if weight > 0]
    while line and len(certain) < size:
        distance = Decimal(sum(weight for _, weight in line)) / (size - len(certain))
        heavy = {unit for unit, weight in line if weight >= distance}
        if not heavy or len(heavy) == len(line):
            break
        certain |= heavy
        line = [(unit, weight) for unit, weight in line if unit not in heavy]
    drawn = certain | _marked(line, size - len(certain), start)
    if len(drawn) < size:
        rest = [(unit, 1) for unit, _ in units if unit not in drawn]
        drawn |= _marked(rest, size - len(drawn), start)
    return [unit for unit, _ in units if unit in drawn]


def _marked(line: Sequence[tuple[Unit, int]], size: int, start: Decimal) -> set[Unit]:
    """The units on which `size` marks fall."""
    if size <= 0 or not line:
        return set()
    if size >= len(line):
        return {unit for unit, _ in line}
    length = sum(weight for _, weight in line)
    first = start * length if start < 1 else start % length
    marks = sorted(
        int(((first + Decimal(number * length) / size) % length).to_integral_value(ROUND_FLOOR))
        for number in range(size)
    )
    found: set[Unit] = set()
    reached = 0
    for unit, weight in line:
        reached += weight
        while marks and marks[0] < reached:
            found.add(unit)
            marks.pop(0)
    return found


@rule("CNF-1")
def sample(
    *,
    auditor: bool,
    month: object,
    semester: object,
    share: object,
    least: object,
    most: object,
    start: object,
) -> Iterator[Finding]:
    """[CNF-1] A sample is drawn for somebody who holds an auditor's post, from one month or semester, of a size that is
    said, from a start that is written down."""
    if not auditor:
        yield Breach(
            "CNF-1",
            N_("It is not said for whom the sample is drawn, or the person holds no auditor's post."),
            N_("Give the person an auditor's post first, with its days; two people do it."),
            field="auditor",
        )
    if (read_month(month) is None) == (parse_label(semester) is None):
        yield Breach(
            "CNF-1",
            N_("A sample is drawn from one month or from one semester."),
            N_("Enter either the month or the semester, like this: 10.2026. or 2026/27-1."),
            field="month",
        )
    yield from _size(share=share, least=least, most=most)
    if start not in (None, "") and read_start(start) is None:
        yield Breach(
            "CNF-1",
            N_("The random start is not a number from 0 on."),
            N_("Leave it empty, and the system draws one and writes it down."),
            field="start",
        )


def _size(*, share: object, least: object, most: object) -> Iterator[Finding]:
    if share in (None, "") and least in (None, ""):
        yield Breach(
            "CNF-1",
            N_("It is not said how large the sample is."),
            N_("Enter a share in per cent, the least number of plans, or both."),
            field="share",
        )
    if share not in (None, "") and read_share(share) is None:
        yield Breach(
            "CNF-1",
            N_("The share is not a whole number from 1 to 100."),
            N_("Enter it again."),
            field="share",
        )
    for name, typed in (("least", least), ("most", most)):
        if typed not in (None, "") and not read_count(typed):
            yield Breach(
                "CNF-1",
                N_("The number of plans is not a whole number from 1 on."),
                N_("Enter it again."),
                field=name,
            )
