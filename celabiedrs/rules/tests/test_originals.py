"""Where an original lies, and who keeps it after a school has closed (DUT-4, ARC-1)."""

from datetime import date
from typing import Any

import pytest

from celabiedrs.rules.breach import Breach
from celabiedrs.rules.originals import keeper_named, original_placed

TODAY = date(2027, 8, 20)
PLACED: dict[str, Any] = {"papers": 1, "place": "Mape 12", "holder": "", "electronic": False}
NAMED: dict[str, Any] = {
    "institution": 1, "to": 2, "keeps_now": 1, "leads_back": False, "day": "2027-08-15", "reason": "Apvienota",
    "today": TODAY,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "breaches"),
    [
        ({}, 0),
        ({"papers": 0}, 1),
        ({"place": "  "}, 1),
        ({"place": "", "electronic": True}, 0),
        ({"place": "x" * 200}, 0),
        ({"place": "x" * 201}, 1),
        ({"holder": "x" * 121}, 1),
        ({"place": "", "papers": 0}, 2),
    ],
)
def test_an_original_has_a_place(changed: dict[str, Any], breaches: int) -> None:
    """DUT-4"""
    assert [finding.clause for finding in original_placed(**(PLACED | changed))] == ["DUT-4"] * breaches


@pytest.mark.parametrize(
    ("changed", "breaches"),
    [
        ({}, 0),
        ({"institution": None}, 1),
        ({"to": None}, 1),
        ({"to": 1}, 1),
        ({"to": 1, "keeps_now": 3}, 0),  # it keeps its own papers again
        ({"leads_back": True}, 1),
        ({"day": TODAY}, 0),
        ({"day": "2027-08-21"}, 1),
        ({"day": ""}, 1),
        ({"reason": " "}, 1),
    ],
)
def test_a_change_of_keeper_has_both_sides_a_day_and_a_reason(changed: dict[str, Any], breaches: int) -> None:
    """ARC-1, DUT-4"""
    found = list(keeper_named(**(NAMED | changed)))
    assert sum(isinstance(finding, Breach) for finding in found) == breaches


def test_plans_that_are_not_over_are_warned_of() -> None:
    (caution,) = keeper_named(**(NAMED | {"open_plans": 3}))
    assert not isinstance(caution, Breach) and caution.values == {"count": 3}
