"""A query without an order answers in a random one, so that nothing comes to depend on luck.

The idea is les-emplois's. Queries whose order cannot be seen (sums, subqueries, distinct) are left alone.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models.expressions import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import (
    SQLAggregateCompiler,
    SQLCompiler,
    SQLDeleteCompiler,
    SQLInsertCompiler,
    SQLUpdateCompiler,
)

NOT_READING = (SQLAggregateCompiler, SQLDeleteCompiler, SQLInsertCompiler, SQLUpdateCompiler)


def _order_is_free(query: Any) -> bool:
    return not (
        query.subquery
        or query.combinator
        or query.distinct
        or query.group_by is not None
        or query.extra_order_by
        or any(annotation.contains_aggregate for annotation in query.annotation_select.values())
        or not (query.default_cols or query.select)
    )


@pytest.fixture(autouse=True)
def unordered_is_shuffled(monkeypatch: pytest.MonkeyPatch) -> None:
    original = SQLCompiler._order_by_pairs  # type: ignore[attr-defined]

    def shuffled(self: Any) -> Iterator[tuple[Any, bool]]:
        found = False
        for pair in original(self):
            found = True
            yield pair
        if not found and not isinstance(self, NOT_READING) and _order_is_free(self.query):
            yield OrderBy(Random()), False

    monkeypatch.setattr(SQLCompiler, "_order_by_pairs", shuffled)
