"""A breach names the field that it is about, at its source, and every form marks it from there."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from django.forms import CharField
from django.template.loader import render_to_string

import celabiedrs
from celabiedrs.lib.look.templatetags.look import error_summary, refusal
from celabiedrs.lib.web import ActForm, attempt
from celabiedrs.plans.words.fields import TYPED
from celabiedrs.rules.breach import Breach, Refused

ROOT = Path(celabiedrs.__file__).parent
RULES = sorted((ROOT / "rules").glob("*.py"))
NO_FIELD = {
    "hand_over": "the timesheets are as they are",
    "note": "the programme has switched notes off",
    "emergency_number": "the last emergency number stays; there is nothing to type",
    "not_with_oneself": "another person does it",
    "after_approval": "the plan waits for the expert",
    "another_verifies": "another person does it",
    "review_before_last": "the review has a page of its own, to which the month leads",
    "no_own_line": "another person does it",
    "not_who_prepared": "another person does it",
    "extension": "a plan of the first semester is never extended",
    "own_semester": "a school of another kind sets no semester",
    "switched_off": "another person does it",
    "change_open": "the proposal has its answer",
    "erasure_asked": "the day of keeping is not reached",
    "answer": "another person does it, or the list is another one",
    "proposal": "another disposal waits already",
    "session_held": "the session is not over",
    "confirmation": "the day is past, or the group is empty",
    "nomination_withdrawal": "the mentor is in the group already",
    "withdrawal": "the nomination stands already",
    "doubles_in_table": "the row of a table is put right in the table",
    "row_of_a_person": "the row of a table is put right in the table",
    "once_in_table": "the row of a table is put right in the table",
    "place_of_table": "the row of a table is put right in the table",
    "one_and_the_same": "the two entries are put right on pages of their own",
    "no_meetings_at_once": "the meeting is put right on a page of its own",
    "institution_closed": "the plans end first, on pages of their own",
    "no_obstacle": "the employer makes another check, on a page of its own",
    "prolongation": "the school extends the plan first, on a page of its own",
    "reviewed_before_handover": "the review has a page of its own",
    "rate_withdrawn": "an approved run has paid by it; there is nothing to type",
    "unreadable_cells": "the row of a table is put right in the table",
}
"""Rules with a breach that no field can put right, each with its reason."""

OUT_OF_FORMS = {
    "agreed_by": "the second administrator agrees on a page of their own",
    "means": "the button that was pressed says it",
    "papers": "ticked in a list, above which the box stands",
    "party": "the page on which somebody signs says it",
}
"""Arguments of acts that no form has as a field to mark, each with its reason."""


def breaches() -> Iterator[tuple[str, str | None]]:
    """Of each breach in the rules: the function in which it stands, and its field if it is said in so many letters."""
    for path in RULES:
        for function in ast.walk(ast.parse(path.read_text())):
            if not isinstance(function, ast.FunctionDef):
                continue
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "Breach":
                    given = [keyword.value for keyword in call.keywords if keyword.arg == "field"]
                    value = given[0] if given else None
                    yield (
                        function.name,
                        None if value is None else (value.value if isinstance(value, ast.Constant) else ""),
                    )


def forms() -> list[type[ActForm]]:
    for module in pkgutil.walk_packages(celabiedrs.__path__, "celabiedrs."):
        if ".forms" in module.name or ".pages" in module.name:
            importlib.import_module(module.name)
    found: list[type[ActForm]] = []
    waiting = [ActForm]
    while waiting:
        below = waiting.pop().__subclasses__()
        found += below
        waiting += below
    return found


def test_every_breach_names_its_field_or_stands_on_the_list_with_its_reason() -> None:
    without = {name for name, field in breaches() if field is None}
    assert without - NO_FIELD.keys() == set()
    assert NO_FIELD.keys() - without == set(), "on the list without need"


def test_every_field_that_a_rule_names_is_one_that_a_form_marks() -> None:
    marked = {name for form in forms() for name in [*form.base_fields, *form.arguments]}
    marked |= {field.name for field in TYPED}  # the plan's own list, of which its forms are made
    named = {field for _name, field in breaches() if field}
    assert named - marked - OUT_OF_FORMS.keys() == set()
    assert OUT_OF_FORMS.keys() - (named - marked) == set(), "on the list without need"


def test_every_page_puts_what_was_refused_on_its_form_by_the_one_way_that_marks_fields() -> None:
    pages = [path for path in ROOT.rglob("*.py") if {"pages", "forms"} & {*path.parts, path.stem}]
    past = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in pages
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Attribute) and target.attr == "refused" for target in node.targets)
    ]
    assert past == []


def test_a_refusal_marks_the_field_it_is_about_and_keeps_what_was_typed() -> None:
    class Form(ActForm):
        arguments = {"semesters": "term"}
        term = CharField()
        day = CharField()

    def act(**values: str) -> None:
        raise Refused(
            [
                Breach("CON-2", "no term", field="semesters"),
                Breach("CON-1", "no day", field="day"),
                Breach("TG-4", "x"),
            ]
        )

    form = Form({"term": "2026", "day": "1"})
    assert form.is_valid()
    assert attempt(form, act, **form.cleaned_data) is None  # type: ignore[arg-type]
    assert {name: list(said) for name, said in form.errors.items()} == {
        "term": ["no term"],
        "day": ["no day"],
    }
    assert form.cleaned_data == {"term": "2026", "day": "1"}
    box = render_to_string("components/refusal.html", refusal(form.refused))
    assert box.count('href="#id_term"') == box.count('href="#id_day"') == 1
    assert error_summary(form) == {"errors": []}
