"""The documents keep their form, and everything that they and the code name exists."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.architecture.sources import ROOT, kept_files, modules, named, tree

DECISIONS = ROOT / "docs/decisions"
PROMISES = (ROOT / "docs/promises.md").read_text("utf-8")
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
DAY = r"\d{4}-\d\d-\d\d"
PROMISE = re.compile(r"(?<![\w/\"'(A-Z-])(?:\(|\[|promise )?\b([AIRTES]\d{1,2})\b(?![\"'.]\w|\w)")
TEST = re.compile(r"`((?:tests|celabiedrs)/[\w/]+\.py)(?:::(\w+(?:::\w+)?))?`")
"""A path to a test, and the function (or class and method) in it."""


def decisions() -> list[Path]:
    return sorted(DECISIONS.glob("0*.md"))


def wrong_form(name: str, text: str) -> list[str]:
    """What a page of a decision lacks: title, date, What, Why, Rejected."""
    found = []
    if not re.match(rf"# {name[:4]} \S", text):
        found.append(f"{name}: the title is not '# {name[:4]} Title'")
    if not re.fullmatch(rf"{DAY}(, changed {DAY})?", (text.splitlines() + [""] * 3)[2]):
        found.append(f"{name}: no date in the third line")
    if re.findall(r"^## (.+)$", text, re.MULTILINE) != ["What", "Why", "Rejected"]:
        found.append(f"{name}: the sections are not What, Why, Rejected")
    return found


def test_every_decision_has_one_form() -> None:
    assert [line for path in decisions() for line in wrong_form(path.name, path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "text",
    ["# 1. Title\n\n2026-12-01\n", "# 0001 Title\n\n*1.12.2026.*\n\n## What\n\n## Why\n\n## Rejected\n"],
)
def test_another_form_is_seen(text: str) -> None:
    assert wrong_form("0001-title.md", text)


def test_the_index_has_every_decision_under_its_title() -> None:
    rows = re.findall(
        r"^\| \[(\d{4})\]\((.+?)\) \| (.+?) \| .+ \|$", (DECISIONS / "README.md").read_text("utf-8"), re.M
    )
    told = {name: f"# {number} {title}" for number, name, title in rows}
    assert told == {path.name: path.read_text("utf-8").splitlines()[0] for path in decisions()}
    assert [number for number, *_ in rows] == sorted(number for number, *_ in rows)


def test_every_decision_that_is_referred_to_exists() -> None:
    numbers = {path.name[:4] for path in decisions()}
    assert len(numbers) == len(decisions())
    lost = [
        f"{named(path)}: {number}"
        for path in kept_files()
        if path != Path(__file__)
        for number in re.findall(r"(?:docs/decisions/|[Dd]ecisions? )(\d+)", path.read_text("utf-8"))
        if number not in numbers
    ]
    assert lost == []


# ---------------------------------------------------------------------- promises


def explained() -> set[str]:
    return set(re.findall(r"^\| ([AIRTES]\d{1,2}) \|", PROMISES, re.MULTILINE))


def promises_named() -> Iterator[tuple[str, str]]:
    """Place and id of each promise in a docstring or a document."""
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                for one in PROMISE.findall(ast.get_docstring(node) or ""):
                    yield named(path), one
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for one in PROMISE.findall(path.read_text("utf-8")):
            yield named(path), one


def test_every_promise_that_is_named_is_explained() -> None:
    named_anywhere = list(promises_named())
    assert len(named_anywhere) > 30
    assert [f"{where}: {one}" for where, one in named_anywhere if one not in explained()] == []


def test_every_promise_is_there() -> None:
    whole = {f"{letter}{number}" for letter, last in {"A": 8, "I": 7, "R": 16, "T": 8, "E": 6, "S": 12}.items()
             for number in range(1, last + 1)}  # fmt: skip
    assert explained() == whole


@pytest.mark.parametrize(
    ("text", "found"),
    [("Sent five times (R3).", ["R3"]), ("[R4] Nobody", ["R4"]), ("R9: ten", ["R9"]), ("promise T8", ["T8"]),
     ("on A4 paper-3", ["A4"]), ("CNF-1 and TG-5", []), ("`=SUM(A1)`", []), ("PDF/A-2a", [])],
)  # fmt: skip
def test_the_look_for_promises_sees(text: str, found: list[str]) -> None:
    assert PROMISE.findall(text) == found


def test_every_test_that_shows_a_promise_exists() -> None:
    told = TEST.findall(PROMISES)
    assert len(told) > 40
    assert [f"{path}::{name}" for path, name in told if not _exists(ROOT / path, name)] == []


def _exists(path: Path, name: str) -> bool:
    """Whether the module has this function, or this class with this method."""
    if not path.exists():
        return False
    body: list[ast.stmt] = tree(path).body
    for part in name.split("::") if name else []:
        inner = [node for node in body if getattr(node, "name", None) == part]
        if not inner:
            return False
        body = getattr(inner[0], "body", [])
    return True


def test_a_test_that_is_gone_is_seen() -> None:
    assert not _exists(Path(__file__), "test_that_was_never_there")
    assert not _exists(ROOT / "tests/test_that_was_never_there.py", "")


# ---------------------------------------------------------------------- versions and the public catalogue


def test_the_version_is_the_same_everywhere() -> None:
    changes = (ROOT / "docs/changes.md").read_text("utf-8")
    newest = re.search(rf"^## (\S+) \({DAY}\)$", changes, re.MULTILINE)
    assert newest is not None and newest[1] == VERSION
    assert catalogue()["softwareVersion"] == VERSION


def test_the_catalogue_entry_has_what_the_standard_asks_for() -> None:
    entry = catalogue()
    for name in ("publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType"):
        assert entry[name], name
    assert entry["legal"]["license"] == "EUPL-1.2"
    assert entry["maintenance"]["type"] == "internal" and entry["maintenance"]["contacts"][0]["name"]
    assert entry["localisation"] == {"localisationReady": True, "availableLanguages": ["lv", "en"]}
    for text in entry["description"].values():
        assert len(text["shortDescription"]) <= 150 and 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]
        assert all((ROOT / picture).exists() for picture in text.get("screenshots", ()))


def catalogue() -> dict[str, dict[str, object]]:
    """publiccode.yml as data."""
    told: dict[str, dict[str, object]] = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
    return told
