"""Reading files of stories: YAML 1.1 by safe_load, one key twice is a mistake, every step is known before any runs."""

import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from rehearsal.stories.words import ACTS, LOOKS

FIRST_MOMENT = datetime(2026, 10, 1, 9, 0)  # noqa: DTZ001 - a wall clock in Riga
ANSWERS = {"ok", "refused", "warned", "not_warned", "not_allowed", "not_found", "wrong_state"} | {
    "shows",
    "lacks",
    "contains",
}
STORY_KEYS = {"scenario", "clauses", "world", "steps"}


FLOAT, INTEGER = "tag:yaml.org,2002:float", "tag:yaml.org,2002:int"


class Unreadable(Exception):
    """A file, or a story in it, that says something which the language does not know. The text says what and where."""


@dataclass(frozen=True)
class Step:
    """One step. `at` is a wall clock in Riga; `then` holds the expected answer by its names, empty for ok."""

    number: int
    at: datetime
    by: str
    do: str
    arguments: Mapping[str, Any]
    then: Mapping[str, Any]
    key: str | None = None


@dataclass(frozen=True)
class Story:
    """A scenario as read; `world` is what it lays over the cast."""

    name: str
    steps: tuple[Step, ...]
    clauses: tuple[str, ...] = ()
    world: Mapping[str, Any] = field(default_factory=dict)


class _Loader(yaml.SafeLoader):
    """safe_load that notices one key twice, and takes 15:00, 57.00 and 010203 as they are written: YAML 1.1 would make
    900, 57.0 and 4227 of them, which nobody typed."""

    yaml_implicit_resolvers = {
        first: [(tag, regexp) for tag, regexp in found if tag not in {FLOAT, INTEGER}]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable) and key in seen:
                raise Unreadable(f"line {key_node.start_mark.line + 1}: “{key}” stands there twice")
            seen.add(key)
        return super().construct_mapping(node, deep)


_Loader.add_implicit_resolver(INTEGER, re.compile(r"-?(?:0|[1-9][0-9]*)\Z"), list("-0123456789"))


def load(path: Path) -> Any:
    """The YAML of a file. Raises Unreadable with the line."""
    try:
        return yaml.load(path.read_text("utf-8-sig"), Loader=_Loader)
    except OSError as error:
        raise Unreadable(f"it cannot be opened ({error.strerror})") from None
    except UnicodeDecodeError:
        raise Unreadable("it is not UTF-8 text") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark is not None else ""
        raise Unreadable(f"{where}it is no YAML ({getattr(error, 'problem', None) or error})") from None


def is_cast(content: object) -> bool:
    """Whether a file holds a world and no stories."""
    return isinstance(content, Mapping)


def stories(content: object) -> Iterator[Story | Unreadable]:
    """The stories of a file, one by one; one that cannot be read comes as what is wrong with it."""
    if not isinstance(content, list):
        raise Unreadable("a file of scenarios is a list, each item beginning with “- scenario:”")
    for place, item in enumerate(content, 1):
        try:
            yield _story(item, place)
        except Unreadable as error:
            yield error


def _story(item: object, place: int) -> Story:
    if not isinstance(item, Mapping) or not isinstance(item.get("scenario"), str):
        raise Unreadable(f"item {place}: it has no “scenario:” with a name")
    name = item["scenario"]
    _known(item, STORY_KEYS, f"scenario “{name}”")
    steps = item.get("steps")
    if not isinstance(steps, list) or not steps:
        raise Unreadable(f"scenario “{name}”: it has no steps")
    world = item.get("world") or {}
    if not isinstance(world, Mapping):
        raise Unreadable(f"scenario “{name}”: world is not a mapping")
    read: list[Step] = []
    for number, step in enumerate(steps, 1):
        try:
            moment = read[-1].at + timedelta(minutes=1) if read else FIRST_MOMENT
            read.append(_step(step, number, moment))
        except Unreadable as error:
            raise Unreadable(f"scenario “{name}”, step {number}: {error}") from None
    return Story(name, tuple(read), tuple(item.get("clauses") or ()), world)


def _step(step: object, number: int, default: datetime) -> Step:
    if not isinstance(step, Mapping):
        raise Unreadable("it is not a mapping")
    for needed in ("by", "do"):
        if not isinstance(step.get(needed), str):
            raise Unreadable(f"it has no “{needed}:”")
    do = step["do"]
    if do not in ACTS:
        raise Unreadable(f"there is no act “{do}”")
    arguments = {name: value for name, value in step.items() if name not in {"at", "by", "do", "then", "key"}}
    for name in arguments:
        if name not in ACTS[do]:
            raise Unreadable(f"{do} takes no “{name}”")
    if do == "look" and arguments.get("what") not in LOOKS:
        raise Unreadable(f"there is nothing called “{arguments.get('what')}” to look at")
    key = step.get("key")
    if key is not None and not isinstance(key, str):
        raise Unreadable("key is not a text")
    at = _moment(step["at"]) if step.get("at") is not None else default
    return Step(number, at, step["by"], do, arguments, _then(step.get("then")), key)


def _moment(raw: object) -> datetime:
    """A wall clock; a step may also stand at the beginning of a day."""
    if isinstance(raw, datetime):
        return raw
    if isinstance(raw, date):
        return datetime(raw.year, raw.month, raw.day)  # noqa: DTZ001
    for form in ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M"):
        try:
            return datetime.strptime(str(raw), form)  # noqa: DTZ007
        except ValueError:
            continue
    raise Unreadable(f"“at: {raw}” is no moment; write 2026-10-05 18:00")


def _then(raw: object) -> Mapping[str, Any]:
    if raw is None or raw == "ok":
        return {}
    if not isinstance(raw, Mapping):
        raise Unreadable(f"“then: {raw}” is no answer")
    _known(raw, ANSWERS, "then")
    for name in ("refused", "warned", "not_warned"):
        if name in raw and not isinstance(raw[name], list):
            raise Unreadable(f"“{name}” is a list of clauses")
    if "shows" in raw and not isinstance(raw["shows"], Mapping):
        raise Unreadable("“shows” is a mapping of names and values")
    return {name: value for name, value in raw.items() if name != "ok"}


def _known(item: Mapping[Any, Any], names: set[str], where: str) -> None:
    for name in item:
        if name not in names:
            raise Unreadable(f"{where}: there is no “{name}” here")
