"""The things of a story's world, by the names that the story gives them."""

from dataclasses import dataclass, field
from datetime import datetime

from rehearsal.stories.files import Unreadable


@dataclass
class World:
    """Which thing a story means by a name: kind and key to primary key. `begins` is the moment of the first step."""

    begins: datetime
    things: dict[tuple[str, str], int] = field(default_factory=dict)

    def put(self, kind: str, key: str, pk: int) -> None:
        self.things[kind, key] = pk

    def of(self, kind: str, key: object) -> int | None:
        return self.things.get((kind, key)) if isinstance(key, str) else None

    def need(self, kind: str, key: object, where: str) -> int:
        found = self.of(kind, key)
        if found is None:
            raise Unreadable(f"world, {where}: there is no {kind} called “{key}”")
        return found
