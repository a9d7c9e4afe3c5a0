"""Looking for words in a list: whatever their marks, case and order. The one way for every list."""

import re
from typing import Any, TypeVar, cast

from django.db.models import F, Func, Model, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, Concat

from celabiedrs.rules.naming import plain_text

Rows = TypeVar("Rows", bound=Model)
_BETWEEN = re.compile(r"[\s,;\-–—]+")


def words_in(typed: str) -> list[str]:
    """The words that are looked for, as texts are compared."""
    return [word for word in _BETWEEN.split(plain_text(typed)) if word]


def found(rows: QuerySet[Rows, Any], typed: str, *fields: str) -> QuerySet[Rows, Any]:
    """Those of the rows in whose fields every word stands, in whatever order; all of them where nothing is typed."""
    words = words_in(typed)
    if not words:
        return rows
    texts = [part for field in fields for part in (Coalesce(F(field), Value("")), Value(" "))]
    whole = Concat(*texts, Value(""), output_field=TextField())
    named: Any = rows.alias(searched=Func(whole, function="plain_text", output_field=TextField()))
    for word in words:
        named = named.filter(searched__contains=word)
    return cast("QuerySet[Rows, Any]", named)


def holds(typed: str, *texts: str) -> bool:
    """Whether every word stands in the texts."""
    whole = plain_text(" ".join(texts))
    return all(word in whole for word in words_in(typed))
