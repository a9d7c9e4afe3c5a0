"""Pay to the cent (PAY-*). The rates are made up."""

import ast
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from celabiedrs.rules import pay
from celabiedrs.rules.pay import (
    VSAOI_CLASSES,
    Parts,
    Rate,
    every_day_has_a_rate,
    no_own_line,
    payable,
    rate_on,
    rate_published,
    run_month,
    split,
    split_for,
    waiting,
)
from celabiedrs.rules.tests.oracle import amount_of, hours_by_rate
from tests.cast.rules import broken, warned

OLD, NEW = Rate(date(2025, 9, 1), Decimal("11.40")), Rate(date(2027, 1, 1), Decimal("12.15"))
RATES = (NEW, OLD)

cents = st.integers(-10_000_000, 10_000_000).map(lambda number: Decimal(number) / 100)
shares = st.decimals(0, 1, places=4)


@given(cents, shares, shares)
def test_the_parts_sum_to_the_amount_to_the_cent(amount: Decimal, holiday: Decimal, vsaoi: Decimal) -> None:
    parts = split(amount, holiday_share=holiday, vsaoi=vsaoi)
    assert parts.amount == amount
    assert all(part == part.quantize(Decimal("0.01")) for part in (parts.wage, parts.holiday, parts.vsaoi))
    assert split(-amount, holiday_share=holiday, vsaoi=vsaoi).wage == -parts.wage


@given(cents, shares, shares)
def test_no_part_is_a_cent_or_more_from_its_exact_value(
    amount: Decimal, holiday: Decimal, vsaoi: Decimal
) -> None:
    parts = split(amount, holiday_share=holiday, vsaoi=vsaoi)
    wage = amount / ((1 + holiday) * (1 + vsaoi))
    for part, exact in (
        (parts.wage, wage),
        (parts.holiday, wage * holiday),
        (parts.vsaoi, wage * (1 + holiday) * vsaoi),
    ):
        assert abs(part - exact) < Decimal("0.01000001")


def test_a_worked_example_with_made_up_figures() -> None:
    assert split_for(Decimal("57.00"), vsaoi_class="employee", day=date(2026, 10, 31)) == Parts(
        Decimal("42.57"), Decimal("3.55"), Decimal("10.88")
    )
    wages = [
        split_for(Decimal("57.00"), vsaoi_class=name, day=date(2026, 10, 31)).wage for name in VSAOI_CLASSES
    ]
    assert len(set(wages)) == 3
    with pytest.raises(LookupError):
        split_for(Decimal("57.00"), vsaoi_class="minister", day=date(2026, 10, 31))


@given(st.integers(-20, 400), st.integers(1, 5000))
def test_hours_times_rate_is_exact(hours: int, cent: int) -> None:
    assert amount_of(hours, Decimal(cent) / 100) * 100 == hours * cent


def test_a_rate_of_three_places_and_half_hours_are_mistakes_of_the_caller() -> None:
    with pytest.raises(ValueError):
        amount_of(1, Decimal("11.405"))
    with pytest.raises(TypeError):
        amount_of(1.5, Decimal("11.40"))  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        split(Decimal("0.005"), holiday_share=Decimal(0), vsaoi=Decimal(0))


def test_the_day_of_the_meeting_picks_the_rate() -> None:
    assert rate_on(RATES, date(2026, 12, 31)) == OLD
    assert rate_on(RATES, date(2027, 1, 1)) == NEW
    assert rate_on(RATES, date(2025, 8, 31)) is None
    days = [(date(2027, 1, 5), 2), (date(2026, 12, 15), 4), (date(2025, 8, 31), 1), (date(2027, 1, 6), 1)]
    assert hours_by_rate(days, RATES) == ({OLD: 4, NEW: 3}, (date(2025, 8, 31),))


@pytest.mark.parametrize(
    ("amount", "since", "breaks", "warns"),
    [
        ("12.90", "2028-01-01", set(), set()),
        ("12,90", "2028-01-01", set(), set()),
        ("12.90", "2027-07-01", set(), {"PAY-3"}),
        ("12.90", "2027-01-01", {"PAY-3"}, set()),
        ("12.90", "2026-10-31", {"PAY-3"}, set()),
        ("12.90", "2026-11-01", set(), set()),
        ("0", "2028-01-01", {"PAY-1"}, set()),
        (12.9, "2028-01-01", {"PAY-1"}, set()),
        (None, None, {"PAY-1", "PAY-3"}, set()),
    ],
)
def test_a_rate_is_published_for_days_that_are_not_paid_yet(
    amount: object, since: object, breaks: set[str], warns: set[str]
) -> None:
    findings = list(rate_published(amount=amount, since=since, rates=RATES, last_paid_day=date(2026, 10, 31)))
    assert (broken(findings), warned(findings)) == (breaks, warns)


def test_the_whole_pay_waits_for_all_timesheets_or_for_each() -> None:
    assert payable(state="verified", others=["verified"], pay_waits_for="all_timesheets")
    assert not payable(state="verified", others=["submitted"], pay_waits_for="all_timesheets")
    assert payable(state="verified", others=["submitted"], pay_waits_for="each_timesheet")
    assert not payable(state="submitted", others=[], pay_waits_for="each_timesheet")
    assert warned(waiting(waits={"open": 1})) == {"PAY-4"} and warned(waiting(waits={})) == set()


def test_a_run_has_a_month_a_rate_for_each_day_and_a_stranger_who_approves() -> None:
    after, on = date(2026, 11, 1), date(2026, 10, 31)
    assert broken(run_month(month="2026-10", today=after)) == set()
    assert broken(run_month(month="2026-10", today=on)) == {"PAY-4"}
    assert broken(run_month(month="", today=after)) == {"PAY-1"}
    assert broken(every_day_has_a_rate(unrated_day=None)) == set()
    assert broken(every_day_has_a_rate(unrated_day=date(2026, 10, 6))) == {"PAY-1"}
    assert broken(no_own_line(own_line=True)) == {"DUT-1"} and broken(no_own_line(own_line=False)) == set()


def test_no_float_is_in_the_pay_code() -> None:
    tree = ast.parse(Path(pay.__file__).read_text(encoding="utf-8"))
    assert not [
        node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "float"]
