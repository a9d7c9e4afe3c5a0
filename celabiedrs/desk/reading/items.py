"""One thing that waits for one person, as the reminders see it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

MENTOR = "mentor"
"""As whom a person is reminded who holds no post: the others are values of Role."""


@dataclass(frozen=True)
class Item:
    """`thing`: what it is, by a public id or a word that stays; `since`: from which day it is reminded of."""

    to: int
    role: str
    region: int
    thing: str
    since: date
    context: dict[str, Any] = field(default_factory=dict, compare=False)


Find = Callable[[date], Iterator[Item]]
