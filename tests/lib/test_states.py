"""A 409 says in which state the thing is, and a 403 who may do it, where the act knows."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation

from celabiedrs.hours.models import SheetState
from celabiedrs.lib.acts import NotAllowed, WrongState
from celabiedrs.lib.states import WORDS
from celabiedrs.lib.web import Answers
from celabiedrs.lib.workflow import Step, ask
from celabiedrs.pay.models import RunState
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.plans.workflow import APPROVE


@pytest.mark.parametrize("state", sorted({*PlanState.values, *SheetState.values, *RunState.values}))
def test_each_state_has_words(state: str) -> None:
    assert state in WORDS


def answer(error: Exception) -> str:
    request: HttpRequest = RequestFactory().get("/")
    with translation.override("lv"):
        response = Answers(lambda _request: None).process_exception(request, error)  # type: ignore[arg-type,return-value]
    assert response is not None
    return response.content.decode()


def test_a_page_says_that_the_plan_was_withdrawn() -> None:
    plan = SupportPlan(state=PlanState.WITHDRAWN)
    with pytest.raises(WrongState) as caught:
        ask(Step("approve", APPROVE.sources, APPROVE.target, lambda _user, _plan: True), User(), plan)
    assert "Tas ir atsaukts." in answer(caught.value)


def test_a_page_says_who_may_decide() -> None:
    with pytest.raises(NotAllowed) as caught:
        ask(Step("approve", (), "", lambda _user, _plan: False, APPROVE.roles), User(), SupportPlan())
    assert "projekta eksperts" in answer(caught.value)


def test_a_word_that_is_no_state_leaves_the_page_without_one() -> None:
    assert "Šobrīd tas nav iespējams" in answer(WrongState("file_request"))
