"""The numbers that may change, each with the day from which it holds, its clause and its source.

They stand in parameters.toml. A day before the first value, or after a value that was taken back, is an
error: nothing here ever falls back to a default.

The programme can give each of them another value from a day on (GEN-3). Those come from outside: `use` hands in what
is known for the work in hand, or `ask` names who is asked when nothing was handed in.
"""

import tomllib
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

_FILE = Path(__file__).with_name("parameters.toml")


@dataclass(frozen=True, slots=True)
class Dated:
    """A value in force: what, by which clause, since when. A decision stores `since` as its version of the
    rule."""

    value: Any
    clause: str
    since: date


@dataclass(frozen=True, slots=True)
class Parameter:
    """All values of one parameter, oldest first; `until` of a value is the day before the next one, or
    None."""

    name: str
    clause: str
    unit: str
    source: str
    note: str
    values: tuple[tuple[date, date | None, Any], ...]


@lru_cache(maxsize=1)
def parameters() -> Mapping[str, Parameter]:
    """Every parameter of the file by its name; raises ValueError on a file that overlaps itself."""
    with _FILE.open("rb") as file:
        entries = tomllib.load(file, parse_float=Decimal)
    return MappingProxyType({name: _parameter(name, entry) for name, entry in entries.items()})


def _parameter(name: str, entry: Mapping[str, Any]) -> Parameter:
    values: list[tuple[date, date | None, Any]] = []
    for item in entry["values"]:
        since: date = item["in_force"]
        if values and values[-1][0] >= since:
            raise ValueError(f"{name}: values are not in order at {since}")
        values.append((since, item.get("until"), item["value"]))
    if not values or not entry["clause"] or not entry["source"]:
        raise ValueError(f"{name}: a parameter needs a value, a clause and a source")
    return Parameter(
        name, entry["clause"], entry["unit"], entry["source"], entry.get("note", ""), tuple(values)
    )


Own = Mapping[str, tuple[tuple[date, Any], ...]]
_OWN: ContextVar[Own | None] = ContextVar("own_values", default=None)
_ASKED: list[Callable[[], Own]] = []


def use(own: Own) -> None:
    """Let these values of the programme's own hold for the work in hand: by name, oldest first."""
    _OWN.set(own)


def ask(provider: Callable[[], Own]) -> None:
    """Name who knows the programme's own values where none were handed in, in a job say."""
    _ASKED[:] = [provider]


def own_values() -> Own:
    """The programme's own values as the work in hand knows them."""
    own = _OWN.get()
    if own is None:
        own = _ASKED[0]() if _ASKED else {}
        _OWN.set(own)
    return own


def at(name: str, day: date) -> Dated:
    """The value of a parameter on a day, the programme's own before the one that ships; LookupError where none is in
    force, KeyError never."""
    for since, value in reversed(own_values().get(name, ())):
        if since <= day:
            return Dated(value, parameters()[name].clause, since)
    return shipped(name, day)


def stored(name: str, raw: Any) -> Any:
    """A value as it stands in a row, of the kind that the parameter has."""
    kind = type(parameters()[name].values[-1][2])
    if kind is date:
        return date.fromisoformat(raw)
    return Decimal(raw) if kind is Decimal else raw


@lru_cache(maxsize=4096)
def shipped(name: str, day: date) -> Dated:
    """The value that came with the system, on a day; before the first one, the first: a slip of the year in what is
    typed meets the rules, which refuse that day, and no gap."""
    parameter = parameters().get(name)
    if parameter is None:
        raise LookupError(f"no parameter is called {name}")
    day = max(day, parameter.values[0][0])
    for since, until, value in reversed(parameter.values):
        if since <= day:
            if until is not None and day > until:
                break
            return Dated(value, parameter.clause, since)
    raise LookupError(f"{name} has no value on {day}")


def whole(name: str, day: date) -> int:
    """A parameter that is a whole number."""
    value = at(name, day).value
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} is no whole number: {value!r}")
    return value


def words(name: str, day: date) -> tuple[str, ...]:
    """A parameter that is a list of words, or one word."""
    value = at(name, day).value
    return (value,) if isinstance(value, str) else tuple(str(word) for word in value)


def share(name: str, day: date) -> Decimal:
    """A parameter that is a share of one."""
    value = at(name, day).value
    if not isinstance(value, Decimal):
        raise TypeError(f"{name} is no share: {value!r}")
    return value


def whole_range(name: str, day: date) -> tuple[int, int]:
    """A parameter that is a lowest and a highest whole number, both included."""
    low, high = at(name, day).value
    return int(low), int(high)


def last_day(name: str, day: date) -> date:
    """A parameter that is itself a day."""
    value = at(name, day).value
    if not isinstance(value, date):
        raise TypeError(f"{name} is no day: {value!r}")
    return value
