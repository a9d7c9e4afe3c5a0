"""A 409 says which step was asked for, which state stands in its way and where to look; a 403 says who may."""

import ast
from importlib import import_module

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import get_resolver
from django.utils import translation

from celabiedrs.lib.acts import NotAllowed, WrongState
from celabiedrs.lib.steps import Obstacle, Step, Workflow
from celabiedrs.lib.web import Answers
from celabiedrs.lib.workflow import ask
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.plans.workflow import APPROVE
from tests.architecture.sources import ROOT, modules, named, tree

STAGES = sorted(
    path.parent.name for path in (ROOT / "celabiedrs").glob("*/workflow.py") if path.parent.name != "lib"
)
WORKFLOWS = {stage: vars(import_module(f"celabiedrs.{stage}.workflow")) for stage in STAGES}


def steps() -> list[tuple[str, Step]]:
    return [
        (f"{stage}.{name}", thing)
        for stage, names in WORKFLOWS.items()
        for name, thing in names.items()
        if isinstance(thing, Step)
    ]


def obstacles() -> list[Obstacle]:
    return [
        member
        for names in WORKFLOWS.values()
        for kind in names.values()
        if isinstance(kind, type) and issubclass(kind, Obstacle)
        for member in kind
    ]


def answer(error: Exception, language: str = "lv") -> str:
    request: HttpRequest = RequestFactory().post("/")
    with translation.override(language):
        response = Answers(lambda _request: None).process_exception(request, error)  # type: ignore[arg-type,return-value]
    assert response is not None
    return response.content.decode()


def words_of(thing: object) -> tuple[str, str]:
    """In English and in Latvian."""
    said = []
    for language in ("en", "lv"):
        with translation.override(language):
            said.append(str(thing))
    return said[0], said[1]


@pytest.mark.parametrize(("name", "step"), steps())
def test_every_step_in_every_state_has_words_on_the_page(name: str, step: Step) -> None:
    english, latvian = words_of(step.label)
    assert english and latvian and english != latvian, name
    for state in step.of.states:
        if state in step.sources:
            continue
        sentence, translated = words_of(step.of.states[state])
        assert sentence and translated and sentence != translated, (name, state)
        page = answer(WrongState(step, state))
        assert translated in page and latvian in page, (name, state)
        assert all(words_of(step.of.states[source])[1] in page for source in step.sources), name


@pytest.mark.parametrize("obstacle", obstacles(), ids=str)
def test_every_obstacle_has_words_on_the_page(obstacle: Obstacle) -> None:
    english, latvian = words_of(obstacle.label)
    assert english.endswith(".") and latvian.endswith(".") and english != latvian
    assert latvian in answer(WrongState(None, obstacle))


def test_every_state_of_a_workflow_is_in_its_table() -> None:
    """A step leads from and to states that have words; a state of the same enum without words fails."""
    for name, step in steps():
        if not step.of.states:
            assert not step.sources and not step.target, name
            continue
        enum = type(next(iter(step.of.states)))
        assert set(step.of.states) == set(enum), name
        assert {*step.sources, step.target} - {""} <= set(step.of.states), name


def test_every_page_that_a_workflow_leads_to_exists() -> None:
    pages = {step.of.page for _name, step in steps()} - {""}
    for page in pages:
        namespace, name = page.split(":")
        resolver = get_resolver().namespace_dict[namespace][1]
        assert name in resolver.reverse_dict, page


def raised(source: ast.AST) -> list[int]:
    """Lines that make a WrongState without naming a step (or None) and a state."""
    found = []
    for node in ast.walk(source):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "WrongState":
            literal = [arg for arg in node.args if isinstance(arg, ast.Constant) and arg.value is not None]
            if len(node.args) < 2 or literal:
                found.append(node.lineno)
    return found


def test_no_act_names_a_state_by_a_bare_text() -> None:
    found = [
        f"{named(path)}:{line}"
        for path in modules()
        if "tests" not in path.parts
        for line in raised(tree(path))
    ]
    assert found == []


def test_the_look_for_bare_texts_sees() -> None:
    planted = 'WrongState("approve")\nWrongState(APPROVE, "draft")\nWrongState(APPROVE, plan.state, plan)\n'
    assert raised(ast.parse(planted)) == [1, 2]


def test_a_step_may_not_be_without_words() -> None:
    bare = Step("bare", (PlanState.DRAFT,), "", lambda _user, _plan: True, of=Workflow())
    with pytest.raises(KeyError):
        answer(WrongState(bare, PlanState.ENDED))


def test_a_page_says_that_the_plan_was_withdrawn_and_leads_to_it() -> None:
    plan = SupportPlan(state=PlanState.WITHDRAWN)
    step = Step(
        "approve", APPROVE.sources, APPROVE.target, lambda _user, _plan: True, (), APPROVE.label, APPROVE.of
    )
    with pytest.raises(WrongState) as caught:
        ask(step, User(), plan)
    page = answer(caught.value)
    assert "Plāns ir atsaukts." in page and str(APPROVE.label) not in ("", "approve")
    assert f"/plani/{plan.public_id}/" in page


def test_a_page_says_who_may_decide() -> None:
    with pytest.raises(NotAllowed) as caught:
        ask(Step("approve", (), "", lambda _user, _plan: False, APPROVE.roles), User(), SupportPlan())
    assert "projekta eksperts" in answer(caught.value)
