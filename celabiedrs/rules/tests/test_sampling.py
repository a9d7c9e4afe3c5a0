"""The draw: exactly as many as asked, each as likely as its weight, and the same again from the same start."""

from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from celabiedrs.rules.sampling import Size, draw, read_share, read_start

WEIGHTS = st.lists(st.integers(0, 500_00), min_size=1, max_size=60)


@given(WEIGHTS, st.integers(1, 70), st.integers(0, 10**9))
def test_exactly_as_many_different_ones_and_the_same_again(weights: list[int], size: int, start: int) -> None:
    units = list(enumerate(weights))
    drawn = draw(units, size=size, start=Decimal(start))
    assert len(set(drawn)) == len(drawn) == min(size, len(units))
    assert drawn == sorted(drawn)
    assert drawn == draw(units, size=size, start=Decimal(start))


def test_over_all_starts_each_is_drawn_as_often_as_it_weighs() -> None:
    units = [("a", 10), ("b", 20), ("c", 30), ("d", 40), ("e", 20)]
    counted = Counter(unit for start in range(120) for unit in draw(units, size=2, start=Decimal(start)))
    assert counted == {"a": 20, "b": 40, "c": 60, "d": 80, "e": 40}


def test_what_weighs_a_whole_distance_is_certain() -> None:
    units = [("small", 1), ("big", 100), ("other", 1), ("third", 1)]
    assert all("big" in draw(units, size=2, start=Decimal(start)) for start in range(103))


def test_equal_weights_are_equal_distances() -> None:
    units = [(number, 1) for number in range(10)]
    assert draw(units, size=5, start=Decimal(3)) == [1, 3, 5, 7, 9]
    assert draw(units, size=5, start=Decimal("0.5")) == [1, 3, 5, 7, 9]
    assert draw(units, size=3, start=Decimal(0)) == [0, 3, 6]


def test_a_size_is_share_then_least_then_most() -> None:
    assert [Size(share=25).of(number) for number in (0, 1, 4, 5)] == [0, 1, 1, 2]
    assert Size(share=10, least=3).of(10) == 3
    assert Size(share=50, most=4).of(100) == 4
    assert Size(least=9).of(5) == 5


def test_what_is_typed_is_read() -> None:
    assert [read_share(raw) for raw in (25, "25 %", "0", "101", "x", None)] == [
        25,
        25,
        None,
        None,
        None,
        None,
    ]
    assert [read_start(raw) for raw in (7, "7,5", 0.37, "-1", "x", None, True, "NaN")] == [
        Decimal(7), Decimal("7.5"), Decimal("0.37"), None, None, None, None, None,
    ]  # fmt: skip
