"""correct_month (DUT-1, PAY-3, LOG-8)."""

from datetime import date
from decimal import Decimal

import pytest

from celabiedrs.lib.acts import NotAllowed, Refused, WrongState
from celabiedrs.pay.actions import correct_month
from celabiedrs.pay.models import Correction
from celabiedrs.plans.models import SupportPlan
from tests.cast import fresh
from tests.cast.pay import NOVEMBER, OCTOBER, Cast


@pytest.fixture
def paid(cast: Cast) -> SupportPlan:
    """October: 3 hours at 11,40 and 2 at 12,15, all paid."""
    cast.rate()
    cast.rate("12.15", date(2026, 10, 16))
    plan = cast.plan(cast.mentor("Ilze"))
    cast.sheet(plan, [3, 2], first_day=15)
    cast.approved()
    return plan


def correct(cast: Cast, plan: SupportPlan, hours: object, reason: str = "Nav pareizi") -> Correction:
    return correct_month(by=fresh(cast.rita), plan=plan, month="2026-10", hours=hours, reason=reason).thing


def test_the_difference_is_at_the_rates_of_its_days_and_in_a_later_run(cast: Cast, paid: SupportPlan) -> None:
    correct(cast, paid, 2)
    assert cast.tried(OCTOBER) is None
    lines = cast.prepared(NOVEMBER).lines.order_by("rate").values_list("hours", "rate", "amount")
    assert list(lines) == [
        (-1, Decimal("11.40"), Decimal("-11.40")),
        (-2, Decimal("12.15"), Decimal("-24.30")),
    ]


def test_down_and_up_again_comes_to_nothing(cast: Cast, paid: SupportPlan) -> None:
    correct(cast, paid, 2)
    correct(cast, paid, 5, "Tomēr bija")
    lines = cast.prepared(NOVEMBER).lines.all()
    assert sum(line.amount for line in lines) == 0


def test_upwards_only_with_signed_hours_behind_it(cast: Cast, paid: SupportPlan) -> None:
    with pytest.raises(Refused) as refusal:
        correct(cast, paid, 6)
    assert refusal.value.clauses == ("LOG-8",)


@pytest.mark.parametrize("hours", ["1,5", "-1", "", None, "divas", "21", 5])
def test_hours_that_cannot_be_are_refused(cast: Cast, paid: SupportPlan, hours: object) -> None:
    with pytest.raises(Refused):
        correct(cast, paid, hours)
    assert not Correction.objects.exists()


def test_a_correction_has_a_reason(cast: Cast, paid: SupportPlan) -> None:
    with pytest.raises(Refused):
        correct(cast, paid, 4, "")


def test_a_month_in_no_approved_run_is_not_corrected(cast: Cast) -> None:
    cast.rate()
    plan = cast.plan(cast.mentor("Ilze"))
    cast.sheet(plan, [3])
    cast.prepared()
    with pytest.raises(WrongState):
        correct(cast, plan, 2)


def test_only_the_responsible_person_of_the_learners_school_corrects(cast: Cast, paid: SupportPlan) -> None:
    for person in (cast.zane, cast.aija, paid.mentor.user):  # type: ignore[union-attr]
        with pytest.raises(NotAllowed):
            correct_month(by=fresh(person), plan=paid, month="2026-10", hours=4, reason="Jā")


def test_the_paid_supplement_belongs_to_the_month(cast: Cast, paid: SupportPlan) -> None:
    """Three and two hours, then two more on a supplement: the month comes to seven, and six is one less."""
    cast.sheet(paid, [2], supplement=1, first_day=25)
    cast.approved()
    made = correct(cast, paid, 6)
    assert (made.hours_before, made.hours) == (7, 6)
    assert made.timesheet.supplement == 0


def test_an_open_supplement_does_not_stop_a_correction_and_pays_by_itself(
    cast: Cast, paid: SupportPlan
) -> None:
    cast.sheet(paid, [2], supplement=1, first_day=25, state="submitted")
    with pytest.raises(Refused):
        correct(cast, paid, 7)
    assert correct(cast, paid, 4).hours_before == 5
