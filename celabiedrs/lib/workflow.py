"""States and the steps between them, as a table that acts and pages share."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from celabiedrs.lib.acts import NotAllowed, WrongState
from celabiedrs.lib.steps import Step


def ask(step: Step, user: Any, obj: Any) -> None:
    """Raise NotAllowed or WrongState unless the step is open to the user, in this order."""
    if not step.allowed(user, obj):
        raise NotAllowed(step.name, roles=step.roles)
    check_state(step, obj)


def check_state(step: Step, obj: Any) -> None:
    """Raise WrongState unless the object is in a state from which the step is taken."""
    if obj.state not in step.sources:
        raise WrongState(step, obj.state, obj)


def move(obj: models.Model, step: Step, **changes: Any) -> None:
    """Compare and set: take the step where the state is still one of its sources, with the facts that go with it.

    No row means that somebody was first: WrongState, with the state that they left. Never saves anything else of
    the object.
    """
    manager = type(obj)._base_manager
    moved = manager.filter(pk=obj.pk, state__in=step.sources).update(state=step.target, **changes)
    if not moved:
        raise WrongState(step, manager.values_list("state", flat=True).get(pk=obj.pk), obj)
    for name, value in {"state": step.target, **changes}.items():
        setattr(obj, name, value)


def open_to(user: Any, obj: Any, steps: Iterable[Step]) -> list[Step]:
    """The steps that this person may take with this object now: a page draws its buttons from it."""
    return [step for step in steps if obj.state in step.sources and step.allowed(user, obj)]
