"""The catalogue of the source: every clause in our own words, and what ties it to rules, numbers and tests
(GEN-1).

The words are in clauses.toml. Which function speaks for a clause is known from the decorator `rule`, which
number from parameters.toml, which test from the text of the tests, where they are there (an installed wheel
has none).
"""

import importlib
import inspect
import pkgutil
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from celabiedrs.rules.breach import RULES, in_words
from celabiedrs.rules.parameters import Parameter, at, parameters

KINDS = ("enforced", "advised", "supported", "informed")
PLACE = re.compile(r"{([a-z_]+)}")
CLAUSE_ID = re.compile(r"\b[A-Z]{2,3}-[1-9]\d?\b")

_FOLDER = Path(__file__).parent
_ROOT = _FOLDER.parent.parent
_TEXT = {".py", ".yaml", ".yml", ".toml", ".json"}
_PROVES_NOTHING = {"test_catalogue.py", "test_rules_page.py"}


@dataclass(frozen=True, slots=True)
class Said:
    """The same words in Latvian and in English."""

    lv: str
    en: str

    def __bool__(self) -> bool:
        return bool(self.lv or self.en)

    def on(self, day: date) -> "Said":
        """With the values of a day in the places {name} that stand for dated numbers (GEN-1)."""
        return Said(_filled(self.lv, day), _filled(self.en, day))

    def within(self, language: str | None) -> str:
        """In the language asked for ("en", "en-gb"); Latvian for any other."""
        return self.en if (language or "").startswith("en") else self.lv


def _filled(text: str, day: date) -> str:
    return PLACE.sub(lambda found: _short(at(found[1], day).value), text)


def _short(value: Any) -> str:
    if isinstance(value, (list, tuple)) and all(isinstance(one, int) for one in value):
        return "–".join(str(one) for one in value)
    return in_words(value)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the source. `home` says where it lives when no rule function speaks for it."""

    id: str
    chapter: str
    kind: str
    stage: str
    title: Said
    text: Said
    remedy: Said
    home: str
    settled: bool


@dataclass(frozen=True, slots=True)
class Source:
    """What the clauses are taken from, and the day of that text."""

    name: Said
    updated: date


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the project: file from the project's root, line, and the function's name where there is
    one."""

    file: str
    line: int
    name: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" + (f" {self.name}" if self.name else "")


@lru_cache(maxsize=1)
def _book() -> Mapping[str, Any]:
    with (_FOLDER / "clauses.toml").open("rb") as file:
        return MappingProxyType(tomllib.load(file))


@lru_cache(maxsize=1)
def source() -> Source:
    """The informative material that the clauses are taken from."""
    entry = _book()["source"]
    return Source(Said(entry["lv"], entry["en"]), entry["updated"])


@lru_cache(maxsize=1)
def chapters() -> Mapping[str, Said]:
    """The source's chapters in its order, by their Latvian heading."""
    return MappingProxyType({lv: Said(lv, en) for lv, en in _book()["chapters"].items()})


@lru_cache(maxsize=1)
def clauses() -> tuple[Clause, ...]:
    """Every clause, in the order of the source; ValueError on an unknown kind or chapter."""
    return tuple(_clause(entry) for entry in _book()["clause"])


def _clause(entry: Mapping[str, Any]) -> Clause:
    if entry["kind"] not in KINDS or entry["chapter"] not in chapters():
        raise ValueError(f"{entry['id']}: unknown kind or chapter")
    return Clause(
        id=entry["id"],
        chapter=entry["chapter"],
        kind=entry["kind"],
        stage=entry["stage"],
        title=Said(entry["title_lv"], entry["title_en"]),
        text=Said(entry["lv"], entry["en"]),
        remedy=Said(entry.get("remedy_lv", ""), entry.get("remedy_en", "")),
        home=entry.get("home", ""),
        settled=entry.get("settled", False),
    )


@lru_cache(maxsize=1)
def _by_id() -> Mapping[str, Clause]:
    return MappingProxyType({clause.id: clause for clause in clauses()})


def clause(ident: str) -> Clause:
    """The clause of an id; LookupError where there is none."""
    found = _by_id().get(ident)
    if found is None:
        raise LookupError(f"no clause is called {ident}")
    return found


# ------------------------------------------------------------------------ numbers


def parameters_of(ident: str) -> tuple[Parameter, ...]:
    """The dated numbers that a clause owns, in the order of parameters.toml."""
    return tuple(parameter for parameter in parameters().values() if parameter.clause == ident)


def label_of(parameter: str) -> Said:
    """What a parameter is called where people read it; its own name where nobody has named it."""
    entry = _book()["numbers"].get(parameter)
    return Said(entry["lv"], entry["en"]) if entry else Said(parameter, parameter)


def word(value: str) -> Said:
    """A word that a parameter holds, as people read it; the word itself where it needs no other."""
    entry = _book()["words"].get(value)
    return Said(entry["lv"], entry["en"]) if entry else Said(value, value)


# ------------------------------------------------------------------ rules and tests


@lru_cache(maxsize=1)
def rule_places() -> Mapping[str, tuple[Place, ...]]:
    """The rule functions of every clause that has any. Imports all modules of celabiedrs.rules."""
    for module in pkgutil.iter_modules([str(_FOLDER)]):
        if not module.ispkg:
            importlib.import_module(f"celabiedrs.rules.{module.name}")
    found: dict[str, list[Place]] = {}
    for entry in RULES:
        function = inspect.unwrap(getattr(importlib.import_module(entry.module), entry.name))
        file = entry.module.replace(".", "/") + ".py"
        place = Place(file, function.__code__.co_firstlineno, entry.name)
        for ident in entry.clauses:
            found.setdefault(ident, []).append(place)
    return MappingProxyType({ident: tuple(places) for ident, places in found.items()})


def rules_of(ident: str) -> tuple[Place, ...]:
    """The rule functions that speak for a clause."""
    return rule_places().get(ident, ())


def tests_of(ident: str) -> tuple[Place, ...]:
    """The lines of tests, cases and scenarios that name a clause; none where the tests are not there."""
    return _test_places().get(ident, ())


@lru_cache(maxsize=1)
def _test_places() -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for path in _test_files():
        file = path.relative_to(_ROOT).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            for ident in dict.fromkeys(CLAUSE_ID.findall(line)):
                if ident in _by_id():
                    found.setdefault(ident, []).append(Place(file, number))
    return MappingProxyType({ident: tuple(places) for ident, places in found.items()})


def _test_files() -> Iterator[Path]:
    """Tests beside the code and in the project's own folder. Tests of this catalogue name clauses but prove none."""
    if not (_ROOT / "pyproject.toml").exists():
        return
    for folder in (_FOLDER.parent, _ROOT / "tests"):
        for path in sorted(folder.rglob("*")):
            within = path.relative_to(_ROOT).parts
            if path.suffix in _TEXT and "tests" in within and path.name not in _PROVES_NOTHING:
                yield path
