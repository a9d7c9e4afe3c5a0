"""No number of the source stands outside parameters.toml: a value that the programme changes is changed everywhere.

Looked at: Python (numbers, days, and words in strings, SQL too), templates, typst, and the prose of clauses.toml. What
is allowed stands in ALLOWED, each with its reason.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, modules, named, tree

NUMBERS = {6, 13, 18, 20, 36, 40, 180}
WORDS = re.compile(
    r"(?<![\w.,:{#/-])(?:13|18|20|36|40|180|2034)(?:th)?(?![\w:%}/-]|[.,]\d)"
    r"|\b(?:thirteen|eighteen|twenty|thirty-six|forty|six (?:learners|months|hours)|(?:five|seven) days|four weeks)\b"
    r"|\b(?:trīspadsmit|astoņpadsmit|divdesmit|četrdesmit|seš(?:us|iem) (?:dažād|mēneš|izglīt))\w*",
    re.IGNORECASE,
)
SIZES = {
    "max_length", "characters", "lines", "max_attempts", "size", "rows", "cols", "columns", "length", "indent", "width",
}  # fmt: skip
"""Arguments that say how long a text or a list is, or how often something is tried: no rule of the source."""
MARKUP = re.compile(
    r"<svg.*?</svg>|<script.*?</script>|\{#.*?#\}|<[^>]*>|\{%(?!\s*translate)[^%]*%\}|\{\{[^}]*\}\}|//[^\n]*|#[0-9a-f]{6}",
    re.DOTALL,
)

ALLOWED: dict[str, str] = {
    "celabiedrs/pay/reading/mentor.py": "places of columns in a row",
    "celabiedrs/plans/models/learner.py": "bounds of sanity of a class and a course",
    "celabiedrs/plans/actions/preparation.py": "seconds in which two people count as typing at once",
    "celabiedrs/programme/actions/places.py": "width of a telephone number's column",
    "celabiedrs/registry/reading/round_table.py": "made-up rows that show how a table is filled in",
    "celabiedrs/notes/pages.py": "tries at a password in a day",
    "celabiedrs/rules/holidays.py": "days of the calendar and the reckoning of Easter",
    "celabiedrs/rules/preparing.py": "weights of a personal code's check digit",
    "celabiedrs/closing/pages/handover.py": "lines of a list",
    "celabiedrs/hours/pages/sheet.py": "empty rows on a sheet of paper",
    "celabiedrs/desk/pages/menu.py": "entries of the menu on a telephone",
    "celabiedrs/templates/styleguide.html": "samples of components, without data",
    "celabiedrs/contracts/typst/contract.typ": "sections of the Labour Law",
    "celabiedrs/pay/templates/pay/_parts.html": "how the assumed holiday share was reckoned",
}
"""Where such a number is none of the source, and why."""


def skipped(path: Path) -> bool:
    """The shelves of lib know no rule of the source; tests and rehearsals are stories with days of their own."""
    return (named(path).startswith("celabiedrs/lib/") and path.suffix == ".py") or "tests" in path.parts


def python_literals(source: ast.AST) -> Iterator[tuple[int, str]]:
    """Numbers, days and words of the source in code; docstrings, sizes and places in a row aside."""
    left_out: set[int] = set()
    for node in ast.walk(source):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            left_out |= {
                id(one.value)
                for one in body
                if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
            }
        if isinstance(node, ast.keyword) and node.arg in SIZES:
            left_out |= {id(one) for one in ast.walk(node.value)}
        if isinstance(node, ast.Slice):
            left_out |= {id(one) for one in ast.walk(node)}
    for node in ast.walk(source):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value in NUMBERS:
            yield node.lineno, str(node.value)
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and (found := WORDS.search(node.value))
        ):
            yield node.lineno, found[0]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "date" and _year(node) > 1990:
            yield node.lineno, ast.unparse(node)


def _year(call: ast.Call) -> int:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, int) else 0


def text_literals(text: str) -> Iterator[tuple[int, str]]:
    """The same in templates and typst, without markup and drawings."""
    bare = MARKUP.sub(lambda found: "\n" * found[0].count("\n"), text)
    for number, line in enumerate(bare.splitlines(), 1):
        if found := WORDS.search(line):
            yield number, found[0]


def found_in(path: Path) -> Iterator[tuple[int, str]]:
    return python_literals(tree(path)) if path.suffix == ".py" else text_literals(path.read_text("utf-8"))


def places() -> Iterator[Path]:
    yield from (path for path in modules() if named(path).startswith("celabiedrs/") and not skipped(path))
    for kind in ("html", "typ"):
        yield from sorted((ROOT / "celabiedrs").rglob(f"*.{kind}"))


def test_no_number_of_the_source_stands_outside_the_parameters() -> None:
    found = {
        f"{named(path)}:{line} {what}"
        for path in places()
        if named(path) not in ALLOWED
        for line, what in found_in(path)
    }
    assert sorted(found) == []


def test_every_exception_is_still_one() -> None:
    assert [name for name in ALLOWED if not (ROOT / name).exists() or not any(found_in(ROOT / name))] == []


def test_the_prose_of_the_clauses_takes_its_numbers_from_the_parameters() -> None:
    prose = re.compile(r"(?:title_|remedy_)?(?:lv|en) = ")
    lines = (ROOT / "celabiedrs/rules/clauses.toml").read_text("utf-8").splitlines()
    assert [
        line
        for line in lines
        if prose.match(line) and WORDS.search(re.sub(r"\d\d:\d\d|\d\d?\.\d\d?\.\d{4}", "", line))
    ] == []


@pytest.mark.parametrize(
    "source",
    [
        "x * 40",
        "limit = 20",
        "date(2034, 12, 31)",
        "_('20 at most')",
        "x = 'SELECT 1 WHERE hours > 20'",
        "_('six months after')",
    ],
)
def test_a_literal_is_seen(source: str) -> None:
    assert list(python_literals(ast.parse(source)))


@pytest.mark.parametrize(
    "source", ["F(max_length=40)", "row[:20]", "'''40 minutes'''", "x * 4", "'2026-10-20'"]
)
def test_what_is_no_rule_is_left_alone(source: str) -> None:
    assert not list(python_literals(ast.parse(source)))


def test_a_literal_in_a_template_is_seen() -> None:
    assert list(text_literals("<p>x</p>\n<p>20 hours</p>")) == [(2, "20")]
    assert list(text_literals('{% translate "At most 20 hours" %}'))
    assert not list(text_literals('<svg width="20"></svg>{% if thirteen %}{% endif %}'))
