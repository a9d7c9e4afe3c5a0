"""Another key: every sealed column is sealed again with the first one, and then proved to be (R14)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import Max

from celabiedrs.lib.sealing.fields import SealedColumn, sealed_columns
from celabiedrs.lib.sealing.keys import CannotOpen, opens_with_first_key, reseal
from celabiedrs.lib.sealing.marks import keep_only_first

BATCH = 500

Progress = Callable[[SealedColumn, float], None]


@dataclass
class Proof:
    """What stands in one column after the rotation."""

    column: SealedColumn
    sealed: int = 0
    older: int = 0
    """Rows that open, but not with the first key: written meanwhile by a process that still runs with other keys."""
    closed: int = 0
    """Rows that no key opens."""

    @property
    def whole(self) -> bool:
        return not self.older and not self.closed


def rotate(progress: Progress = lambda column, share: None) -> list[Proof]:
    """Seal everything again, then open every row with the first key alone; older keys are forgotten if all open.

    In batches, each whole or not at all: broken off, it is begun again. A row that no key opens stops nothing else.
    """
    for column in sealed_columns():
        _reseal(column, progress)
    proofs = [_prove(column) for column in sealed_columns()]
    if all(proof.whole for proof in proofs):
        keep_only_first()
    return proofs


def _reseal(column: SealedColumn, progress: Progress) -> None:
    name = column.field.name
    for batch, share in _batches(column):
        with transaction.atomic():
            for row in batch.select_for_update():
                try:
                    sealed = reseal(column.field.sealed_bytes(row) or b"", purpose=column.field.purpose)
                except CannotOpen:
                    continue
                column.model._base_manager.filter(pk=row.pk).update(**{name: sealed})
        progress(column, share)


def _prove(column: SealedColumn) -> Proof:
    proof = Proof(column)
    for batch, _ in _batches(column):
        for row in batch:
            sealed = column.field.sealed_bytes(row) or b""
            proof.sealed += 1
            if not opens_with_first_key(sealed, purpose=column.field.purpose):
                try:
                    reseal(sealed, purpose=column.field.purpose)
                    proof.older += 1
                except CannotOpen:
                    proof.closed += 1
    return proof


def _batches(column: SealedColumn) -> Iterator[tuple["models.QuerySet[models.Model]", float]]:
    """The rows that hold something, by ranges of their key, each with the share that is done after it."""
    name = column.field.name
    rows = column.model._base_manager.exclude(**{f"{name}__isnull": True}).only("pk", name)
    last = rows.aggregate(last=Max("pk"))["last"] or 0
    for first in range(0, last + 1, BATCH):
        yield (
            rows.filter(pk__gte=first, pk__lt=first + BATCH).order_by("pk"),
            min(1.0, (first + BATCH) / (last + 1)),
        )
