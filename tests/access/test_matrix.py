"""A1: who may see and do what – every address, method, persona and relation, against one file of expectations.

`matrix.yaml` names for each address the audience of GET and of POST. An address that is not in it fails. A foreign
thing answers as a missing one, byte for byte. Every denied cell has an allowed twin with the same payload: an
audience that is empty for all relations must say why. The plans are walked here, the other stages beside
(test_matrix_elsewhere.py), so that two processes share the work.
"""

from collections.abc import Callable

import pytest
from django.db.models import Q

from celabiedrs.people.models import User
from tests.access.walking import AUDIENCES, OPEN, ROUTES, Walk, addresses, walk
from tests.access.world import World

PLANS = sorted(route for route in ROUTES if route.startswith("plans:"))


def test_every_address_has_its_row() -> None:
    unlisted = sorted(set(addresses()) - set(ROUTES) - set(OPEN))
    gone = sorted((set(ROUTES) | set(OPEN)) - set(addresses()))
    assert not unlisted, f"addresses without a row in matrix.yaml: {unlisted}"
    assert not gone, f"rows of matrix.yaml without an address: {gone}"


@pytest.mark.parametrize("audience", sorted(AUDIENCES))
def test_an_audience_is_somebody(audience: str) -> None:
    places = AUDIENCES[audience]
    assert places if isinstance(places, list) else any(places.values())


@pytest.mark.get_may_write("audit_look")
@pytest.mark.parametrize("route", PLANS)
def test_who_is_let_in(route: str, walked: Callable[[str], Walk]) -> None:
    found = walked(route)
    assert not found.leaks, "\n".join(found.leaks)


@pytest.mark.usefixtures("db")
class TestTheMatrixSees:
    """The test of the test: a scope that lets everybody through is found."""

    @pytest.mark.get_may_write("audit_look")
    def test_a_scope_that_hides_nothing(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("celabiedrs.desk.pages.home.plans_visible_to", everything)
        leaks = walk("desk:plan", world, among=("nobody", "neighbour_staff", "supervisor")).leaks
        for stranger in ("nobody", "neighbour_staff", "supervisor"):
            assert any(leak.startswith(f"{stranger} GET own: 200, not [404]") for leak in leaks)

    def test_a_report_that_another_reads(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("celabiedrs.safeguarding.pages.scope.reports_visible_to", everything)
        leaks = walk("safeguarding:report", world, among=("head",)).leaks
        assert "head GET own: reads Ziņojums-own-sarkanspārne" in leaks

    def test_an_expectation_that_is_wrong(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(AUDIENCES["plan_seen"], "own", [])
        leaks = walk("desk:plan", world, among=("mentor",)).leaks
        assert leaks == ["mentor GET own: 200, not [404] (plan_seen)"]


def everything(user: User) -> Q:
    return Q(pk__isnull=False)
