"""publish_rate (PAY-1, PAY-3)."""

from datetime import date

import pytest

from celabiedrs.lib.acts import NotAllowed, Refused
from celabiedrs.pay.actions import publish_rate
from celabiedrs.pay.models import UnitRate
from celabiedrs.people.models import Role, User
from tests.cast.pay import OCTOBER, Cast


@pytest.fixture
def admin(cast: Cast) -> User:
    return cast.person("Ance", Role.PROGRAMME_ADMINISTRATOR)


def test_only_the_programme_publishes_a_rate(cast: Cast, admin: User) -> None:
    publish_rate(by=admin, amount="11,40", since="2026-09-01", source="Rīkojums")
    with pytest.raises(NotAllowed):
        publish_rate(by=cast.zane, amount="12,00", since="2027-01-01")
    assert UnitRate.objects.count() == 1


def test_days_of_an_approved_run_take_no_other_rate(cast: Cast, admin: User) -> None:
    cast.rate()
    cast.sheet(cast.plan(cast.mentor("Ilze")), [3])
    cast.approved(OCTOBER)
    with pytest.raises(Refused) as refusal:
        publish_rate(by=admin, amount="12,00", since="2026-10-31")
    assert refusal.value.clauses == ("PAY-3",)
    assert publish_rate(by=admin, amount="12,00", since="2026-11-01").clauses == (
        "PAY-3",
    )  # a second one this year


def test_days_of_a_prepared_run_still_do_and_it_is_prepared_again(cast: Cast, admin: User) -> None:
    cast.rate()
    cast.sheet(cast.plan(cast.mentor("Ilze")), [3, 2], first_day=15)
    cast.prepared(OCTOBER)
    publish_rate(by=admin, amount="12,00", since=date(2026, 10, 16))
    run = cast.prepared(OCTOBER)
    assert list(run.lines.order_by("rate").values_list("hours", flat=True)) == [3, 2]
