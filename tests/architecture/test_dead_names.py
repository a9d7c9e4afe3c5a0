"""Nothing is defined that nobody uses: functions, classes and constants of the product, tests not counted as users."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, modules, named, tree

PRODUCT = ("celabiedrs", "config", "rehearsal")
USERS = (*PRODUCT, "bench")
ALLOWED = {
    "_PLUGINS": "loaded before the process is limited",
    "whole_hours": "tests of the reader",
}
"""Names that no code of ours uses, each with the reason why it is there."""
FOUND_BY_DJANGO = re.compile(
    r"(\w+Config|Command|Migration|handler[45]\d\d|urlpatterns|app_name|register|application)"
)
WORD = re.compile(r"[A-Za-z_]\w*")

Scope = ast.Module | ast.ClassDef


def definitions(source: ast.Module) -> Iterator[tuple[str, bool]]:
    """Names that a module defines at its top; whether a decorator has taken hold of it (a job, a tag, a rule)."""
    for node in source.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, any(_registers(one) for one in node.decorator_list)
        elif isinstance(node, ast.Assign):
            yield from ((one.id, False) for one in node.targets if isinstance(one, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, False


def _registers(decorator: ast.expr) -> bool:
    """`app.task`, `register.filter`, `app.periodic`: an attribute of something that collects what it decorates."""
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    return (
        isinstance(call, ast.Attribute)
        and isinstance(call.value, ast.Name)
        and call.value.id in {"app", "register"}
    )


def uses(source: ast.Module) -> Iterator[str]:
    """Names that code uses: read, called, looked up as an attribute or by a string. Not imports, not `__all__`."""
    kept_out = {id(one) for node in ast.walk(source) for one in _not_read(node)}
    for node in ast.walk(source):
        if id(node) in kept_out:
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias) and node.asname not in (None, node.name):
            yield node.name
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from WORD.findall(node.value)


def _not_read(node: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, and the list of what a module hands on."""
    body = getattr(node, "body", None)
    if isinstance(body, list):
        yield from (
            one.value for one in body if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
        )
    if isinstance(node, ast.Assign) and any(getattr(one, "id", "") == "__all__" for one in node.targets):
        yield from ast.walk(node)


def templates() -> Iterator[Path]:
    for name in PRODUCT:
        yield from (path for path in (ROOT / name).rglob("*.html") if "templates" in path.parts)


def dead(defined: dict[str, list[str]], used: Counter[str]) -> list[str]:
    """Each place of a name that is used nowhere."""
    return [
        f"{place}: {name}"
        for name, places in sorted(defined.items())
        if not used[name] and name not in ALLOWED and not FOUND_BY_DJANGO.fullmatch(name)
        for place in places
    ]


def product() -> Iterator[Path]:
    return (
        path for path in modules() if "tests" not in path.parts and path.relative_to(ROOT).parts[0] in USERS
    )


def test_every_name_is_used() -> None:
    defined: dict[str, list[str]] = {}
    used: Counter[str] = Counter()
    for path in product():
        source = tree(path)
        used.update(uses(source))
        if path.relative_to(ROOT).parts[0] in PRODUCT and path != ROOT / "config/settings.py":
            for name, registered in definitions(source):
                if not registered and not name.startswith("__"):
                    defined.setdefault(name, []).append(named(path))
    for path in templates():
        used.update(WORD.findall(path.read_text("utf-8")))
    assert len(defined) > 2000
    assert dead(defined, used) == []


@pytest.mark.parametrize(
    "source", ["def lonely(): ...", "LONELY = 1", "class Lonely: ...", "LONELY: int = 1"]
)
def test_a_lonely_name_is_seen(source: str) -> None:
    name = next(definitions(ast.parse(source)))[0]
    told = f'"""{name}"""\nfrom elsewhere import {name}\n__all__ = ["{name}"]\n{source}'
    assert dead({name: ["here"]}, Counter(uses(ast.parse(told)))) == [f"here: {name}"]


def test_a_name_in_use_is_left_alone() -> None:
    used = Counter(uses(ast.parse("one()\nmodule.two\nsettings = 'a.three'\nfrom x import four as other")))
    assert dead({name: ["here"] for name in ("one", "two", "three", "four")}, used) == []
