"""The bench measures the tables that there are: its made-up rows still fit every one of them."""

import pytest
from django.db import connection

from bench.filling import fill


@pytest.mark.django_db(transaction=True)
def test_the_bench_fills_the_house() -> None:
    assert fill(1_000).rows >= 1_000
    with connection.cursor() as cursor:  # Django now empties every table, the events too
        cursor.execute("SET celabiedrs.emptying = 'on'")
