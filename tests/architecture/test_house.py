"""What the linters cannot say of the house: sizes, names, and what must stand in no file."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, kept_files, modules, named, tree

LONGEST_MODULE = 400
LONGEST_FUNCTION = 46  # "about 40", as ruff lays out long calls
LONGEST_STORY = 80  # a test or a page of samples is read from top to bottom
DRAWERS = {"utils", "util", "helpers", "helper", "services", "service", "managers", "manager", "common", "misc",
           "handlers", "tools", "data", "info"}  # fmt: skip
CLOCK_CALLS = {
    ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"),
    ("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime"), ("time", "time"),
}  # fmt: skip


def too_long_functions(path: Path) -> list[str]:
    """What a function does is counted, not how many named arguments it takes or how well it is described."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            described = ast.get_docstring(node) is not None and len(node.body) > 1
            length = (node.end_lineno or 0) - node.body[1 if described else 0].lineno + 1
            told = {"tests", "bench"} & set(path.parts) or path.name == "styleguide.py"
            if length > (LONGEST_STORY if told else LONGEST_FUNCTION):
                found.append(f"{named(path)}:{node.lineno} {node.name} has {length} lines")
    return found


def clock_calls(source: ast.AST) -> list[int]:
    """Lines that ask the machine's clock instead of ours, calls and mere mentions (a field's default) alike."""
    return [
        node.lineno
        for node in ast.walk(source)
        if isinstance(node, ast.Attribute) and (_last_name(node.value), node.attr) in CLOCK_CALLS
    ] + [
        node.value.lineno
        for node in ast.walk(source)
        if isinstance(node, ast.keyword) and "auto_now" in (node.arg or "")
    ]


def _last_name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def test_no_module_is_longer_than_can_be_read_in_one_sitting() -> None:
    lengths = {named(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    assert [line for path in modules() for line in too_long_functions(path)] == []


def test_nothing_is_put_into_drawers() -> None:
    found = [named(path) for path in modules() if path.stem in DRAWERS or path.parent.name in DRAWERS]
    assert found == []


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = [
        f"{named(path)}:{line}"
        for path in modules()
        if named(path).startswith("celabiedrs/")
        and path != ROOT / "celabiedrs/lib/clock.py"
        and "tests" not in path.parts
        for line in clock_calls(tree(path))
    ]
    assert asking == []


@pytest.mark.parametrize(
    "source",
    ["datetime.now(UTC)", "datetime.datetime.now()", "date.today()", "timezone.now()", "F(default=timezone.now)",
     "F(auto_now_add=True)"],
)  # fmt: skip
def test_the_look_for_clocks_sees(source: str) -> None:
    assert clock_calls(ast.parse(source)) == [1]


def test_lock_files_name_no_address() -> None:
    files = sorted(ROOT.glob("requirements*.txt"))
    assert files
    assert [named(path) for path in files if "://" in path.read_text("utf-8")] == []
    assert not (ROOT / "uv.lock").exists()


def test_no_file_knows_a_machine_or_what_lies_beside_the_project() -> None:
    told = re.compile("|".join([r"(?<![\w.])/(?:" + "root|home|Users|work" + r")/\w", r"\.\./" + "shared"]))
    found = [
        f"{named(path)}:{number}"
        for path in kept_files()
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if told.search(line)
    ]
    assert found == []


def words_in_f_strings(source: ast.AST) -> list[int]:
    """Lines where a message is asked for inside an f-string: extraction does not see it, so it has no Latvian."""
    return [
        call.lineno
        for text in ast.walk(source)
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and _last_name(call.func) in {"_", "gettext", "ngettext", "N_"}
    ]


def test_no_message_hides_in_an_f_string() -> None:
    assert [f"{named(path)}:{line}" for path in modules() for line in words_in_f_strings(tree(path))] == []


def test_the_look_for_hidden_messages_sees() -> None:
    assert words_in_f_strings(ast.parse("x = f'{_(\"word\")}'"))
