"""Posts: the days on which nobody holds one (CNF-1)."""

from datetime import date

import pytest

from celabiedrs.rules.posts import has_gap

D = date.fromisoformat
AUTUMN = (D("2026-09-01"), D("2026-12-31"))
SPRING = (D("2027-01-01"), D("2027-06-30"))
LATE = (D("2027-01-02"), None)
FOREVER = (D("2027-06-01"), None)


@pytest.mark.parametrize(
    ("held", "last", "gap"),
    [
        ([], None, True),
        ([AUTUMN], None, True),
        ([AUTUMN], D("2026-12-31"), False),
        ([AUTUMN], D("2027-01-01"), True),
        ([AUTUMN, LATE], None, True),
        ([AUTUMN, SPRING], None, True),
        ([SPRING, AUTUMN], D("2027-06-30"), False),
        ([AUTUMN, SPRING, FOREVER], None, False),
        ([LATE], D("2026-11-30"), True),
    ],
)
def test_a_day_on_which_nobody_holds_the_post_is_a_gap(
    held: list[tuple[date, date | None]], last: date | None, gap: bool
) -> None:
    assert has_gap(held=held, first=D("2026-12-01") if last != D("2026-11-30") else last, last=last) is gap
