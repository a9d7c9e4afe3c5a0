"""Messages about the programme's own decisions: which value, and from which day; never who decided."""

from collections.abc import Iterable

from celabiedrs.lib.outbox.posting import post_to_all
from celabiedrs.people.models import User
from celabiedrs.places.models import ProgrammeSetting


def value_decided(row: ProgrammeSetting, people: Iterable[User]) -> None:
    """Administrators and heads learn that a number or a choice of the rules has a new value."""
    context = {"name": row.name, "since": row.since.isoformat()}
    post_to_all(people, kind="value_decided", context=context)
