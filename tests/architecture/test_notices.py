"""Every message that any stage posts has its words; read from the code, so that a new one cannot be forgotten."""

import ast

import pytest

from celabiedrs.desk.reading.reminders import ALL
from celabiedrs.desk.words import KINDS
from tests.architecture.sources import modules, named, tree

POSTING = {"post", "post_to_all", "remind"}
FROM = "celabiedrs.lib.outbox.posting"


class Unreadable(AssertionError):
    """A kind that is made up at run time: nobody could say which words it needs."""


def posts(source: ast.AST) -> bool:
    """Whether a module posts anything."""
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == FROM
        and {name.name for name in node.names} & POSTING
        for node in ast.walk(source)
    )


def templates(source: ast.AST) -> set[str]:
    """The words' keys that a module's calls name: the template where one is given, else the kind."""
    passing = {
        node.name: [argument.arg for argument in node.args.args + node.args.kwonlyargs]
        for node in ast.walk(source)
        if isinstance(node, ast.FunctionDef)
    }
    passing = {name: names for name, names in passing.items() if "kind" in names}
    found: set[str] = set()
    for node in ast.walk(source):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id
            if name in POSTING or name in passing:
                given = dict(zip(passing.get(name, []), node.args, strict=False))
                given |= {word.arg: word.value for word in node.keywords if word.arg}
                found |= _said(given.get("template")) or _said(given.get("kind"))
    return found


def _said(value: ast.expr | None) -> set[str]:
    """The words a value may be; a name or attribute is passed on from a call that is read itself."""
    match value:
        case None | ast.Name() | ast.Attribute():
            return set()
        case ast.Constant(value=str(word)):
            return {word} if word else set()
        case ast.IfExp():
            return _said(value.body) | _said(value.orelse)
    raise Unreadable(ast.unparse(value))


def posted() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in modules():
        if "tests" in path.parts or not named(path).startswith("celabiedrs/"):
            continue
        source = tree(path)
        if posts(source):
            for word in templates(source):
                found.setdefault(word, []).append(named(path))
    return found


def test_every_message_has_words() -> None:
    found = posted()
    assert len(found) > 30
    assert {word: places for word, places in found.items() if word not in KINDS} == {}


def test_no_words_are_kept_for_a_message_that_nobody_posts() -> None:
    reminders = {word for each in ALL for word in (each.kind, each.asked)}
    assert set(KINDS) - set(posted()) - reminders == set()


def test_every_reminder_has_words() -> None:
    assert [word for each in ALL for word in (each.kind, each.asked) if word not in KINDS] == []


def test_the_look_for_messages_sees() -> None:
    source = ast.parse(
        f"from {FROM} import post\n"
        "def _mentor(plan, kind, template=''):\n    post(to=plan.mentor, kind=kind, template=template)\n"
        "def decided(plan, good):\n    _mentor(plan, 'yes' if good else 'no')\n"
        "    _mentor(plan, 'kind', template='worded')\n    post(to=1, kind='plain')\n"
    )
    assert posts(source)
    assert templates(source) == {"yes", "no", "worded", "plain"}
    assert not posts(ast.parse("from elsewhere import post"))


def test_a_kind_made_up_at_run_time_is_refused() -> None:
    source = ast.parse(f"from {FROM} import post\npost(to=1, kind=f'plan_{{state}}')")
    with pytest.raises(Unreadable):
        templates(source)
