"""What an act answers: done (with its cautions), or one of three refusals.

An act is one keyword-only function, whole or not at all. `Refused` (a rule) comes from
`celabiedrs.rules.breach`; the other two are here.
"""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from celabiedrs.lib.steps import Obstacle, Step, Workflow
from celabiedrs.rules.breach import Breach, Caution, Refused, refuse

__all__ = ["Done", "NotAllowed", "Refused", "Stale", "WrongState", "expect", "refuse", "require"]

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


def expect(value: Thing | Breach | None) -> Thing:
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
    """The thing is in no state from which this step leads anywhere (a page answers 409).

    `step`: what was asked for; None where there is no step to name, then `state` is an Obstacle. `state`: the state
    the thing is in, or the obstacle. `thing`: for the link to its page.
    """

    def __init__(self, step: Step | None, state: str, thing: Any = None) -> None:
        super().__init__(f"{step.name if step else 'no step'}: {state}")
        self.step, self.state, self.thing = step, state, thing

    @property
    def said(self) -> str:
        """The state in words, a whole sentence."""
        return (self.step.of if self.step else Workflow()).said(self.state)

    @property
    def sources(self) -> tuple[str, ...]:
        """In which states the step is possible, in words; empty where it was not the state that stood in the way."""
        if self.step is None or isinstance(self.state, Obstacle):
            return ()
        return tuple(self.step.of.said(state) for state in self.step.sources)


class Stale(Exception):
    """Somebody changed the thing after it was read (a page shows both texts)."""


def require(allowed: bool) -> None:
    """Raise NotAllowed unless allowed."""
    if not allowed:
        raise NotAllowed
