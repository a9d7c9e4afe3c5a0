"""set_vsaoi_class (PAY-2)."""

import pytest

from celabiedrs.lib.acts import NotAllowed, Refused
from celabiedrs.pay.actions import set_vsaoi_class
from celabiedrs.pay.models import VsaoiClass
from tests.cast.pay import Cast


def test_the_clerk_says_it_from_a_day_on_and_the_same_day_is_replaced(cast: Cast) -> None:
    ilze = cast.mentor("Ilze")
    for kind in ("pension_age", "employee"):
        set_vsaoi_class(by=cast.zane, employer=cast.board, mentor=ilze, kind=kind, since="2026-10-01")
    assert VsaoiClass.objects.get().kind == "employee"


@pytest.mark.parametrize(
    ("kind", "since"), [("", "2026-10-01"), ("nobody", "2026-10-01"), ("employee", ""), (None, None)]
)
def test_what_is_no_class_or_no_day_is_refused(cast: Cast, kind: object, since: object) -> None:
    with pytest.raises(Refused) as refusal:
        set_vsaoi_class(by=cast.zane, employer=cast.board, mentor=cast.mentor("Ilze"), kind=kind, since=since)
    assert refusal.value.clauses == ("PAY-2",)


def test_nobody_else_does(cast: Cast) -> None:
    ilze = cast.mentor("Ilze")
    for person in (cast.aija, cast.rita, ilze.user):
        with pytest.raises(NotAllowed):
            set_vsaoi_class(by=person, employer=cast.board, mentor=ilze, kind="employee", since="2026-10-01")
