"""Every table and every kind of file has its class, its purpose and its readers, once (T8)."""

import ast
from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import translation

from celabiedrs.lib.once import jobs as once
from celabiedrs.retention.actions.erasure import OF_A_LEARNER, OF_A_PLAN
from celabiedrs.retention.documents import ROWS
from celabiedrs.retention.reading import classes
from celabiedrs.retention.reading.classes import CLASSES, RECORDS
from celabiedrs.retention.reading.lapses import SHORTER
from celabiedrs.rules.parameters import parameters
from celabiedrs.supervision import jobs as supervision
from config import schedule
from tests.architecture.sources import ROOT, tree

DAY = date(2026, 11, 28)
STORING = {"store_bytes", "store_upload", "uploaded", "issue"}
"""What puts a file into storage; its `kind` is a word or a constant of the module."""


def test_every_table_is_in_the_record_and_none_twice() -> None:
    """A new table fails here until somebody has said for what it is there, who reads it, and when it goes."""
    told = Counter(table for record in RECORDS for table in record.tables)
    there = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert there - set(told) == set(), "put it into a Record of celabiedrs/retention/reading/classes.py"
    assert set(told) - there == set()
    assert [table for table, times in told.items() if times > 1] == []


def constants_of(source: ast.Module) -> dict[str, str]:
    """Words that a module gives a name, its own and imported ones."""
    found: dict[str, str] = {}
    for node in source.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("celabiedrs"):
            path = ROOT / f"{(node.module or '').replace('.', '/')}.py"
            names = {alias.name for alias in node.names if alias.name.isupper()}
            if names and path.exists():
                found |= {name: word for name, word in constants_of(tree(path)).items() if name in names}
        for target in node.targets if isinstance(node, ast.Assign) else ():
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=True))
            for name, value in pairs:
                if isinstance(name, ast.Name) and isinstance(value, ast.Constant):
                    found[name.id] = str(value.value)
    return found


def kinds_of_files(source: ast.Module) -> Iterator[str]:
    constants = constants_of(source)
    for call in ast.walk(source):
        if isinstance(call, ast.Call) and _called(call) in STORING:
            for keyword in call.keywords:
                if keyword.arg == "kind" and isinstance(keyword.value, ast.Constant):
                    yield str(keyword.value.value)
                if keyword.arg == "kind" and isinstance(keyword.value, ast.Name):
                    yield from (constants[name] for name in (keyword.value.id,) if name in constants)


def _called(call: ast.Call) -> str:
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def _sources() -> Iterator[Path]:
    for path in sorted((ROOT / "celabiedrs").rglob("*.py")):
        if not {"tests", "migrations", "demo", "replay"} & set(path.parts):
            yield path


def test_every_kind_of_file_is_in_the_record_and_none_twice() -> None:
    told = Counter(kind for record in RECORDS for kind in record.files)
    stored = {kind for path in _sources() for kind in kinds_of_files(tree(path))}
    assert {"request", "agreement", "paper_sheet", "timesheet", "erasure_answer"} <= stored
    assert stored - set(told) == set(), "put it into a Record of celabiedrs/retention/reading/classes.py"
    assert [kind for kind, times in told.items() if times > 1] == []


@pytest.mark.parametrize(
    "source", ['issue(b"", kind="memo")', 'KIND = "memo"\nfiles.store_bytes(b"", kind=KIND)']
)
def test_the_look_for_kinds_of_files_sees(source: str) -> None:
    assert list(kinds_of_files(ast.parse(source))) == ["memo"]


@pytest.mark.parametrize("language", ["lv", "en"])
def test_every_record_says_what_for_about_whom_and_for_whom(language: str) -> None:
    with translation.override(language):
        for record in RECORDS:
            assert all(str(word) for word in (record.title, record.about, record.purpose, *record.audience))
            assert record.audience and record.keeping in CLASSES
            assert set(record.sooner) | set(record.later) <= set(CLASSES)


def test_every_length_is_a_dated_number_with_its_clause() -> None:
    lengths = [keeping.length for keeping in CLASSES if keeping.length]
    assert {"notes_erased_months", "drafts_kept_months", "looks_kept_months"} <= set(lengths)
    assert {parameters()[length].clause for length in lengths} <= {"ARC-1", "CNF-1"}
    assert {each.name: each.day(DAY) for each in CLASSES if each.day(DAY)} == {
        "evidence": date(2034, 12, 31),
        "apart": date(2034, 12, 31),
    }


def test_what_is_said_to_go_with_a_plan_goes_and_the_rest_is_said_to_stay() -> None:
    """Decision 0012: the registry of mentors, supervision and accounts belong to no plan and stay."""
    gone = {model._meta.label for model, _ in OF_A_PLAN} | {model._meta.label for model in OF_A_LEARNER}
    gone |= {"plans.SupportPlan", "plans.Learner"}
    for record in RECORDS:
        if record.keeping is classes.EVIDENCE and classes.APART not in record.later:
            assert set(record.tables) <= gone, record.name
        if record.keeping is classes.APART:
            assert not set(record.tables) & gone, record.name


def test_the_certificate_has_words_for_every_table_that_goes() -> None:
    gone = {model.__name__ for model, _ in OF_A_PLAN} | {model.__name__ for model in OF_A_LEARNER}
    beside = {"Original", "IssuedDocument", "StoredFile", "Event", "Look", "Message", "Contract", "PayRun"}
    assert (gone | beside) - set(ROWS) == set(), "put it into ROWS of celabiedrs/retention/documents.py"


def test_the_passing_records_of_other_jobs_are_kept_as_long_as_the_record_says() -> None:
    span = classes.PASSING.span(DAY)
    assert span is not None
    assert (once.KEPT.days, schedule.KEPT_HOURS / 24) == (span[0], span[0])
    assert classes.THEMES.span(DAY) == (supervision.THEMES_KEPT.days, "days")


def test_every_shorter_class_has_a_deed_or_one_elsewhere() -> None:
    nightly = {kind.keeping.name for kind in SHORTER}
    shorter = {each.name for each in CLASSES if each.length}
    assert shorter - nightly == {"notes", "themes"}  # celabiedrs.notes, behind the wall, and supervision


def test_the_printed_record_has_every_column_once() -> None:
    """T8: a column is in the record with its table, and so has purpose, audience and class."""
    out = StringIO()
    call_command("record", language="en", stdout=out)
    tables = [line.strip() for line in out.getvalue().splitlines() if line.startswith("    ")]
    told = Counter(
        f"{table}.{name.rstrip('*')}"
        for table, _, names in (line.partition(": ") for line in tables)
        for name in names.split(", ")
    )
    there = Counter(
        f"{model._meta.label}.{field.column}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
    )
    assert told == there
    print(f"record of processing: {len(there)} columns of {len(tables)} tables")
