"""A supervision from its planning to its end (SUP-1 to SUP-7)."""

from datetime import date

import pytest

from celabiedrs.lib.acts import NotAllowed, Refused, WrongState
from celabiedrs.lib.outbox.models import Message
from celabiedrs.people.models import Role, User
from celabiedrs.registry.models import Mentor
from celabiedrs.supervision.access import members_visible_to, sessions_visible_to
from celabiedrs.supervision.actions import (
    cancel_session,
    compose_group,
    confirm_group,
    hold_session,
    nominate,
    plan_session,
    show_interest,
)
from celabiedrs.supervision.models import (
    GroupKind,
    Interest,
    Member,
    Nomination,
    SessionState,
    SupervisionSession,
)
from celabiedrs.supervision.tests.steps import FIRST, at_near_school, composed, nominated, planned
from tests.cast import at, fresh
from tests.cast.programme import Cast


@pytest.mark.parametrize(
    ("wrong", "clause"),
    [
        ({"minutes": 120}, "SUP-1"),
        ({"minutes": 181}, "SUP-1"),
        ({"minutes": None}, "SUP-1"),
        ({"place": " "}, "SUP-1"),
        ({"mode": "remote"}, "SUP-1"),
        ({"mode": None}, "SUP-1"),
        ({"day": date(2026, 9, 30)}, "SUP-1"),
        ({"start": "25:00"}, "SUP-1"),
        ({"group": "I"}, "SUP-2"),
        ({"group": None}, "SUP-2"),
        ({"municipality": None}, "SUP-5"),
    ],
)
def test_a_session_is_three_hours_in_person_at_a_place(cast: Cast, wrong: dict, clause: str) -> None:
    with pytest.raises(Refused) as no:
        planned(cast, **wrong)
    assert no.value.clauses == (clause,)
    assert not SupervisionSession.objects.exists()


def test_group_two_ships_and_the_operator_adds_others(cast: Cast) -> None:
    assert planned(cast).group.code == "II"
    GroupKind.objects.create(code="III", name="Cita", size_limit=10)
    assert planned(cast, group="III").group.name == "Cita"


def test_only_a_supervisor_plans_and_only_the_own_session_is_led(cast: Cast) -> None:
    session = composed(cast)
    with at(FIRST):
        for person in (cast.responsible, cast.ilze.user, cast.admin):
            with pytest.raises(NotAllowed):
                plan_session(by=person)
        for act in (compose_group, confirm_group, hold_session, cancel_session):
            for person in (cast.other_supervisor, cast.responsible, cast.admin):
                with pytest.raises(NotAllowed):
                    act(by=person, session=session)


def test_interest_comes_before_the_nomination(cast: Cast) -> None:
    session = planned(cast)
    with at(FIRST):
        with pytest.raises(Refused) as no:
            nominate(by=cast.responsible, mentor=cast.ilze, session=session)
        assert no.value.clauses == ("SUP-3",)
        show_interest(by=cast.ilze.user, session=session)
        show_interest(by=cast.ilze.user, session=session)
        nominate(by=cast.responsible, mentor=cast.ilze, session=session)
        nominate(by=cast.responsible, mentor=cast.ilze, session=session)
    assert (Interest.objects.count(), Nomination.objects.count()) == (1, 1)


def test_a_school_nominates_whoever_has_a_plan_or_a_contract_there_and_nobody_else(cast: Cast) -> None:
    session = planned(cast)
    with at(FIRST):
        with pytest.raises(NotAllowed):
            show_interest(by=cast.responsible, session=session)
        show_interest(by=cast.andris.user, session=session)
        for person in (cast.responsible, cast.far_responsible, cast.preparer, cast.supervisor):
            with pytest.raises(NotAllowed):
                nominate(by=person, mentor=cast.andris, session=session)
        cast.contracted(cast.andris, cast.school)
        nominate(by=cast.responsible, mentor=cast.andris, session=session)


def test_only_nominated_mentors_make_a_group(cast: Cast) -> None:
    session = planned(cast)
    with at(FIRST):
        show_interest(by=cast.ilze.user, session=session)
        for members in ([cast.ilze], [], None, "mentor"):
            with pytest.raises(Refused) as no:
                compose_group(by=cast.supervisor, session=session, members=members)
            assert {"SUP-3", "SUP-5"} & set(no.value.clauses)
    assert not Member.objects.exists()


