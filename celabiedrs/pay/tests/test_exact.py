"""R9: ten thousand random months to the cent, no float anywhere in the pay code, same input and same bytes."""

import ast
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from celabiedrs import pay as stage
from celabiedrs.lib.tables.writing import Cell, csv_bytes, xlsx_bytes
from celabiedrs.pay.reading.parts import CLASSES
from celabiedrs.rules import pay as pay_rules
from celabiedrs.rules.pay import VSAOI_CLASSES, Rate, split_for
from celabiedrs.rules.tests.oracle import amount_of, hours_by_rate

MONTHS_AN_EXAMPLE = 40
EXAMPLES = 250
FIRST = date(2026, 9, 1)

PAY_CODE = [
    Path(pay_rules.__file__),
    *(
        path
        for path in sorted(Path(stage.__file__).parent.rglob("*.py"))
        if "tests" not in path.parts and "migrations" not in path.parts
    ),
]


def one_month(luck: "object") -> tuple[list[tuple[date, int]], list[Rate], str]:
    """A random month: rows of whole hours, rates that change inside it, a class."""
    pick = luck.randint  # type: ignore[attr-defined]
    start = FIRST.replace(month=pick(1, 12))
    rows = [(start + timedelta(days=pick(0, 27)), pick(1, 12)) for _ in range(pick(1, 20))]
    rates = [Rate(date(2025, 9, 1), Decimal(pick(1, 9_999)) / 100)]
    rates += [
        Rate(start + timedelta(days=pick(1, 27)), Decimal(pick(1, 99_999)) / 100) for _ in range(pick(0, 3))
    ]
    return rows, rates, VSAOI_CLASSES[pick(0, 2)]


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_ten_thousand_months_sum_to_the_cent(luck: object) -> None:
    for _ in range(MONTHS_AN_EXAMPLE):
        rows, rates, kind = one_month(luck)
        grouped, bare = hours_by_rate(rows, rates)
        assert bare == () and sum(grouped.values()) == sum(hours for _, hours in rows)
        lines = [(hours, rate.amount, amount_of(hours, rate.amount)) for rate, hours in grouped.items()]
        total = sum((amount for _, _, amount in lines), Decimal(0))
        cents = sum(hours * int(rate * 100) for hours, rate, _ in lines)
        assert int(total * 100) == cents and total == total.quantize(Decimal("0.01"))
        for _, _, amount in lines:
            for signed in (amount, -amount):
                parts = split_for(signed, vsaoi_class=kind, day=rows[0][0])
                assert parts.wage + parts.holiday + parts.vsaoi == signed
        table: list[list[Cell]] = [[hours, rate, amount] for hours, rate, amount in lines]
        assert csv_bytes(["h", "r", "a"], table) == csv_bytes(["h", "r", "a"], table)


@settings(max_examples=5, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_same_lines_give_the_same_workbook(luck: object) -> None:
    rows, _, _ = one_month(luck)
    table: list[list[Cell]] = [[day, hours, Decimal(hours) / 4] for day, hours in rows]
    assert xlsx_bytes(["d", "h", "a"], table) == xlsx_bytes(["d", "h", "a"], table)


def floats_in(source: str) -> list[str]:
    """Where a float comes in: a literal, the name, or rounding as a float would."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            found.append(f"{node.lineno}: {node.value}")
        if isinstance(node, ast.Name) and node.id in {"float", "round"}:
            found.append(f"{node.lineno}: {node.id}")
        if isinstance(node, ast.Attribute) and node.attr in {"FloatField", "fsum", "Avg"}:
            found.append(f"{node.lineno}: {node.attr}")
    return found


@pytest.mark.parametrize("path", PAY_CODE, ids=lambda path: path.name)
def test_no_float_is_in_the_pay_code(path: Path) -> None:
    assert floats_in(path.read_text("utf-8")) == []


@pytest.mark.parametrize("source", ["x = 0.1", "float(y)", "round(a * b)", "models.FloatField()"])
def test_a_float_would_be_found(source: str) -> None:
    assert floats_in(source)


def test_the_pages_know_every_class_of_the_rules() -> None:
    assert tuple(CLASSES) == VSAOI_CLASSES
