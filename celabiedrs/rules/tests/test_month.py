"""Signing, submitting, verifying, correcting a month (LOG-7 … LOG-12, CON-9, DUT-1)."""

from datetime import date

import pytest

from celabiedrs.rules.month import (
    MonthRows,
    another_verifies,
    change_has_reason,
    correction,
    decision_has_reason,
    is_last_timesheet,
    month_given,
    paper_agrees,
    review,
    signature,
    submission_findings,
    talk,
)
from tests.cast.rules import broken, warned

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
LAST = date(2026, 12, 18)


def submit(**given: object) -> tuple[set[str], set[str]]:
    usual = {
        "month": OCTOBER,
        "rows": MonthRows(2),
        "last_day": LAST,
        "declared": True,
        "reviewed": False,
        "today": NOVEMBER,
    }
    findings = list(submission_findings(**{**usual, **given}))  # type: ignore[arg-type]
    return broken(findings), warned(findings)


@pytest.mark.parametrize(
    ("given", "clauses"),
    [
        ({}, set()),
        ({"today": date(2026, 10, 31)}, {"LOG-11"}),
        ({"rows": MonthRows(0)}, {"LOG-9"}),
        ({"declared": False}, {"CON-9"}),
        ({"declared": None}, {"CON-9"}),
        ({"declared": "yes"}, {"CON-9"}),
        ({"month": DECEMBER, "today": LAST, "reviewed": True}, {"LOG-11"}),
        ({"month": DECEMBER, "today": date(2026, 12, 19), "reviewed": True}, set()),
        ({"month": DECEMBER, "today": date(2026, 12, 21)}, {"LOG-12"}),
        ({"month": NOVEMBER, "today": date(2026, 12, 21)}, {"LOG-12"}),
        ({"month": NOVEMBER, "today": date(2026, 12, 21), "rows": MonthRows(1, later=True)}, set()),
        ({"month": NOVEMBER, "today": date(2026, 12, 1)}, set()),
        ({"last_day": date(2026, 10, 8), "today": date(2026, 10, 9)}, {"LOG-12"}),
        ({"last_day": date(2026, 10, 8), "today": date(2026, 10, 8), "reviewed": True}, {"LOG-11"}),
        ({"rows": MonthRows(0), "declared": False, "today": OCTOBER}, {"LOG-9", "CON-9", "LOG-11"}),
    ],
)
def test_a_month_is_submitted_when_it_is_over_with_the_declaration(
    given: dict[str, object], clauses: set[str]
) -> None:
    assert submit(**given)[0] == clauses


def test_unsigned_rows_are_warned_and_go() -> None:
    assert submit(rows=MonthRows(3, unsigned=1)) == (set(), {"LOG-8"})
    assert submit(rows=MonthRows(3)) == (set(), set())


def test_the_last_timesheet_is_the_month_of_the_last_day_or_what_is_left_after_it() -> None:
    assert is_last_timesheet(month=DECEMBER, last_day=LAST, later=False, today=LAST)
    assert not is_last_timesheet(month=OCTOBER, last_day=LAST, later=False, today=LAST)
    assert is_last_timesheet(month=OCTOBER, last_day=LAST, later=False, today=date(2026, 12, 19))


def test_means_that_the_programme_does_not_take_are_refused() -> None:
    means = ("device", "paper")
    assert broken(signature(party="both", means="paper", means_allowed=means)) == set()
    assert broken(signature(party="both", means="paper", means_allowed=("device",))) == {"LOG-7"}
    for party, way in (
        ("guardian", "paper"),
        (None, "paper"),
        ("both", None),
        ("both", "fax"),
        ("both", ["paper"]),
    ):
        assert broken(signature(party=party, means=way, means_allowed=means)) == {"LOG-7"}


def test_a_signed_row_changes_and_any_row_is_voided_only_with_a_reason() -> None:
    assert broken(change_has_reason(reason="", signed=False, voided=False)) == set()
    assert broken(change_has_reason(reason="", signed=True, voided=False)) == {"LOG-7", "LOG-10"}
    assert broken(change_has_reason(reason=" ", signed=False, voided=True)) == {"LOG-10"}
    assert broken(change_has_reason(reason="Kļūda", signed=True, voided=True)) == set()


@pytest.mark.parametrize(
    ("hours", "paper", "right"),
    [
        (3, True, True),
        ("3", True, True),
        (2, True, False),
        (4, True, False),
        (None, True, False),
        ("", True, False),
        ("1,5", True, False),
        ("abc", True, False),
        (-3, True, False),
    ],
)
def test_the_paper_and_the_diary_agree(hours: object, paper: bool, right: bool) -> None:
    assert broken(paper_agrees(paper_hours=hours, paper_sum=3, any_paper=paper)) == (
        set() if right else {"LOG-10"}
    )


def test_without_paper_no_sum_is_asked_and_a_sum_of_nothing_is_nought() -> None:
    assert broken(paper_agrees(paper_hours=None, paper_sum=0, any_paper=False)) == set()
    assert broken(paper_agrees(paper_hours=0, paper_sum=0, any_paper=False)) == set()
    assert broken(paper_agrees(paper_hours=2, paper_sum=0, any_paper=False)) == {"LOG-10"}


@pytest.mark.parametrize(
    ("hours", "clauses"),
    [
        (4, set()),
        (6, set()),
        (0, set()),
        ("0", set()),
        (5, {"DUT-1"}),
        (7, {"LOG-8"}),
        (21, {"TG-5", "LOG-8"}),
        ("2,5", {"LOG-5"}),
        (None, {"LOG-4"}),
        (-1, {"LOG-4"}),
        (False, {"LOG-4"}),
    ],
)
def test_a_correction_goes_up_only_with_signed_hours_behind_it(hours: object, clauses: set[str]) -> None:
    findings = correction(hours=hours, month=OCTOBER, paid_hours=5, signed_hours=6, others_hours=0)
    assert broken(findings) == clauses


def test_small_acts_say_what_they_need() -> None:
    assert broken(another_verifies(is_mentor=True)) == {"DUT-1"}
    assert broken(decision_has_reason(reason="")) == {"DUT-1"}
    assert broken(month_given(month="2026-13")) == {"LOG-9"} and broken(month_given(month="2026-10")) == set()
    assert broken(review(text="", recommendation="?")) == {"LOG-12", "LOG-13"}
    assert broken(review(text="Izdevās", recommendation="continue")) == set()
    assert broken(talk(day=None, today=OCTOBER)) == broken(talk(day=NOVEMBER, today=OCTOBER)) == {"DUT-6"}
