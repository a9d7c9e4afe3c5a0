"""Closing, renewing and handing over (DUT-3, PAY-5, IAP-3, IAP-4, ARC-1)."""

from datetime import date

import pytest

from celabiedrs.closing.actions import close_plan, evaluate, hand_over, receive, renew_plan
from celabiedrs.closing.facts import chain
from celabiedrs.closing.models import HandOver, PlanEnd
from celabiedrs.closing.tests.test_evaluating import ANSWERS
from celabiedrs.hours.models import SheetState
from celabiedrs.lib.acts import NotAllowed, Refused, WrongState
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.outbox.models import Message
from celabiedrs.plans.actions import amend_plan, submit_plan
from celabiedrs.plans.models import Amendment, SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.rules.support import Risk
from tests.cast import at, riga
from tests.cast.programme import Cast

EVENING = "2026-12-18 18:00"


def test_a_plan_closes_after_the_mentors_evaluation(cast: Cast) -> None:
    with at(EVENING):
        with pytest.raises(Refused) as no:
            close_plan(by=cast.preparer, plan=cast.plan, outcome="continued")
        assert no.value.clauses == ("DUT-3",)
        assert SupportPlan.objects.get(pk=cast.plan.pk).state == PlanState.ACTIVE
        evaluate(by=cast.ilze.user, plan=cast.plan, **ANSWERS)
        done = close_plan(by=cast.preparer, plan=cast.plan, outcome="continued")
    plan = SupportPlan.objects.get(pk=cast.plan.pk)
    assert (plan.state, plan.ended_at) == (PlanState.ENDED, riga(EVENING))
    assert (done.clauses, done.thing.without_evaluation, done.thing.call_due_on) == ((), False, None)
    assert Message.objects.get(kind="plan_ended").to == cast.ilze.user


def test_a_plan_closes_without_the_evaluation_for_a_reason_and_warns(cast: Cast) -> None:
    with at(EVENING):
        done = close_plan(
            by=cast.preparer, plan=cast.plan, outcome="ended_early", reason="Mentors nav sasniedzams"
        )
    assert done.clauses == ("DUT-3",)
    assert done.thing.without_evaluation
    assert done.thing.call_due_on == date(2026, 12, 25)


@pytest.mark.parametrize("outcome", [None, "", "done", 3])
def test_a_plan_closes_with_an_outcome_of_the_list(cast: Cast, outcome: object) -> None:
    with at(EVENING), pytest.raises(Refused) as no:
        close_plan(by=cast.preparer, plan=cast.plan, outcome=outcome, reason="Iemesls")
    assert no.value.clauses == ("DUT-3",)
    assert not PlanEnd.objects.exists()


def test_a_suspended_plan_closes_and_its_suspension_with_it(cast: Cast) -> None:
    cast.suspend(cast.plan, "2026-11-02 09:00")
    with at(EVENING):
        close_plan(by=cast.preparer, plan=cast.plan, outcome="ended_early", reason="Pārcēlās")
    plan = SupportPlan.objects.get(pk=cast.plan.pk)
    assert (plan.state, plan.suspended_at) == (PlanState.ENDED, None)
    assert plan.suspensions.get().until == riga(EVENING)


def test_what_waits_for_the_expert_falls_away_with_the_plan(cast: Cast) -> None:
    Amendment.objects.create(
        plan=cast.plan, changes={"hours_per_month": 14}, reason="Vairāk", proposed_at=riga("2026-12-01 09:00")
    )
    with at(EVENING):
        close_plan(by=cast.preparer, plan=cast.plan, outcome="finished_well", reason="Viss")
    assert Amendment.objects.get().superseded


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.SUBMITTED, PlanState.RETURNED])
def test_a_plan_without_support_is_withdrawn_not_closed(cast: Cast, state: str) -> None:
    cast.plan.state = state
    cast.plan.save()
    with at(EVENING), pytest.raises(WrongState):
        close_plan(by=cast.preparer, plan=cast.plan, outcome="continued", reason="Iemesls")


