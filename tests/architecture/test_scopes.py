"""A4: no page asks a personal table without the scope of who is asking.

A view's function that names the manager of a personal table has to name a scope too: one of the functions of the
stages' access modules. What cannot be judged by reading is on the list below, with the reason.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, named, tree

PERSONAL = {
    "Learner", "PersonalCode", "PlanSketch", "LearnerTransfer", "SupportPlan", "SupportRequest", "Agreement",
    "AgreementText", "AgreementDraft", "PlanQuestion", "Amendment", "PlanDecision", "PlanSubmission", "MonthlyTalk",
    "Meeting", "MeetingSignature", "Timesheet", "CooperationReview", "PayRun", "PayLine", "Correction", "VsaoiClass",
    "Contract", "ReplacedCopy", "Prolongation", "SuitabilityCheck", "Mentor", "ProposedChange", "FirstTalk",
    "ReviewExcuse", "Evaluation", "PreparerFeedback", "PlanEnd", "PrivateNote", "SafeguardingReport", "ReportStep",
    "SupervisionSession", "Interest", "Nomination", "Member", "Theme",
}  # fmt: skip
SCOPE = re.compile(
    r"(visible|known|listed|asked|summed)_(to|for)$|^own_|^written_by$|readable_by$|^questioned_by$|^decides_on$"
    r"|^seen_\w+$|^keeper$|counted_\w+$|^handled_by$"
)
"""How the scopes of the access modules are called."""

ALLOWED = {
    (
        "celabiedrs/hours/pages/month.py",
        "_earlier",
    ): "other sheets of their own month that was loaded by own_rows",
    (
        "celabiedrs/hours/pages/pair.py",
        "_pair_page",
    ): "the review of a sheet that was loaded through its scope",
    (
        "celabiedrs/hours/pages/sheet.py",
        "_sheets",
    ): "a beginning; each who takes it filters by sheets_visible_to",
    (
        "celabiedrs/hours/pages/pair.py",
        "_parts",
    ): "timesheets decided on with one that was loaded through its scope",
    ("celabiedrs/hours/pages/sheet.py", "_whole"): "the review of a sheet that was loaded through its scope",
    (
        "celabiedrs/hours/pages/sheet.py",
        "_drawn",
    ): "whether the rows of a sheet loaded through its scope are drawn",
    (
        "celabiedrs/pay/pages/correction.py",
        "_context",
    ): "the lines of sheets that were loaded through their scope",
    ("celabiedrs/plans/pages/draft.py", "sketch_of"): "the sketch of a learner loaded by own_learner",
    ("celabiedrs/plans/pages/agreement.py", "Pact"): "the draft of a plan loaded by own_plan",
    (
        "celabiedrs/plans/pages/learners.py",
        "transfer_no",
    ): "learners of institutions at which the person prepares",
}


def pages() -> Iterator[Path]:
    for path in sorted((ROOT / "celabiedrs").rglob("*.py")):
        inside = path.relative_to(ROOT / "celabiedrs").parts
        if "tests" not in inside and (path.name == "pages.py" or "pages" in inside[:-1]):
            yield path


def unscoped(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Functions that ask a personal table and name no scope: (function, table)."""
    for function in module.body:
        asked = sorted(
            node.value.id
            for node in ast.walk(function)
            if isinstance(node, ast.Attribute)
            and node.attr in {"objects", "_default_manager", "_base_manager"}
            and isinstance(node.value, ast.Name)
            and node.value.id in PERSONAL
        )
        names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
        if asked and not any(SCOPE.search(name) for name in names):
            for table in dict.fromkeys(asked):
                yield getattr(function, "name", "the module"), table


def test_no_view_asks_a_personal_table_without_a_scope() -> None:
    found = [
        f"{named(path)}: {function} asks {table}"
        for path in pages()
        for function, table in unscoped(tree(path))
        if (named(path), function) not in ALLOWED
    ]
    assert not found, "\n".join(found)


def test_what_is_allowed_is_still_there() -> None:
    there = {(named(path), function) for path in pages() for function, _table in unscoped(tree(path))}
    assert not set(ALLOWED) - there


@pytest.mark.parametrize(
    "source",
    [
        "def page(request):\n    return SupportPlan.objects.get(pk=1)",
        "def page(request):\n    return list(Learner.objects.all())",
        "rows = Timesheet.objects.filter(state='open')",
        "class Page:\n    def get(self):\n        return PrivateNote._base_manager.first()",
    ],
)
def test_a_query_without_a_scope_is_seen(source: str) -> None:
    assert list(unscoped(ast.parse(source)))


def test_a_scope_in_the_same_function_is_enough() -> None:
    source = "def page(request):\n    return SupportPlan.objects.filter(plans_visible_to(request.user))"
    assert not list(unscoped(ast.parse(source)))
