"""What an act answers: done (with its cautions), or one of three noes.

An act is one keyword-only function, whole or not at all. `Refused` (a rule) comes from
`celabiedrs.rules.breach`; the other two are here.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from celabiedrs.rules.breach import Breach, Caution, Refused, refuse

__all__ = ["Done", "NotAllowed", "Refused", "Stale", "WrongState", "asked", "permit", "refuse"]

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Done(Generic[Thing]):
    """An act was done: the thing that it made or changed, and what it warned of."""

    thing: Thing
    cautions: tuple[Caution, ...] = ()

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses it warned of."""
        return tuple(caution.clause for caution in self.cautions)


def asked(value: Thing | Breach | None) -> Thing:
    """A value that was read and that the rules have been asked about: it is there, or the act forgot to ask."""
    if value is None or isinstance(value, Breach):
        raise LookupError("an act uses a value that no rule was asked about")
    return value


class NotAllowed(Exception):
    """This person may see the thing and may not do this to it (a page answers 403).

    `roles`: who may, in words; empty where the act does not know.
    """

    def __init__(self, act: str = "", *, roles: tuple[object, ...] = ()) -> None:
        super().__init__(act)
        self.roles = roles


class WrongState(Exception):
    """The thing is in no state from which this act leads anywhere (a page answers 409).

    `why`: the state it is in, or the act that asked; the page has words for the states.
    """

    def __init__(self, why: str = "", *, state: str = "") -> None:
        super().__init__(why)
        self.why = state or why


class Stale(Exception):
    """Somebody changed the thing after it was read (a page shows both texts)."""


def permit(allowed: bool) -> None:
    """Raise NotAllowed unless allowed."""
    if not allowed:
        raise NotAllowed
