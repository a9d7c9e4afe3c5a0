"""The responsible person: own people nominated, own people in groups, and nobody else (SUP-3, SUP-7)."""

import pytest
from django.urls import reverse

from celabiedrs.lib.acts import NotAllowed, Refused
from celabiedrs.lib.outbox.models import Message
from celabiedrs.people.models import Role
from celabiedrs.supervision import notices
from celabiedrs.supervision.actions import (
    cancel_session,
    compose_group,
    confirm_group,
    nominate_all,
    show_interest,
)
from celabiedrs.supervision.models import Nomination, SupervisionSession
from celabiedrs.supervision.tests.steps import FIRST, at_near_school, nominated, planned
from tests.cast import at, signed_in
from tests.cast.programme import Cast


def page_of(session: SupervisionSession, name: str = "session") -> str:
    return reverse(f"supervision:{name}", args=[session.public_id])


def both_schools(cast: Cast) -> SupervisionSession:
    """A group of Ilze of their own school and Maija of the school next door, confirmed."""
    session, maija = planned(cast), at_near_school(cast)
    nominated(cast, session, cast.ilze)
    nominated(cast, session, maija, by=cast.near_responsible)
    with at(FIRST):
        compose_group(
            by=cast.supervisor, session=session, members=[cast.ilze, maija], exception_reason="Maz vietu"
        )
        confirm_group(by=cast.supervisor, session=session)
    return SupervisionSession.objects.get()


def test_several_are_nominated_at_once(cast: Cast) -> None:
    session = planned(cast)
    cast.contracted(cast.andris, cast.school)
    with at(FIRST):
        for mentor in (cast.ilze, cast.andris):
            show_interest(by=mentor.user, session=session)
        client = signed_in(cast.responsible, language="en")
        page = client.get(page_of(session)).content.decode()
        assert "Ilze Kalniņa" in page and "Andris Ozols" in page
        ids = [str(cast.ilze.public_id), str(cast.andris.public_id)]
        answer = client.post(page_of(session, "nominate"), {"mentors": ids}, follow=True)
    assert "2 mentors are nominated" in answer.content.decode()
    assert Nomination.objects.count() == 2


def test_nobody_ticked_says_so(cast: Cast) -> None:
    session = planned(cast)
    with at(FIRST):
        show_interest(by=cast.ilze.user, session=session)
        answer = signed_in(cast.responsible, language="en").post(page_of(session, "nominate"), {})
    assert answer.status_code == 422
    assert "Choose the mentor" in answer.content.decode()


def test_other_schools_mentors_are_neither_shown_nor_nominated(cast: Cast) -> None:
    session, maija = planned(cast), at_near_school(cast)
    with at(FIRST):
        show_interest(by=maija.user, session=session)
        client = signed_in(cast.responsible, language="en")
        assert "Maija Liepa" not in client.get(page_of(session)).content.decode()
        assert "Maija Liepa" not in client.get("/supervizija/").content.decode()
        answer = client.post(page_of(session, "nominate"), {"mentors": [str(maija.public_id)]})
        with pytest.raises(NotAllowed):
            nominate_all(by=cast.responsible, session=session, mentors=[maija])
    assert answer.status_code == 422
    assert not Nomination.objects.exists()


def test_one_who_has_shown_no_interest_stops_all(cast: Cast) -> None:
    session = planned(cast)
    cast.contracted(cast.andris, cast.school)
    with at(FIRST):
        show_interest(by=cast.ilze.user, session=session)
        with pytest.raises(Refused) as no:
            nominate_all(by=cast.responsible, session=session, mentors=[cast.ilze, cast.andris])
    assert no.value.clauses == ("SUP-3",)
    assert not Nomination.objects.exists()


def test_each_responsible_person_sees_own_people_in_the_group(cast: Cast) -> None:
    session = both_schools(cast)
    with at("2026-10-02 09:00"):
        for user, own, other in (
            (cast.responsible, "Ilze Kalniņa", "Maija Liepa"),
            (cast.near_responsible, "Maija Liepa", "Ilze Kalniņa"),
        ):
            for url in (page_of(session), "/supervizija/"):
                page = signed_in(user, language="en").get(url).content.decode()
                assert own in page and other not in page
        assert (
            "Kalniņa"
            not in signed_in(cast.far_responsible, language="en").get(page_of(session)).content.decode()
        )


def test_without_the_scope_of_own_people_the_other_is_seen(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: the test above would see the other school's mentor."""
    session = both_schools(cast)
    monkeypatch.setattr("celabiedrs.supervision.pages.session.counted_to", lambda user: everything())
    monkeypatch.setattr("celabiedrs.supervision.pages.session.members_visible_to", lambda user: everything())
    with at("2026-10-02 09:00"):
        assert (
            "Maija Liepa" in signed_in(cast.responsible, language="en").get(page_of(session)).content.decode()
        )


def test_head_and_preparer_read_whom_their_school_nominated(cast: Cast) -> None:
    session = both_schools(cast)
    with at("2026-10-02 09:00"):
        for user in (cast.head, cast.preparer):
            page = signed_in(user, language="en").get(page_of(session)).content.decode()
            assert "Ilze Kalniņa" in page and "Maija Liepa" not in page
            assert "Nominate the chosen" not in page


def test_an_employer_that_is_no_school_reads_its_own_people(cast: Cast) -> None:
    """It is told that the group is confirmed (SUP-7); its page says of whom."""
    cast.contracted(cast.ilze, cast.centre)
    people = [cast.person(role, institution=cast.centre) for role in (Role.RESPONSIBLE_PERSON, Role.HEAD)]
    session = both_schools(cast)
    with at("2026-10-02 09:00"):
        for user in people:
            page = signed_in(user, language="en").get(page_of(session)).content.decode()
            assert "Ilze Kalniņa" in page and "Maija Liepa" not in page


def everything() -> object:
    from django.db.models import Q

    return Q(pk__isnull=False)


def test_each_institution_is_told_of_its_own_number(cast: Cast) -> None:
    both_schools(cast)
    told = {
        message.to: message.context
        for message in Message.objects.filter(kind="group_confirmed").order_by("pk")
    }
    assert set(told) == {cast.responsible, cast.near_responsible}
    assert all(context["count"] == 1 for context in told.values())
    assert all("Ilze" not in str(context) and "Maija" not in str(context) for context in told.values())


def test_with_a_notice_to_every_school_the_test_above_fails(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: with the guard of own people gone, each would be told of two."""

    def all_of_them(session: SupervisionSession, rows: object, kind: str) -> None:
        for user in (cast.responsible, cast.near_responsible):
            notices.post(to=user, kind=kind, context={"count": 2})

    monkeypatch.setattr(notices, "_schools", all_of_them)
    both_schools(cast)
    assert {
        message.context["count"] for message in Message.objects.filter(kind="group_confirmed").order_by("pk")
    } == {2}


def test_a_cancelled_session_tells_those_who_had_it_in_mind(cast: Cast) -> None:
    session, maija = planned(cast), at_near_school(cast)
    nominated(cast, session, maija, by=cast.near_responsible)
    with at(FIRST):
        show_interest(by=cast.ilze.user, session=session)
        cancel_session(by=cast.supervisor, session=session)
    told = {message.to for message in Message.objects.filter(kind="session_cancelled").order_by("pk")}
    assert told == {cast.ilze.user, maija.user, cast.near_responsible}
