"""prepare_run (PAY-1, PAY-3, PAY-4, LOG-8)."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from celabiedrs.hours.models import Meeting
from celabiedrs.lib.acts import NotAllowed, Refused
from celabiedrs.pay.actions import prepare_run, totals_of
from celabiedrs.pay.models import PayLine, PayRun, UnitRate
from celabiedrs.places.facts import new_edition
from celabiedrs.places.models import ProgrammeSetting
from celabiedrs.rules.pay import Rate
from celabiedrs.rules.tests.oracle import amount_of, hours_by_rate
from tests.cast.pay import NOVEMBER, OCTOBER, Cast


def test_rows_that_both_signed_are_paid_at_the_rate_of_their_day(cast: Cast) -> None:
    cast.rate()
    cast.rate("12.15", date(2026, 10, 16))
    cast.sheet(cast.plan(cast.mentor("Ilze")), [3, 2, 4], first_day=14, unsigned=(0,))
    run = cast.prepared()
    lines = run.lines.order_by("rate").values_list("hours", "rate", "amount")
    assert list(lines) == [
        (2, Decimal("11.40"), Decimal("22.80")),
        (4, Decimal("12.15"), Decimal("48.60")),
    ]
    assert totals_of(run.lines.all()).amount == Decimal("71.40")


def test_the_pay_waits_for_all_timesheets_of_the_mentor(cast: Cast) -> None:
    cast.rate()
    ilze = cast.mentor("Ilze")
    cast.sheet(cast.plan(ilze), [3])
    cast.sheet(cast.plan(ilze), [3], state="submitted")
    done = prepare_run(by=cast.zane, employer=cast.board, month="2026-10")
    assert done.clauses == ("PAY-4",) and done.thing is None and not PayRun.objects.exists()


def test_it_does_not_where_the_programme_pays_each_timesheet(cast: Cast) -> None:
    ProgrammeSetting.objects.create(
        name="pay_waits_for", value="each_timesheet", since=OCTOBER, set_at=cast.rate().published_at
    )
    new_edition()
    ilze = cast.mentor("Ilze")
    cast.sheet(cast.plan(ilze), [3])
    cast.sheet(cast.plan(ilze), [3], state="submitted")
    assert totals_of(cast.prepared().lines.all()).hours == 3


def test_without_a_rate_there_is_no_amount_never_zero(cast: Cast) -> None:
    cast.rate(since=date(2026, 10, 2))
    cast.sheet(cast.plan(cast.mentor("Ilze")), [3, 2])
    with pytest.raises(Refused) as refusal:
        prepare_run(by=cast.zane, employer=cast.board, month="2026-10")
    assert refusal.value.clauses == ("PAY-1",) and not PayRun.objects.exists()


@pytest.mark.parametrize("month", ["", None, "2026-13", "x", 202610])
def test_a_month_that_is_none_is_refused(cast: Cast, month: object) -> None:
    with pytest.raises(Refused):
        prepare_run(by=cast.zane, employer=cast.board, month=month)


def test_only_the_employers_clerk_prepares(cast: Cast) -> None:
    for person in (cast.aija, cast.rita):
        with pytest.raises(NotAllowed):
            prepare_run(by=person, employer=cast.board, month="2026-10")
    with pytest.raises(NotAllowed):
        prepare_run(by=cast.zane, employer=cast.school, month="2026-10")


def test_prepared_again_it_is_one_run_with_the_lines_of_now(cast: Cast) -> None:
    cast.rate()
    cast.sheet(cast.plan(cast.mentor("Ilze")), [3])
    first = cast.prepared()
    cast.sheet(cast.plan(cast.mentor("Juris")), [2])
    again = cast.prepared()
    assert again.pk == first.pk and again.lines.count() == 2


def test_what_lies_in_an_approved_run_is_in_no_other(cast: Cast) -> None:
    cast.rate()
    cast.sheet(cast.plan(cast.mentor("Ilze")), [3])
    first = cast.approved()
    cast.sheet(cast.plan(cast.mentor("Juris")), [2])
    second = cast.prepared()
    assert second.pk != first.pk
    assert [line.hours for line in second.lines.all()] == [2]


def test_a_supplement_is_paid_by_a_later_run_of_the_month(cast: Cast) -> None:
    cast.rate()
    plan = cast.plan(cast.mentor("Ilze"))
    cast.sheet(plan, [3])
    cast.approved()
    cast.sheet(plan, [2], supplement=1, first_day=20)
    assert [line.hours for line in cast.prepared().lines.all()] == [2]


def test_the_lines_are_those_that_the_rules_would_reckon(cast: Cast) -> None:
    """The database's one statement and the pure rule agree over random months with random rates."""
    luck = random.Random(7)
    days = luck.sample(range(31), 4)
    for offset in days:
        cast.rate(f"{luck.randint(5, 30)}.{luck.randint(0, 99):02}", OCTOBER + timedelta(days=offset))
    cast.rate("9.99", date(2026, 9, 1))
    for number in range(12):
        hours = [luck.randint(1, 4) for _ in range(luck.randint(1, 12))]
        cast.sheet(cast.plan(cast.mentor(f"M {number}")), hours, first_day=luck.randint(1, 18))
    run = cast.prepared()
    rates = [Rate(rate.since, rate.amount) for rate in UnitRate.objects.order_by("since")]
    expected: list[tuple[int, int, Decimal, Decimal]] = []
    sheets = sorted(set(Meeting.objects.order_by("pk").values_list("timesheet", flat=True)))
    for sheet in sheets:
        rows = Meeting.objects.filter(timesheet=sheet).order_by("held_on").values_list("held_on", "hours")
        by_amount: dict[Decimal, int] = {}
        for rate, sum_of_hours in hours_by_rate(rows, rates)[0].items():
            by_amount[rate.amount] = by_amount.get(rate.amount, 0) + sum_of_hours
        expected += [(sheet, each, amount, amount_of(each, amount)) for amount, each in by_amount.items()]
    lines = PayLine.objects.filter(run=run).order_by("pk")
    assert sorted(lines.values_list("timesheet", "hours", "rate", "amount")) == sorted(expected)


def test_a_month_of_another_day_is_another_run(cast: Cast) -> None:
    cast.rate()
    cast.sheet(cast.plan(cast.mentor("Ilze")), [3])
    assert cast.tried(NOVEMBER) is None