@pytest.mark.parametrize(("class_year", "in_group"), [(3, False), (4, True), (12, True)])
def test_group_two_is_for_those_who_work_with_classes_four_to_twelve(
    cast: Cast, class_year: int, in_group: bool
) -> None:
    cast.plan.class_year = class_year
    cast.plan.save()
    if in_group:
        assert composed(cast).members.get().mentor == cast.ilze
        return
    with pytest.raises(Refused) as no:
        composed(cast)
    assert no.value.clauses == ("SUP-4",)


def test_a_mentor_whose_learner_has_left_is_not_of_group_two(cast: Cast) -> None:
    cast.end(cast.plan, "2026-09-20 12:00")
    with pytest.raises(Refused) as no:
        composed(cast)
    assert no.value.clauses == ("SUP-4",)


def test_a_neighbours_mentor_is_a_marked_exception_with_a_reason(cast: Cast) -> None:
    session, maija = planned(cast), at_near_school(cast)
    nominated(cast, session, maija, by=cast.near_responsible)
    with at(FIRST):
        with pytest.raises(Refused) as no:
            compose_group(by=cast.supervisor, session=session, members=[maija])
        assert no.value.clauses == ("SUP-5",)
        done = compose_group(
            by=cast.supervisor, session=session, members=[maija], exception_reason="Nav savas"
        )
    assert done.clauses == ("SUP-5",)
    assert done.thing.exception_reason == "Nav savas"


def test_a_mentor_from_afar_is_no_exception(cast: Cast) -> None:
    session = planned(cast)
    learner = cast.learner("Pēteris", school=cast.far_school)
    cast.planned(learner, cast.andris, cast.contracted(cast.andris, cast.far_school))
    nominated(cast, session, cast.andris, by=cast.far_responsible)
    with at(FIRST), pytest.raises(Refused) as no:
        compose_group(by=cast.supervisor, session=session, members=[cast.andris], exception_reason="Lūdza")
    assert no.value.clauses == ("SUP-5",)


def test_who_was_nominated_twice_is_one_member(cast: Cast) -> None:
    session = planned(cast)
    cast.planned(cast.learner("Pēteris", school=cast.near_school), cast.ilze, cast.contract)
    nominated(cast, session, cast.ilze)
    nominated(cast, session, cast.ilze, by=cast.near_responsible)
    with at(FIRST):
        compose_group(by=cast.supervisor, session=session, members=[cast.ilze, cast.ilze])
    assert (Nomination.objects.count(), Member.objects.count()) == (2, 1)


def test_a_group_keeps_to_the_operators_size(cast: Cast) -> None:
    session = composed(cast)
    GroupKind.objects.update(size_limit=0)
    with at(FIRST), pytest.raises(Refused) as no:
        compose_group(by=cast.supervisor, session=session, members=[cast.ilze])
    assert no.value.clauses == ("SUP-2",)


@pytest.mark.parametrize(
    ("moment", "warned"),
    [("2026-10-12 23:59", False), ("2026-10-13 00:00", True), ("2026-10-15 23:59", True)],
)
def test_a_group_is_confirmed_until_five_days_before(cast: Cast, moment: str, warned: bool) -> None:
    session = composed(cast)
    with at(moment):
        done = confirm_group(by=cast.supervisor, session=session)
    assert ("SUP-6" in done.clauses) is warned
    assert SupervisionSession.objects.get().state == SessionState.CONFIRMED


def test_four_days_before_is_too_late(cast: Cast) -> None:
    session = composed(cast)
    with at("2026-10-16 00:00"), pytest.raises(Refused) as no:
        confirm_group(by=cast.supervisor, session=session)
    assert no.value.clauses == ("SUP-6",)


def test_nobody_is_no_group(cast: Cast) -> None:
    session = planned(cast)
    with at(FIRST), pytest.raises(Refused) as no:
        confirm_group(by=cast.supervisor, session=session)
    assert no.value.clauses == ("SUP-6",)


