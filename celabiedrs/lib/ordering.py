"""Latvian order of words: a stored key that sorts as a Latvian reader expects, on a PostgreSQL without ICU.

The database function `lv_sort_key` (made by the first migration of `places`) gives letters with their marks after the
plain ones, then marks, then case; the column holds its result and sorts by bytes.
"""

from django.db import models
from django.db.models import F, Func


def sort_key_of(field: str) -> models.GeneratedField:
    """A stored column with the Latvian sort key of a text column."""
    return models.GeneratedField(
        expression=Func(F(field), function="lv_sort_key"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
