"""What a state and a step are: data that a stage's `workflow` fills in, with the words for both.

A workflow has a sentence for each state of one kind of thing, and the name of the page that shows the thing. An
obstacle is what stands in the way of a step beside the state: "recorded already", "nobody to remind".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from django.db import models


class Obstacle(models.TextChoices):
    """What stands in the way of a step although the state allows it; the label is a whole sentence."""


@dataclass(frozen=True)
class Workflow:
    """The states of one kind of thing, a whole sentence each, and where the thing is shown.

    `page`: the URL name of its page, `key`: the attribute path from the thing to the object whose `public_id` that
    page takes ("" is the thing itself); `page` is empty where a thing has no page of its own.
    """

    states: Mapping[str, Any] = field(default_factory=dict)
    page: str = ""
    key: str = ""

    def shown(self, thing: Any) -> Any:
        """The object whose page shows this thing."""
        return attrgetter(self.key)(thing) if self.key else thing

    def said(self, state: str) -> str:
        """The sentence for a state or an obstacle, in the reader's language. Every state has one: KeyError else."""
        return str(state.label if isinstance(state, Obstacle) else self.states[state])


@dataclass(frozen=True)
class Step:
    """One step: from which states, to which, and who may take it; `roles` say that in words, for a refusal.

    `target`: empty where the step leaves the state as it is. `label`: what the step does, as a heading.
    """

    name: str
    sources: tuple[str, ...]
    target: str
    allowed: Callable[[Any, Any], bool]
    roles: tuple[Any, ...] = ()
    label: Any = ""
    of: Workflow = Workflow()
