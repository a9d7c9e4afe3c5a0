"""Every name of a page leads to one: in code, templates and messages. Nothing swallows one that does not."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import get_resolver

from tests.architecture.sources import ROOT, modules, named, tree

OURS = ("celabiedrs", "config", "rehearsal")
CALLS = {"reverse", "reverse_lazy", "redirect", "address", "resolve_url"}
TAG = re.compile(r"""{%-?\s*(?:url|address)\s+["']([^"']+)["']""")
NAMESPACED = re.compile(r"^([a-z_]+):([a-z_-]+)$")
FOREIGN = {"xml:lang"}
"""Texts of that shape in a namespace of ours that name no page; none of them is one of our namespaces today."""


def pages() -> set[str]:
    """The name of every page that can be reversed, with its namespace."""
    found = set()
    waiting = [("", get_resolver())]
    while waiting:
        prefix, resolver = waiting.pop()
        found |= {prefix + name for name in resolver.reverse_dict if isinstance(name, str)}
        waiting += [(f"{prefix}{space}:", inner) for space, (_path, inner) in resolver.namespace_dict.items()]
    return found


def python_names(source: ast.AST, namespaces: set[str]) -> Iterator[tuple[int, str]]:
    """Names in calls that look an address up, and every text that has the shape of a name in a namespace of ours."""
    for node in ast.walk(source):
        if isinstance(node, ast.Call) and _called(node) in CALLS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and "/" not in first.value:
                yield node.lineno, first.value
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            shape = NAMESPACED.match(node.value)
            if shape and shape[1] in namespaces and node.value not in FOREIGN:
                yield node.lineno, node.value


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def ours() -> Iterator[Path]:
    for path in modules():
        parts = path.relative_to(ROOT).parts
        if parts[0] in OURS and "tests" not in parts:
            yield path


def templates() -> Iterator[Path]:
    for name in OURS:
        for kind in ("*.html", "*.txt"):
            yield from sorted((ROOT / name).rglob(kind))


def test_every_name_in_code_leads_to_a_page() -> None:
    known = pages()
    namespaces = {name.partition(":")[0] for name in known if ":" in name}
    lost = [
        f"{named(path)}:{line} {name}"
        for path in ours()
        for line, name in python_names(tree(path), namespaces)
        if name not in known
    ]
    assert lost == []


def test_every_name_in_a_template_leads_to_a_page() -> None:
    known = pages()
    lost = [
        f"{named(path)} {name}"
        for path in templates()
        for name in TAG.findall(path.read_text("utf-8"))
        if name not in known
    ]
    assert lost == []


def test_nothing_swallows_a_name_that_leads_nowhere() -> None:
    found = []
    for path in ours():
        text = path.read_text("utf-8")
        for word in ("NoReverseMatch", "find_spec"):
            if (
                word in text and named(path) != "celabiedrs/lib/postgres/binaries.py"
            ):  # a package of programs, no page
                found.append(f"{named(path)} {word}")
    assert found == []


def test_no_template_takes_an_address_that_may_be_missing() -> None:
    """`{% url … as name %}` gives an empty text where the page does not exist."""
    silent = re.compile(r"{%-?\s*url\s[^%]*\sas\s+\w+\s*-?%}")
    assert [named(path) for path in templates() if silent.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "planted", ['reverse("desk:hom")', 'LEADS = "people:notices"', 'address("desc:home")']
)
def test_the_look_for_names_sees(planted: str) -> None:
    known = pages()
    namespaces = {name.partition(":")[0] for name in known if ":" in name}
    assert [name for _line, name in python_names(ast.parse(planted), namespaces) if name not in known]