def test_a_plan_closes_once_and_only_by_a_preparer_of_its_school(cast: Cast) -> None:
    with at(EVENING):
        for person in (cast.ilze.user, cast.head, cast.far_preparer, cast.expert, cast.admin):
            with pytest.raises(NotAllowed):
                close_plan(by=person, plan=cast.plan, outcome="continued", reason="Iemesls")
        close_plan(by=cast.preparer, plan=cast.plan, outcome="continued", reason="Iemesls")
        with pytest.raises(WrongState):
            close_plan(by=cast.preparer, plan=cast.plan, outcome="continued", reason="Iemesls")


def test_the_next_plan_takes_over_the_risks_and_waits_for_them_to_be_assessed_anew(cast: Cast) -> None:
    with at(EVENING):
        done = renew_plan(by=cast.preparer, plan=cast.plan, semester="2026/27-2")
        plan = done.thing
        assert "IAP-3" in done.clauses
        assert (plan.label, plan.state, plan.previous) == ("2026/27-2", PlanState.DRAFT, cast.plan)
        assert (plan.starts_on, plan.hours_per_month) == (date(2027, 1, 4), 12)
        assert plan.risks.filter(carried=True).count() == 2
        amend_plan(by=cast.preparer, plan=plan, hours_per_month=10)
        with pytest.raises(Refused) as no:
            submit_plan(by=cast.preparer, plan=plan)
        assert {"IAP-3", "TG-2"} <= set(no.value.clauses)
        amend_plan(
            by=cast.preparer,
            plan=plan,
            risks=(Risk("failing", "Vēl divos priekšmetos"), Risk("early_leaving", "Kavējumi retāk")),
        )
        with pytest.raises(Refused) as no:
            submit_plan(by=cast.preparer, plan=plan)
        assert not {"IAP-3", "TG-2"} & set(no.value.clauses)


def test_an_evaluated_plan_is_renewed_without_a_warning_and_the_chain_is_counted(cast: Cast) -> None:
    with at(EVENING):
        evaluate(by=cast.ilze.user, plan=cast.plan, **ANSWERS)
        done = renew_plan(by=cast.preparer, plan=cast.plan, semester="2026/27-2")
    assert "IAP-3" not in done.clauses
    assert (chain(cast.plan), chain(done.thing)) == ([cast.plan], [cast.plan, done.thing])


@pytest.mark.parametrize("semester", ["2026/27-1", "2025/26-2"])
def test_what_follows_is_for_a_later_semester(cast: Cast, semester: str) -> None:
    cast.end(cast.plan, "2026-12-01 12:00")
    with at(EVENING), pytest.raises(Refused) as no:
        renew_plan(by=cast.preparer, plan=cast.plan, semester=semester)
    assert "IAP-3" in no.value.clauses


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.RETURNED])
def test_a_plan_without_support_is_not_renewed(cast: Cast, state: str) -> None:
    cast.plan.state = state
    cast.plan.save()
    with at(EVENING), pytest.raises(WrongState):
        renew_plan(by=cast.preparer, plan=cast.plan, semester="2026/27-2")


def test_a_learner_who_changed_school_is_renewed_by_the_new_one(cast: Cast) -> None:
    cast.janis.institution = cast.far_school
    cast.janis.save()
    plan = SupportPlan.objects.get(pk=cast.plan.pk)
    with at(EVENING):
        with pytest.raises(NotAllowed):
            renew_plan(by=cast.preparer, plan=plan, semester="2026/27-2")
        done = renew_plan(by=cast.far_preparer, plan=plan, semester="2026/27-2")
    assert done.thing.institution == cast.far_school


