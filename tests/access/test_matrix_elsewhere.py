"""A1: the addresses of every stage but the plans, which test_matrix.py walks."""

from collections.abc import Callable

import pytest

from tests.access.walking import ROUTES, Walk

ELSEWHERE = sorted(route for route in ROUTES if not route.startswith("plans:"))


@pytest.mark.get_may_write("audit_look")
@pytest.mark.parametrize("route", ELSEWHERE)
def test_who_is_let_in(route: str, walked: Callable[[str], Walk]) -> None:
    found = walked(route)
    assert not found.leaks, "\n".join(found.leaks)
