"""Every row's checksum against its file: all of them by hand, a part of them every night (R13)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import F, QuerySet

from celabiedrs.lib.files.damage import MISSING, Damaged, note_damage, note_whole, open_whole
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.sweeping import bring_back

A_NIGHT = 2000
BYTES_A_NIGHT = 2 * 1024**3


@dataclass
class Verdict:
    """What was found. `damaged`: public id, kind and what is wrong with it; no file's name, which a person gave."""

    compared: int = 0
    brought_back: int = 0
    damaged: list[tuple[str, str, str]] = field(default_factory=list)


def verify(
    rows: QuerySet[StoredFile] | None = None,
    *,
    bytes_at_most: int = 0,
    progress: Callable[[int], None] = lambda compared: None,
) -> Verdict:
    """Compare these rows (all of them, if none are named), write down what is damaged, and raise the alarm."""
    verdict = Verdict()
    read = 0
    for stored in (StoredFile.objects.order_by("pk") if rows is None else rows).iterator(chunk_size=500):
        found = _looked_at(stored, verdict)
        if found:
            verdict.damaged.append((str(stored.public_id), stored.kind, found))
        verdict.compared += 1
        read += stored.size
        progress(verdict.compared)
        if bytes_at_most and read > bytes_at_most:
            break
    return verdict


def verify_part() -> Verdict:
    """Those that were compared longest ago, as many as fit into a night."""
    longest_ago = StoredFile.objects.order_by(F("checked_at").asc(nulls_first=True), "pk")[:A_NIGHT]
    return verify(longest_ago, bytes_at_most=BYTES_A_NIGHT)


def _looked_at(stored: StoredFile, verdict: Verdict) -> str:
    try:
        open_whole(stored).close()
    except Damaged as damage:
        if damage.found == MISSING and bring_back(stored):
            verdict.brought_back += 1
            return _looked_at(stored, verdict)
        if not StoredFile.objects.filter(pk=stored.pk).exists():
            return ""  # disposed of in this moment
        note_damage(stored, damage.found)
        return damage.found
    note_whole(stored)
    return ""
