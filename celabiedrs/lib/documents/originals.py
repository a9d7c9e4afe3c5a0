"""Where the original of a paper lies: one row a thing, whichever stage's page said it."""

from collections.abc import Iterable
from typing import Any

from celabiedrs.lib import clock
from celabiedrs.lib.documents.models import Original


def keep_original(
    *, subject_kind: str, subject_id: int, place: str, holder: str = "", electronic: bool = False, by: Any
) -> Original | None:
    """Write down where it lies now; nothing said takes the row away. Inside the caller's transaction."""
    rows = Original.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    if not place and not electronic:
        rows.delete()
        return None
    values = {"place": place, "holder": holder, "electronic": electronic}
    row, _ = Original.objects.update_or_create(
        subject_kind=subject_kind,
        subject_id=subject_id,
        defaults=values | {"placed_by": by, "placed_at": clock.now()},
    )
    return row


def place_of(subject_kind: str, subject_id: int) -> str:
    """Where it lies, in the words of who put it there; empty where nobody has said."""
    rows = Original.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    return rows.values_list("place", flat=True).first() or ""


def originals_of(things: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Original]:
    """The rows of many things, by kind and id: one query a kind."""
    by_kind: dict[str, list[int]] = {}
    for kind, key in things:
        by_kind.setdefault(kind, []).append(key)
    found: dict[tuple[str, int], Original] = {}
    for kind, keys in by_kind.items():
        rows = Original.objects.filter(subject_kind=kind, subject_id__in=keys).select_related("placed_by")
        found |= {(kind, row.subject_id): row for row in rows.order_by("pk")}
    return found