def test_a_confirmed_group_that_changes_is_confirmed_anew_with_its_five_days(cast: Cast) -> None:
    session = composed(cast)
    with at("2026-10-10 09:00"):
        confirm_group(by=cast.supervisor, session=session)
        session = SupervisionSession.objects.get()
        compose_group(by=cast.supervisor, session=session, members=[cast.ilze])
        assert SupervisionSession.objects.get().state == SessionState.PLANNED
        assert SupervisionSession.objects.get().confirmed_at is None
    with at("2026-10-16 09:00"), pytest.raises(Refused):
        confirm_group(by=cast.supervisor, session=SupervisionSession.objects.get())


def test_each_school_is_told_of_its_own_people_only(cast: Cast) -> None:
    session, maija = planned(cast), at_near_school(cast)
    nominated(cast, session, cast.ilze)
    nominated(cast, session, maija, by=cast.near_responsible)
    cast.contracted(maija, cast.centre)
    centre_head = cast.person(Role.HEAD, institution=cast.centre)
    with at("2026-10-02 09:00"):
        compose_group(by=cast.supervisor, session=session, members=[cast.ilze, maija], exception_reason="Maz")
        confirm_group(by=cast.supervisor, session=session)
        told = Message.objects.filter(kind="group_confirmed").order_by("to")
        assert {message.to for message in told} == {cast.responsible, cast.near_responsible, centre_head}
        assert [message.context.get("count") for message in told] == [1, 1, None]
        assert Message.objects.filter(kind="supervision_confirmed").count() == 2

        def known(user: User) -> set[Mentor]:
            return {member.mentor for member in Member.objects.filter(members_visible_to(user)).distinct()}

        assert known(cast.responsible) == {cast.ilze}
        assert known(cast.near_responsible) == {maija}
        assert known(cast.ilze.user) == {cast.ilze}
        assert known(cast.supervisor) == known(cast.admin) == known(cast.coordinator) == {cast.ilze, maija}
        assert known(cast.other_supervisor) == known(cast.far_responsible) == set()


def test_every_mentor_and_responsible_person_sees_day_and_place(cast: Cast) -> None:
    planned(cast)

    def sees(user: User) -> bool:
        return SupervisionSession.objects.filter(sessions_visible_to(user)).exists()

    with at(FIRST):
        assert all(
            map(sees, (cast.andris.user, cast.far_responsible, cast.supervisor, cast.admin, cast.expert))
        )
        assert not any(
            map(sees, (cast.preparer, cast.other_supervisor, cast.far_expert, cast.auditor, cast.officer))
        )


def test_a_session_is_held_when_its_three_hours_are_over(cast: Cast) -> None:
    session = composed(cast)
    with at("2026-10-10 09:00"):
        confirm_group(by=cast.supervisor, session=session)
    session = SupervisionSession.objects.get()
    with at("2026-10-20 12:59"), pytest.raises(Refused) as no:
        hold_session(by=cast.supervisor, session=session, attended=[cast.ilze])
    assert no.value.clauses == ("SUP-1",)
    with at("2026-10-20 13:00"):
        with pytest.raises(Refused) as no:
            hold_session(by=cast.supervisor, session=session, attended=[cast.andris])
        assert no.value.clauses == ("SUP-6",)
        hold_session(by=cast.supervisor, session=session, attended=[cast.ilze])
    assert Member.objects.get().attended is True


def test_a_session_that_was_not_confirmed_is_not_held_and_one_that_began_takes_nobody(cast: Cast) -> None:
    session = composed(cast)
    with at("2026-10-20 14:00"):
        with pytest.raises(WrongState):
            hold_session(by=cast.supervisor, session=session, attended=[cast.ilze])
        with pytest.raises(WrongState):
            show_interest(by=cast.andris.user, session=session)
        with pytest.raises(WrongState):
            compose_group(by=cast.supervisor, session=session, members=[cast.ilze])


def test_a_cancelled_session_tells_its_people_and_goes_no_further(cast: Cast) -> None:
    session = composed(cast)
    with at(FIRST):
        cancel_session(by=cast.supervisor, session=session)
        with pytest.raises(WrongState):
            confirm_group(by=fresh(cast.supervisor), session=SupervisionSession.objects.get())
    assert {message.to for message in Message.objects.filter(kind="session_cancelled")} == {
        cast.ilze.user,
        cast.responsible,
    }
