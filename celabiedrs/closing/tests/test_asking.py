"""The school asks for an evaluation that is missing; the programme publishes the questions (EVA-1, EVA-2)."""

from datetime import date
from typing import Any

import pytest

from celabiedrs.closing.actions import ask_to_evaluate, evaluate, publish_questions
from celabiedrs.closing.facts import questions_in_force
from celabiedrs.closing.models import Evaluation, QuestionSet
from celabiedrs.closing.tests.test_evaluating import ANSWERS
from celabiedrs.lib.acts import NotAllowed, Refused, Stale, WrongState
from celabiedrs.lib.outbox.models import Message
from tests.cast import at
from tests.cast.programme import Cast


def wording() -> dict[str, Any]:
    words = {"lv": "Vārdi", "en": "Words"}
    scale = {"low": {"lv": "maz"}, "high": {"lv": "daudz"}}
    return {
        "since": "2027-01-04",
        "closed": [words | scale for _ in range(3)],
        "open_questions": [dict(words), dict(words)],
    }


def test_a_mentor_is_asked_once_a_day(cast: Cast) -> None:
    with at("2026-12-01 09:00"):
        ask_to_evaluate(by=cast.preparer, plan=cast.plan)
        with pytest.raises(WrongState):
            ask_to_evaluate(by=cast.responsible, plan=cast.plan)
    with at("2026-12-02 09:00"):
        ask_to_evaluate(by=cast.responsible, plan=cast.plan)
    told = Message.objects.filter(kind="evaluation_asked")
    assert [message.to for message in told] == [cast.ilze.user] * 2
    assert told[0].context == {"plan": str(cast.plan.public_id), "number": cast.plan.number}


def test_who_has_evaluated_is_not_asked(cast: Cast) -> None:
    with at("2026-12-01 09:00"):
        evaluate(by=cast.ilze.user, plan=cast.plan, **ANSWERS)
        with pytest.raises(WrongState):
            ask_to_evaluate(by=cast.preparer, plan=cast.plan)
    assert not Message.objects.filter(kind="evaluation_asked").exists()


def test_only_the_own_preparer_and_responsible_person_ask(cast: Cast) -> None:
    with at("2026-12-01 09:00"):
        for person in (cast.head, cast.ilze.user, cast.far_preparer, cast.expert, cast.admin):
            with pytest.raises(NotAllowed):
                ask_to_evaluate(by=person, plan=cast.plan)


def test_a_new_wording_holds_from_its_day_on(cast: Cast) -> None:
    with at("2026-12-01 09:00"):
        done = publish_questions(by=cast.admin, ours=False, **wording())
        assert questions_in_force() != done.thing
    with at("2027-01-04 09:00"):
        assert questions_in_force() == done.thing
    assert (done.thing.version, done.thing.ours, done.thing.published_by) == (2, False, cast.admin)


def test_the_wording_that_ships_is_ours_and_names_the_ends_of_its_scales(cast: Cast) -> None:
    shipped = QuestionSet.objects.get(version=1)
    assert shipped.ours
    for question in shipped.closed:
        assert all(question[end][language] for end in ("low", "high") for language in ("lv", "en"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": "2026-11-30"},
        {"since": ""},
        {"closed": [{"lv": "Viens"}]},
        {"closed": [{"lv": "A", "low": {"lv": ""}, "high": {"lv": "B"}}] * 3},
        {"open_questions": [{"lv": "A"}, {"lv": " "}]},
        {"open_questions": None},
    ],
)
def test_a_wording_is_whole_and_for_a_day_to_come(cast: Cast, wrong: dict[str, Any]) -> None:
    with at("2026-12-01 09:00"), pytest.raises(Refused) as no:
        publish_questions(by=cast.admin, **(wording() | wrong))
    assert no.value.clauses == ("EVA-2",)
    assert QuestionSet.objects.count() == 1


def test_each_day_has_one_wording(cast: Cast) -> None:
    with at("2026-12-01 09:00"):
        publish_questions(by=cast.admin, **wording())
        with pytest.raises(Refused):
            publish_questions(by=cast.admin, **wording())


def test_only_the_programme_publishes(cast: Cast) -> None:
    with at("2026-12-01 09:00"):
        for person in (cast.expert, cast.head, cast.ilze.user):
            with pytest.raises(NotAllowed):
                publish_questions(by=person, **wording())


def test_answers_keep_the_wording_to_which_they_were_given(cast: Cast) -> None:
    with at("2026-12-01 09:00"):
        given = evaluate(by=cast.ilze.user, plan=cast.plan, version=1, **ANSWERS).thing
        publish_questions(by=cast.admin, **(wording() | {"since": date(2026, 12, 2)}))
    with at("2026-12-03 09:00"):
        evaluate(by=cast.ilze.user, plan=cast.plan, version=1, **(ANSWERS | {"closed": [1, 1, 1]}))
        assert Evaluation.objects.get().questions == given.questions


def test_answers_to_a_wording_that_was_replaced_meanwhile_are_not_taken_for_the_new_one(cast: Cast) -> None:
    with at("2026-12-01 09:00"):
        publish_questions(by=cast.admin, **(wording() | {"since": date(2026, 12, 2)}))
    with at("2026-12-03 09:00"), pytest.raises(Stale):
        evaluate(by=cast.ilze.user, plan=cast.plan, version=1, **ANSWERS)
    assert not Evaluation.objects.exists()
