"""How it goes on: the preparer's choice, the reminder of a year, where the ends of many plans stand."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from celabiedrs.closing.actions import choose_way, close_plan, evaluate, give_feedback, renew_plan
from celabiedrs.closing.models import PlannedEnding
from celabiedrs.closing.reading.ends import standing_of, standings
from celabiedrs.closing.tests.test_evaluating import ANSWERS
from celabiedrs.hours.models import SheetState
from celabiedrs.lib.acts import NotAllowed, Refused, WrongState
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.outbox.models import Message
from tests.cast import at
from tests.cast.programme import Cast

EVENING = "2026-12-18 18:00"


def test_the_preparer_chooses_and_the_last_choice_counts(cast: Cast) -> None:
    with at("2026-11-25 10:00"):
        choose_way(by=cast.preparer, plan=cast.plan, way="continue")
        choose_way(by=cast.preparer, plan=cast.plan, way="finish_well")
    assert PlannedEnding.objects.get().way == "finish_well"
    assert Message.objects.filter(kind="way_chosen", to=cast.ilze.user).count() == 2
    assert Event.objects.filter(verb="way_chosen", thread=cast.plan.public_id).count() == 2


@pytest.mark.parametrize("way", [None, "", "continued", 1])
def test_a_way_is_one_of_three(cast: Cast, way: object) -> None:
    with at(EVENING), pytest.raises(Refused) as no:
        choose_way(by=cast.preparer, plan=cast.plan, way=way)
    assert no.value.clauses == ("EVA-4",)


def test_nobody_else_chooses_and_nothing_is_chosen_after_the_end(cast: Cast) -> None:
    with at(EVENING):
        for person in (cast.ilze.user, cast.responsible, cast.head, cast.far_preparer, cast.expert):
            with pytest.raises(NotAllowed):
                choose_way(by=person, plan=cast.plan, way="continue")
        close_plan(by=cast.preparer, plan=cast.plan, outcome="continued", reason="Mentors slimo")
        with pytest.raises(WrongState):
            choose_way(by=cast.preparer, plan=cast.plan, way="continue")


def test_the_standing_of_a_plan_counts_what_is_in_and_what_is_missing(cast: Cast) -> None:
    cast.month(cast.plan, date(2026, 9, 1))
    cast.month(cast.plan, date(2026, 10, 1), SheetState.SUBMITTED)
    cast.month(cast.plan, date(2026, 11, 1), SheetState.OPEN)
    with at(EVENING):
        before = standing_of(cast.plan)
        assert (before.months, before.verified, before.to_verify, before.with_mentor) == (3, 1, 1, 1)
        assert (before.hours, before.planned) == (4, 48)
        assert (before.evaluated, before.goes_on, before.closes_together) == (False, "", False)
        evaluate(by=cast.ilze.user, plan=cast.plan, **ANSWERS)
        give_feedback(by=cast.preparer, plan=cast.plan, text="Nāk uz skolu")
        choose_way(by=cast.preparer, plan=cast.plan, way="continue")
        after = standing_of(cast.plan)
        assert (after.evaluated, after.goes_on, after.feedback, after.way) == (True, "yes", True, "continue")
        assert after.closes_together and after.wants_next
        renew_plan(by=cast.preparer, plan=cast.plan, semester="2026/27-2")
        assert not standing_of(cast.plan).wants_next


def test_before_its_last_day_a_plan_does_not_close_together_with_others(cast: Cast) -> None:
    with at("2026-12-17 18:00"):
        evaluate(by=cast.ilze.user, plan=cast.plan, **ANSWERS)
        choose_way(by=cast.preparer, plan=cast.plan, way="continue")
        assert not standing_of(cast.plan).closes_together
    with at("2026-12-18 08:00"):
        assert standing_of(cast.plan).closes_together


def test_the_evaluation_of_a_former_mentor_does_not_count(cast: Cast) -> None:
    with at(EVENING):
        evaluate(by=cast.ilze.user, plan=cast.plan, **ANSWERS)
        cast.change_mentor(cast.plan, cast.andris, "2026-12-10 09:00")
        assert not standing_of(cast.plan).evaluated


def test_a_year_is_advised_at_the_end_of_a_first_plan_only(cast: Cast) -> None:
    with at(EVENING):
        assert [caution.clause for caution in standing_of(cast.plan).year_advised] == ["IAP-4"]
        choose_way(by=cast.preparer, plan=cast.plan, way="continue")
        assert standing_of(cast.plan).year_advised == []
        choose_way(by=cast.preparer, plan=cast.plan, way="finish_well")
        following = renew_plan(by=cast.preparer, plan=cast.plan, semester="2026/27-2").thing
        assert standing_of(following).length == 2
        assert standing_of(following).year_advised == []


def test_the_standings_of_many_plans_take_as_many_statements_as_of_one(cast: Cast) -> None:
    plans = [cast.plan]
    for number in range(12):
        learner = cast.learner(f"Bērns {number}")
        mentor = cast.mentor(f"Mentors {number}")
        plans.append(cast.planned(learner, mentor, cast.contracted(mentor, cast.school)))
        cast.month(plans[-1], date(2026, 10, 1), mentor=mentor)
    with at(EVENING):
        with CaptureQueriesContext(
            connection,
        ) as one:
            standings(plans[:1])
        with CaptureQueriesContext(connection) as many:
            assert len(standings(plans)) == 13
    assert len(many) == len(one) < 11
