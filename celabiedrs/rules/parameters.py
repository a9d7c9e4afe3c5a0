"""The numbers that may change, each with the day from which it holds, its clause and its source.

They stand in parameters.toml. A day before the first value, or after a value that was taken back, is an
error: nothing here ever falls back to a default.
"""

import tomllib
from collections.abc import Mapping
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


@lru_cache(maxsize=4096)
def at(name: str, day: date) -> Dated:
    """The value of a parameter on a day; LookupError where none is in force, KeyError never."""
    parameter = parameters().get(name)
    if parameter is None:
        raise LookupError(f"no parameter is called {name}")
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
