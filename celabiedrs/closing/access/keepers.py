"""Who keeps an institution's originals: itself, or the one that took over when it closed or merged (ARC-1)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from celabiedrs.closing.models import KeeperChange


@dataclass(frozen=True)
class Keepers:
    """The latest change of each institution that had one: to whom, and when it was named."""

    latest: dict[int, tuple[int, datetime]]

    def of(self, institution_id: int) -> int:
        """The institution that keeps its papers today: of a chain of closings, the last one."""
        return self._follow(institution_id)[0]

    def changed_at(self, institution_id: int) -> datetime | None:
        """When its papers were last given over; a place that was said before must be said again."""
        return self._follow(institution_id)[1]

    def kept_by(self, institutions: Collection[int]) -> set[int]:
        """Other institutions whose papers these keep now."""
        return {one for one in self.latest if one not in institutions and self.of(one) in institutions}

    def _follow(self, institution_id: int) -> tuple[int, datetime | None]:
        here, moved = institution_id, None
        passed = {here}
        while here in self.latest:
            there, at = self.latest[here]
            moved = at if moved is None else max(moved, at)
            if there in passed:
                break
            here = there
            passed.add(here)
        return here, moved


def keepers() -> Keepers:
    changes = KeeperChange.objects.order_by("named_at", "pk")
    rows = changes.values_list("institution_id", "to_id", "named_at")
    return Keepers({institution: (to, at) for institution, to, at in rows})
