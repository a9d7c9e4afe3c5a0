"""The fields of a plan are declared once: no page, form, act or paper knows a list of its own (decision 0055)."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import translation

from celabiedrs.plans.actions import approve_plan, submit_plan
from celabiedrs.plans.facts import plan_values, stored_changes
from celabiedrs.plans.forms.plan import HoursForm
from celabiedrs.plans.models import AgreementDraft, AgreementText, SupportPlan
from celabiedrs.plans.reading.difference import snapshot
from celabiedrs.plans.reading.values import values_of
from celabiedrs.plans.words.fields import (
    ASKED,
    BY_NAME,
    FIELDS,
    PAPERS,
    PARTS,
    TASKS,
    TEXTS,
    TYPED,
    complete,
    waiting,
)
from celabiedrs.rules.support import Risk
from rehearsal.stories.words import PLAN_FIELDS
from tests.cast import signed_in
from tests.cast.preparing import Cast

ROOT = Path(__file__).parents[3]
OWN = {
    "id", "public_id", "number", "learner", "institution", "class_year", "course_year", "mentor", "contract", "state",
    "previous", "drafted_by", "drafted_at", "preparer", "submitted_at", "first_submitted_at", "approved_at",
    "approved_by", "suspended_at", "ended_at", "withdrawn_at", "extended_until", "extended_at", "extension_order",
    "version",
}  # fmt: skip
"""Columns of a plan that acts of their own fill; every other one is a field."""
DECLARED = {
    "celabiedrs/plans/words/fields.py", "celabiedrs/plans/models/plan.py", "celabiedrs/plans/models/papers.py",
}  # fmt: skip
ALLOWED = {
    "celabiedrs/rules/agreement.py": "AGR-10 asks for the four texts by name",
    "celabiedrs/rules/plan.py": "each rule reads the field that it is about",
    "celabiedrs/rules/support.py": "rules of single fields",
    "celabiedrs/desk/reading/registry.py": "what may be told of a plan without its learner (REG-3); a new field is not",
    "rehearsal/stories/looks.py": "the language of stories fixes what a look shows",
    "rehearsal/stories/plans.py": "what a story's plan has where the story says nothing",
    "rehearsal/season/files.py": "the columns of the season's files",
    "rehearsal/season/plans.py": "a stand-in for a refused row",
    "rehearsal/demo/plans.py": "what the people of the demonstration choose",
    "rehearsal/demo/words.py": "what they write",
}
"""Who else names several fields, and why."""


def test_every_column_of_a_plan_is_a_field_or_filled_by_an_act_of_its_own() -> None:
    columns = {column.name for column in SupportPlan._meta.concrete_fields}
    fields = {"year" if name == "semester" else name for name in BY_NAME} - {"risks"}
    assert columns - OWN - {"semester"} == fields


def test_every_text_of_an_agreement_has_its_column_in_both_tables() -> None:
    for model, own in (
        (AgreementText, {"id", "agreement"}),
        (AgreementDraft, {"id", "plan", "successor", "version", "saved_by", "saved_at"}),
    ):
        assert {column.name for column in model._meta.concrete_fields} - own == {text.name for text in TEXTS}


def test_every_part_has_a_step_and_a_name_of_its_own() -> None:
    assert len(PARTS) == len(FIELDS) + len(PAPERS) + len(TEXTS)
    assert {part.task for part in PARTS.values()} <= TASKS.keys()
    assert {"learner", *BY_NAME} == set(PLAN_FIELDS)


def test_every_typed_field_has_an_input() -> None:
    assert list(HoursForm().fields) == [field.name for field in TYPED]


def test_a_name_that_is_no_field_is_the_callers_mistake() -> None:
    assert complete({"module": "I"}) == dict.fromkeys(BY_NAME) | {"module": "I"}
    with pytest.raises(TypeError, match="hours_a_week"):
        complete({"hours_a_week": 3})


def test_what_waits_for_the_expert_and_what_changes_at_once() -> None:
    before = {
        "module": "I",
        "ground": "failing_and_leaving",
        "starts_on": date(2026, 9, 1),
        "ends_on": date(2026, 12, 18),
        "hours_per_month": 12,
        "risks": (Risk("failing", "r"), Risk("early_leaving", "r")),
    }
    assert waiting(before, {"hours_per_month": 11, "risks": before["risks"][:1]}) == frozenset()
    assert waiting(before, {"hours_per_month": 13}) == {"hours_per_month"}
    assert waiting(before, {"ends_on": date(2026, 12, 17), "module": "II"}) == {"ends_on", "module"}
    assert waiting(before, {"risks": (*before["risks"], Risk("health", "r"))}) == {"risks"}


def approved(cast: Cast) -> SupportPlan:
    plan = cast.ready("Otrs Ozols")
    submit_plan(by=cast.anna, plan=plan)
    return approve_plan(by=cast.expert, plan=plan).thing


def test_every_value_is_kept_and_comes_back_and_has_words(cast: Cast) -> None:
    plan = cast.draft()
    values = plan_values(plan)
    assert values.keys() == BY_NAME.keys()
    kept = stored_changes(values)
    assert {name: BY_NAME[name].restored(value) for name, value in kept.items()} == values
    assert all(BY_NAME[name].in_words(value) for name, value in kept.items() if value != "")
    assert snapshot(plan).keys() == PARTS.keys()


def test_only_what_is_no_story_is_shown_without_it(cast: Cast) -> None:
    plan = cast.draft()
    hidden = {str(field.label) for field in FIELDS if field.story}
    assert not hidden & {row.label for row in values_of(plan, story=False)}
    assert hidden - {row.label for row in values_of(plan)} == {str(BY_NAME["risks"].label)}


def test_each_page_on_which_a_plan_changes_draws_every_field(cast: Cast) -> None:
    here, asked = signed_in(cast.anna), set(ASKED) - {"risks"}
    pages = [("plans:grounds", cast.draft(), asked), ("plans:amend", approved(cast), asked - {"semester"})]
    for name, plan, expected in pages:
        shown = here.get(reverse(name, args=[plan.public_id])).content.decode()
        assert {field for field in expected if f'name="{field}"' not in shown} == set()


def lists_of_fields() -> Iterator[tuple[str, int]]:
    """Places that write down several fields of a plan, or two texts of an agreement, by name."""
    fields = {field.name for field in FIELDS} - {"semester", "module", "starts_on", "ends_on"}
    texts = {text.name for text in TEXTS}
    for path in [*ROOT.glob("celabiedrs/**/*"), *ROOT.glob("rehearsal/**/*")]:
        place = str(path.relative_to(ROOT))
        if path.suffix not in (".py", ".html", ".typ") or "/tests/" in place or "/migrations/" in place:
            continue
        words = set(re.findall(r"\w+", path.read_text()))
        yield place, max(len(fields & words), len(texts & words) + 1)


def test_nobody_else_keeps_a_list_of_the_fields() -> None:
    lists = {place for place, count in lists_of_fields() if count > 2}
    assert lists - DECLARED == ALLOWED.keys()


def test_the_printed_plan_has_every_value_and_a_button_for_who_may_print_it(cast: Cast) -> None:
    plan = approved(cast)
    pdf = signed_in(cast.expert).get(reverse("plans:print", args=[plan.public_id]))
    shown = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf.content))
    words = " ".join(shown.split())
    with translation.override("lv"):
        assert [row.value for row in values_of(plan) if " ".join(row.value.split()) not in words] == []
    for person, may in ((cast.anna, True), (cast.responsible, True), (cast.ilze.user, False)):
        shown = signed_in(person).get(reverse("desk:plan", args=[plan.public_id])).content.decode()
        assert (reverse("plans:print", args=[plan.public_id]) in shown) is may
