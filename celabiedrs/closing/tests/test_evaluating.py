"""The mentor's review and five answers (LOG-12, LOG-13, EVA-1 to EVA-4)."""

from datetime import date

import pytest

from celabiedrs.closing.access import answers_visible_to, feedback_visible_to
from celabiedrs.closing.actions import evaluate, give_feedback, review_cooperation
from celabiedrs.closing.facts import is_evaluated, questions_in_force
from celabiedrs.closing.models import Evaluation, PreparerFeedback
from celabiedrs.hours.models import CooperationReview, SheetState
from celabiedrs.lib.acts import NotAllowed, Refused, WrongState
from celabiedrs.lib.outbox.models import Message
from celabiedrs.people.models import User
from celabiedrs.plans.words import PlanState
from tests.cast import at
from tests.cast.programme import Cast

ANSWERS = {"closed": [4, 5, 3], "open_answers": ["Labi", "Turpināt"], "go_on": "yes"}
REVIEW = {"text": "Tikāmies katru nedēļu", "recommendation": "continue"}


@pytest.mark.parametrize(
    ("wrong", "clause"),
    [
        ({"closed": [4, 5]}, "EVA-2"),
        ({"closed": [4, 5, 6]}, "EVA-2"),
        ({"closed": [4, 5, 0]}, "EVA-2"),
        ({"closed": [4, 5, True]}, "EVA-2"),
        ({"closed": None}, "EVA-2"),
        ({"open_answers": ["Labi", " "]}, "EVA-2"),
        ({"open_answers": ["Labi"]}, "EVA-2"),
        ({"go_on": True}, "EVA-4"),
        ({"go_on": None}, "EVA-4"),
    ],
)
def test_five_answers_and_whether_to_go_on_are_asked_for(cast: Cast, wrong: dict, clause: str) -> None:
    with at("2026-12-18 09:00"), pytest.raises(Refused) as no:
        evaluate(by=cast.ilze.user, plan=cast.plan, **(ANSWERS | wrong))
    assert no.value.clauses == (clause,)
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize("go_on", ["yes", "no", "open"])
@pytest.mark.parametrize("marks", [[1, 1, 1], [5, 5, 5]])
def test_the_mentor_evaluates_at_any_time_and_keeps_the_version_of_the_questions(
    cast: Cast, go_on: str, marks: list[int]
) -> None:
    with at("2026-09-02 09:00"):
        done = evaluate(by=cast.ilze.user, plan=cast.plan, **(ANSWERS | {"go_on": go_on, "closed": marks}))
        assert done.thing.questions == questions_in_force()
    assert (done.thing.closed, done.thing.goes_on) == (marks, go_on)
    assert done.thing.questions.ours
    assert is_evaluated(cast.plan)


def test_an_evaluation_is_changed_until_the_plan_is_closed(cast: Cast) -> None:
    with at("2026-12-01 09:00"):
        evaluate(by=cast.ilze.user, plan=cast.plan, **ANSWERS)
        evaluate(by=cast.ilze.user, plan=cast.plan, **(ANSWERS | {"closed": [1, 1, 1]}))
    assert Evaluation.objects.get().closed == [1, 1, 1]
    cast.end(cast.plan, "2026-12-18 12:00")
    with at("2026-12-18 12:01"), pytest.raises(WrongState):
        evaluate(by=cast.ilze.user, plan=cast.plan, **ANSWERS)
    assert Evaluation.objects.get().closed == [1, 1, 1]


def test_a_plan_that_was_closed_without_it_still_takes_an_evaluation(cast: Cast) -> None:
    cast.end(cast.plan, "2026-11-02 12:00")
    with at("2026-11-05 12:00"):
        evaluate(by=cast.ilze.user, plan=cast.plan, **ANSWERS)
    assert Evaluation.objects.count() == 1


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.SUBMITTED, PlanState.RETURNED])
def test_a_plan_without_support_is_not_evaluated(cast: Cast, state: str) -> None:
    cast.plan.state = state
    cast.plan.save()
    with at("2026-12-18 09:00"):
        with pytest.raises(WrongState):
            evaluate(by=cast.ilze.user, plan=cast.plan, **ANSWERS)
        with pytest.raises(WrongState):
            review_cooperation(by=cast.ilze.user, plan=cast.plan, **REVIEW)


def test_after_a_change_the_evaluation_of_the_mentor_who_stands_by_the_plan_counts(cast: Cast) -> None:
    cast.change_mentor(cast.plan, cast.andris, "2026-10-10 09:00")
    with at("2026-12-01 09:00"):
        evaluate(by=cast.ilze.user, plan=cast.plan, **ANSWERS)
        assert not is_evaluated(cast.plan)
        evaluate(by=cast.andris.user, plan=cast.plan, **ANSWERS)
        assert is_evaluated(cast.plan)


