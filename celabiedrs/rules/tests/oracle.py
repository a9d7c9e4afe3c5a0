"""Pay worked out the plain way, row by row: what the sums of pay's SQL are held against (PAY-3)."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from celabiedrs.rules.pay import CENT, Rate, rate_on


def amount_of(hours: int, rate: Decimal) -> Decimal:
    """Hours times rate, exact; a rate has at most two places, so nothing is rounded. Negative for a
    correction."""
    if isinstance(hours, bool) or not isinstance(hours, int):
        raise TypeError("hours are a whole number")
    amount = hours * rate
    if amount != amount.quantize(CENT):
        raise ValueError(f"the rate {rate} has more than two places")
    return amount.quantize(CENT)


def hours_by_rate(
    days: Iterable[tuple[date, int]], rates: Collection[Rate]
) -> tuple[dict[Rate, int], tuple[date, ...]]:
    """Hours of (day, hours) rows grouped by the rate of their day, oldest first, and the days without a
    rate."""
    grouped: dict[Rate, int] = {}
    bare: list[date] = []
    for day, hours in sorted(days):
        rate = rate_on(rates, day)
        if rate is None:
            bare.append(day)
        else:
            grouped[rate] = grouped.get(rate, 0) + hours
    return grouped, tuple(bare)
