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


LETTERS = "aāäbcčdeēfgģhiījkķlļmnņoōpqrŗsštuūvwxyzž"
PLAIN = str.maketrans("āēīōū", "aeiou")  # a long vowel stands by its short one


def latvian(text: str) -> tuple[tuple[int, ...], str]:
    """By what a text stands in a list that is at hand already, as the stored key orders one of the database."""
    lowered = text.casefold()
    places = (
        LETTERS.find(letter) if letter in LETTERS else ord(letter) - 1000
        for letter in lowered.translate(PLAIN)
    )
    return tuple(places), lowered
