"""Running a story: the world is put there, each step goes through the act at its moment, and what came is compared.

A story runs in one transaction that is rolled back at its end; each step in a savepoint whose constraints are checked
when it is done. Only the act's own noes are caught: anything else fails the story.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import NotAllowed, Refused, WrongState
from celabiedrs.places.facts import own_values
from rehearsal.stories import acts, jobs, pages
from rehearsal.stories.cast import world_of
from rehearsal.stories.files import Step, Story, Unreadable
from rehearsal.stories.looks import LOOKS, NEEDS_THING
from rehearsal.stories.scopes import Cast, NotFound, Unnamed
from rehearsal.stories.traces import fingerprint
from rehearsal.stories.world import build

NOES = {"refused", "not_allowed", "not_found", "wrong_state"}


class Failed(Exception):
    """A step came out otherwise than written; the text says how."""


@dataclass
class Answer:
    """What a step came to. `kind` is ok or one of the noes."""

    kind: str
    clauses: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""

    def __str__(self) -> str:
        if self.kind == "refused":
            return f"refused {list(self.clauses)}"
        return self.kind if not self.clauses else f"ok, warned {list(self.clauses)}"


def run(story: Story, cast: Mapping[str, Any]) -> None:
    """Run a story. Raises Failed for the first step that comes out otherwise, Unreadable for a world that is none."""
    described = world_of(cast, story.world)
    with transaction.atomic():
        try:
            with clock.at(story.steps[0].at):
                promised = frozenset(step.key for step in story.steps if step.key)
                known = Cast(build(described, clock.now()).things, promised)
            _check_constraints("the world")
            _run_steps(story, known)
        finally:
            transaction.set_rollback(True)


def _run_steps(story: Story, known: Cast) -> None:
    before: datetime | None = None
    for step in story.steps:
        with clock.at(step.at):
            if before is not None:
                jobs.run_due(before, clock.now())
            before = clock.now()
            try:
                answer = take(known, step)
            except Unnamed as error:
                raise Failed(f"step {step.number}: {error}") from None
            except (Failed, Unreadable) as error:
                raise Failed(f"step {step.number}: {error}") from None
            except Exception as error:
                raise Failed(
                    f"step {step.number}: {step.do} broke down, {type(error).__name__}: {error}"
                ) from error
            wrong = compare(step, answer)
        if wrong:
            raise Failed(f"step {step.number}: {wrong}")


def take(known: Cast, step: Step) -> Answer:
    """Take one step, whole or not at all."""
    by = known.user(step.by)
    own_values()  # as at the beginning of every request
    expects_no = bool(NOES & set(step.then))
    kept = fingerprint() if expects_no else None
    try:
        with transaction.atomic():
            answer = _look(known, by, step) if step.do == "look" else _act(known, by, step)
            _check_constraints(step.do)
            _run_after_commit()
            return answer
    except Refused as refused:
        answer = Answer("refused", refused.clauses)
    except NotAllowed:
        answer = Answer("not_allowed")
    except NotFound:
        answer = Answer("not_found")
    except WrongState:
        answer = Answer("wrong_state")
    if kept is not None and kept != fingerprint():
        raise Failed(f"{answer}, and yet something was changed")
    return answer


def _act(known: Cast, by: Any, step: Step) -> Answer:
    done, values = acts.perform(known, by, step.do, step.arguments, step.key)
    return Answer("ok", done.clauses, values)


def _look(known: Cast, by: Any, step: Step) -> Answer:
    """What the scopes show, and what stands on the pages; who may not know of a thing is sent to its pages as well."""
    what, of, month = (step.arguments.get(name) for name in ("what", "of", "month"))
    sought = [str(step.then[name]) for name in ("lacks", "contains") if name in step.then]
    if what == "everything":
        return Answer("ok", text=pages.everything(by, sought))
    if what in NEEDS_THING and of is None:
        raise Failed(f"look at what {what}? It names none.")
    try:
        shown = LOOKS[str(what)](known, by, of, month)
    except (NotFound, NotAllowed) as no:
        kind = "not_found" if isinstance(no, NotFound) else "not_allowed"
        return Answer(kind, text=_pages(known, by, str(what), of) if sought else "")
    return Answer(
        "ok",
        values=shown.values,
        text=shown.text + "\n" + (_pages(known, by, str(what), of) if sought else ""),
    )


def _pages(known: Cast, by: Any, what: str, of: object) -> str:
    """The pages of a thing, whether or not this person may know of it."""
    return pages.shown(by, what, known.whole(what, of) if what in NEEDS_THING else None)


def _check_constraints(what: str) -> None:
    """Those that wait for the end of the transaction are asked now: it is going to be rolled back."""
    connection.check_constraints()


def _run_after_commit() -> None:
    """What an act has put off until its transaction holds."""
    waiting, connection.run_on_commit = connection.run_on_commit, []
    for _, function, *_ in waiting:
        function()


def compare(step: Step, answer: Answer) -> str:
    """What is wrong with the answer, empty where it is as written."""
    expected = step.then
    noes = NOES & set(expected)
    if not noes and answer.kind != "ok" and not _nothing_shown(expected, answer):
        return f"expected {_written(expected)}, came {answer}"
    for no in noes:
        if answer.kind != no:
            return f"expected {_written(expected)}, came {answer}"
    checks = (
        ("refused", lambda wanted: set(wanted) <= set(answer.clauses)),
        ("warned", lambda wanted: set(wanted) <= set(answer.clauses)),
        ("not_warned", lambda wanted: not set(wanted) & set(answer.clauses)),
        ("contains", lambda wanted: squeezed(wanted) in squeezed(answer.text)),
        ("lacks", lambda wanted: squeezed(wanted) not in squeezed(answer.text)),
    )
    for name, holds in checks:
        if name in expected and not holds(expected[name]):
            came = f"came {answer}" if name in NOES or "warned" in name else f"it {_other(name)}"
            return f"expected {_written(expected)}, {came}"
    for name, value in (expected.get("shows") or {}).items():
        if name not in answer.values or not same(value, answer.values[name]):
            return f"expected {name}: {plain(value)}, came {plain(answer.values.get(name, 'nothing'))}"
    return ""


def _nothing_shown(expected: Mapping[str, Any], answer: Answer) -> bool:
    """`lacks` is true where nothing is shown at all; the pages are asked nevertheless."""
    return set(expected) == {"lacks"} and answer.kind in {"not_found", "not_allowed"}


def _other(name: str) -> str:
    return "is not shown" if name == "contains" else "is shown"


def _written(expected: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {plain(value)}" for name, value in expected.items()) or "ok"


def squeezed(text: object) -> str:
    """Without the line breaks and indents of a page."""
    return " ".join(str(text).split())


def plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def same(wanted: object, came: object) -> bool:
    """Exactly: a number is no text; a day may be written either way."""
    if isinstance(wanted, bool) or isinstance(came, bool):
        return wanted is came
    if isinstance(wanted, int) or isinstance(came, int):
        return isinstance(wanted, int) and isinstance(came, int) and wanted == came
    return plain(wanted) == plain(came)
