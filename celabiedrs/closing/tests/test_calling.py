"""After an early end the school calls the learner, and says only on which day (DUT-3)."""

from datetime import date

import pytest

from celabiedrs.closing.actions import close_plan, log_call
from celabiedrs.closing.models import PlanEnd
from celabiedrs.lib.acts import NotAllowed, Refused, WrongState
from celabiedrs.lib.audit.models import Event
from tests.cast import at
from tests.cast.programme import Cast

ENDED = "2026-11-02 12:00"


def early(cast: Cast, **more: object) -> PlanEnd:
    with at(ENDED):
        return close_plan(
            by=cast.preparer, plan=cast.plan, outcome="ended_early", **({"reason": "Pārcēlās"} | more)
        ).thing


def test_a_call_is_due_within_seven_days_and_its_day_alone_is_kept(cast: Cast) -> None:
    end = early(cast, wished_by="guardian", avoidable=False)
    assert (end.call_due_on, end.wished_by, end.avoidable) == (date(2026, 11, 9), "guardian", False)
    with at("2026-11-06 10:00"):
        done = log_call(by=cast.responsible, end=end, day="2026-11-05")
    assert done.thing.called_on == date(2026, 11, 5)
    assert Event.objects.get(verb="called").facts == {}


@pytest.mark.parametrize("day", ["", "2026-11-01", "2026-11-07", "vakar"])
def test_a_call_is_made_after_the_end_and_not_in_the_future(cast: Cast, day: str) -> None:
    end = early(cast)
    with at("2026-11-06 10:00"), pytest.raises(Refused) as no:
        log_call(by=cast.preparer, end=end, day=day)
    assert no.value.clauses == ("DUT-3",)
    assert PlanEnd.objects.get().called_on is None


def test_the_own_school_calls_once(cast: Cast) -> None:
    end = early(cast)
    with at("2026-11-06 10:00"):
        for person in (cast.ilze.user, cast.far_preparer, cast.near_responsible, cast.expert, cast.officer):
            with pytest.raises(NotAllowed):
                log_call(by=person, end=end, day="2026-11-05")
        log_call(by=cast.head, end=end, day="2026-11-05")
        with pytest.raises(WrongState):
            log_call(by=cast.head, end=end, day="2026-11-05")


def test_a_plan_that_ended_as_planned_asks_for_no_call(cast: Cast) -> None:
    with at("2026-12-18 18:00"):
        end = close_plan(
            by=cast.preparer, plan=cast.plan, outcome="finished_well", reason="Mentors slimo"
        ).thing
        with pytest.raises(WrongState):
            log_call(by=cast.preparer, end=end, day="2026-12-18")


def test_who_wished_the_end_is_one_of_the_list(cast: Cast) -> None:
    with pytest.raises(Refused) as no:
        early(cast, wished_by="neighbour")
    assert no.value.clauses == ("DUT-3",)
