"""Every rule of `celabiedrs/rules` is asked: an act, a reading or a page reaches it, by itself or through another."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import ROOT, modules, named, tree

RULES = ROOT / "celabiedrs" / "rules"


def entered(source: ast.Module) -> Iterator[str]:
    """Functions of a module of rules that `@rule` has entered in the list."""
    for node in source.body:
        if isinstance(node, ast.FunctionDef) and any(
            isinstance(one, ast.Call) and getattr(one.func, "id", "") == "rule" for one in node.decorator_list
        ):
            yield node.name


def names_in(node: ast.AST) -> set[str]:
    """Names that are read, and attributes that are looked up; what is only imported does not count."""
    read = {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}
    return read | {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}


def never_asked(rules: dict[str, ast.Module], outside: set[str]) -> list[str]:
    """Rules that nothing outside reaches; a name outside reaches the functions of that name, they what they name."""
    functions: dict[str, list[ast.AST]] = {}
    for source in rules.values():
        for node in source.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign):
                for name in _bound(node):
                    functions.setdefault(name, []).append(node)
    reached: set[str] = set()
    waiting = [name for name in functions if name in outside]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            for node in functions[name]:
                waiting.extend(names_in(node) & functions.keys())
    return [
        f"{place}: {name}"
        for place, source in rules.items()
        for name in entered(source)
        if name not in reached
    ]


def _bound(node: ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [one.id for one in targets if isinstance(one, ast.Name)]


def _outside(path: Path) -> bool:
    """Code of the product that is no rule: acts, readings, pages, jobs."""
    return named(path).startswith("celabiedrs/") and RULES not in path.parents and "tests" not in path.parts


def test_every_rule_is_asked() -> None:
    rules = {named(path): tree(path) for path in sorted(RULES.glob("*.py"))}
    outside = set().union(*(names_in(tree(path)) for path in modules() if _outside(path)))
    assert sum(len(list(entered(source))) for source in rules.values()) > 150
    assert never_asked(rules, outside) == []


def test_a_rule_that_nobody_asks_is_seen() -> None:
    source = ast.parse(
        '@rule("A-1")\ndef asked(): ...\n@rule("A-2")\ndef lonely(): ...\ndef all_of(): asked()'
    )
    assert never_asked({"r": source}, {"all_of"}) == ["r: lonely"]
    assert never_asked({"r": source}, {"lonely", "asked"}) == []
    assert never_asked({"r": source}, set()) == ["r: asked", "r: lonely"]