def test_only_a_mentor_of_the_plan_evaluates_and_reviews(cast: Cast) -> None:
    with at("2026-12-01 09:00"):
        for person in (cast.andris.user, cast.preparer, cast.admin):
            with pytest.raises(NotAllowed):
                evaluate(by=person, plan=cast.plan, **ANSWERS)
            with pytest.raises(NotAllowed):
                review_cooperation(by=person, plan=cast.plan, **REVIEW)


def test_the_school_learns_that_the_evaluation_is_in_and_the_project_reads_it(cast: Cast) -> None:
    with at("2026-12-01 09:00"):
        evaluate(by=cast.ilze.user, plan=cast.plan, **ANSWERS)

        def reads(user: User) -> bool:
            return Evaluation.objects.filter(answers_visible_to(user)).exists()

        assert [reads(user) for user in (cast.ilze.user, cast.expert, cast.admin)] == [True] * 3
        others = (cast.preparer, cast.responsible, cast.head, cast.far_expert, cast.coordinator, cast.auditor)
        assert [reads(user) for user in others] == [False] * 6
    told = Message.objects.get(kind="plan_evaluated")
    assert told.to == cast.preparer
    assert "Labi" not in str(told.context)


def test_the_preparer_gives_feedback_that_the_mentor_does_not_read(cast: Cast) -> None:
    with at("2026-12-01 09:00"):
        with pytest.raises(Refused) as no:
            give_feedback(by=cast.preparer, plan=cast.plan, text=" ")
        assert no.value.clauses == ("EVA-3",)
        with pytest.raises(NotAllowed):
            give_feedback(by=cast.ilze.user, plan=cast.plan, text="Labi")
        give_feedback(by=cast.preparer, plan=cast.plan, text="Labi")
        give_feedback(by=cast.preparer, plan=cast.plan, text="Ļoti labi")
        readers = [
            user
            for user in (cast.ilze.user, cast.head, cast.expert, cast.far_preparer)
            if PreparerFeedback.objects.filter(feedback_visible_to(user), text="Ļoti labi").exists()
        ]
    assert readers == [cast.head, cast.expert]


@pytest.mark.parametrize(("wrong", "clause"), [({"text": " "}, "LOG-12"), ({"recommendation": ""}, "LOG-13")])
def test_a_review_has_words_and_a_recommendation(cast: Cast, wrong: dict, clause: str) -> None:
    with at("2026-12-18 18:00"), pytest.raises(Refused) as no:
        review_cooperation(by=cast.ilze.user, plan=cast.plan, **(REVIEW | wrong))
    assert no.value.clauses == (clause,)


def test_the_review_is_changed_until_the_last_sheet_is_submitted_and_again_when_it_is_returned(
    cast: Cast,
) -> None:
    sheet = cast.month(cast.plan, date(2026, 12, 1), SheetState.OPEN)
    with at("2026-12-19 09:00"):
        review_cooperation(by=cast.ilze.user, plan=cast.plan, **REVIEW)
        review_cooperation(by=cast.ilze.user, plan=cast.plan, **(REVIEW | {"recommendation": "close"}))
        sheet.state = SheetState.SUBMITTED
        sheet.save()
        with pytest.raises(WrongState):
            review_cooperation(by=cast.ilze.user, plan=cast.plan, **REVIEW)
        sheet.state = SheetState.RETURNED
        sheet.save()
        review_cooperation(by=cast.ilze.user, plan=cast.plan, **(REVIEW | {"text": "Citādi"}))
    assert CooperationReview.objects.get().cooperation == "Citādi"


def test_a_submitted_sheet_that_is_not_the_last_one_closes_no_review(cast: Cast) -> None:
    cast.month(cast.plan, date(2026, 10, 1))
    with at("2026-11-19 09:00"):
        review_cooperation(by=cast.ilze.user, plan=cast.plan, **REVIEW)
        review_cooperation(by=cast.ilze.user, plan=cast.plan, **REVIEW)


def test_a_sheet_that_became_the_last_one_by_an_early_end_takes_its_first_review(cast: Cast) -> None:
    cast.month(cast.plan, date(2026, 10, 1), reviewed=False)
    cast.end(cast.plan, "2026-11-03 12:00")
    with at("2026-11-19 09:00"):
        review_cooperation(by=cast.ilze.user, plan=cast.plan, **REVIEW)
        with pytest.raises(WrongState):
            review_cooperation(by=cast.ilze.user, plan=cast.plan, **REVIEW)