def test_the_sheets_are_handed_over_when_all_are_verified(cast: Cast) -> None:
    cast.month(cast.plan, date(2026, 10, 1))
    november = cast.month(cast.plan, date(2026, 11, 1), SheetState.SUBMITTED)
    with at("2027-01-05 09:00"):
        with pytest.raises(Refused) as no:
            hand_over(by=cast.ilze.user, plan=cast.plan)
        assert no.value.clauses == ("ARC-1",)
        november.state, november.verified_at, november.verified_by = (
            "verified",
            riga(EVENING),
            cast.responsible,
        )
        november.save()
        done = hand_over(by=cast.ilze.user, plan=cast.plan)
        assert done.clauses == ()
        assert [(sheet["month"], sheet["hours"]) for sheet in done.thing.sheets] == [
            ("2026-10-01", 2),
            ("2026-11-01", 2),
        ]
        with pytest.raises(WrongState):
            hand_over(by=cast.ilze.user, plan=cast.plan)


def test_a_plan_without_a_sheet_has_nothing_to_hand_over(cast: Cast) -> None:
    with at("2027-01-05 09:00"), pytest.raises(Refused) as no:
        hand_over(by=cast.ilze.user, plan=cast.plan)
    assert no.value.clauses == ("ARC-1",)


def test_a_sheet_whose_rows_are_all_voided_waits_for_nobody(cast: Cast) -> None:
    cast.month(cast.plan, date(2026, 10, 1))
    empty = cast.month(cast.plan, date(2026, 11, 1), SheetState.OPEN)
    empty.meetings.update(voided_at=riga(EVENING), void_reason="Kļūda")
    with at("2027-01-05 09:00"):
        done = hand_over(by=cast.ilze.user, plan=cast.plan)
    assert len(done.thing.sheets) == 1


def test_a_hand_over_before_the_end_warns_and_is_made_anew_with_the_later_sheets(cast: Cast) -> None:
    cast.month(cast.plan, date(2026, 10, 1))
    with at("2026-11-05 09:00"):
        done = hand_over(by=cast.ilze.user, plan=cast.plan)
        assert done.clauses == ("ARC-1",)
        receive(by=cast.preparer, hand_over=done.thing)
    cast.month(cast.plan, date(2026, 12, 1))
    with at("2027-01-05 09:00"):
        again = hand_over(by=cast.ilze.user, plan=cast.plan)
    assert HandOver.objects.get() == again.thing
    assert (len(again.thing.sheets), again.thing.received_at) == (2, None)


def test_the_preparer_receives_once_and_nobody_else_does(cast: Cast) -> None:
    cast.month(cast.plan, date(2026, 10, 1))
    with at("2027-01-05 09:00"):
        handed = hand_over(by=cast.ilze.user, plan=cast.plan).thing
        for person in (cast.ilze.user, cast.far_preparer, cast.responsible):
            with pytest.raises(NotAllowed):
                receive(by=person, hand_over=handed)
        assert receive(by=cast.preparer, hand_over=handed).thing.received_by == cast.preparer
        with pytest.raises(WrongState):
            receive(by=cast.preparer, hand_over=handed)


def test_each_mentor_hands_over_the_own_sheets(cast: Cast) -> None:
    cast.month(cast.plan, date(2026, 9, 1))
    cast.change_mentor(cast.plan, cast.andris, "2026-10-01 09:00")
    cast.month(cast.plan, date(2026, 11, 1), SheetState.SUBMITTED, mentor=cast.andris)
    with at("2026-11-05 09:00"):
        done = hand_over(by=cast.ilze.user, plan=cast.plan)
        assert (done.clauses, len(done.thing.sheets)) == ((), 1)
        with pytest.raises(Refused):
            hand_over(by=cast.andris.user, plan=cast.plan)


def test_events_hold_no_word_of_what_was_answered(cast: Cast) -> None:
    with at(EVENING):
        evaluate(by=cast.ilze.user, plan=cast.plan, **ANSWERS)
        close_plan(by=cast.preparer, plan=cast.plan, outcome="continued", reason="Zilais zirneklis")
    said = str(list(Event.objects.order_by("pk").values_list("facts", flat=True)))
    assert "Labi" not in said and "zirneklis" not in said
