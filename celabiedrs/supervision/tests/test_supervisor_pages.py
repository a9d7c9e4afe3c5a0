"""The supervisor's pages: plan, compose, confirm, hold, cancel (SUP-1 … SUP-7)."""

from typing import Any

import pytest
from django.urls import reverse

from celabiedrs.supervision.actions import show_interest
from celabiedrs.supervision.models import GroupKind, SessionState, SupervisionSession
from celabiedrs.supervision.tests.steps import FIRST, at_near_school, composed, confirmed, nominated, planned
from tests.cast import at, fresh, signed_in
from tests.cast.programme import Cast

GOOD = {
    "group": "II",
    "day": "20.10.2026.",
    "start": "10:00",
    "place": "Cēsis, Pils iela 1",
    "minutes": "180",
    "mode": "in_person",
}


def page_of(session: SupervisionSession, name: str = "session") -> str:
    return reverse(f"supervision:{name}", args=[session.public_id])


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_session_is_planned_from_the_page(cast: Cast) -> None:
    with at(FIRST):
        client = signed_in(cast.supervisor, language="en")
        assert "180 minutes" in text_of(client.get("/supervizija/planot/"))
        answer = client.post("/supervizija/planot/", GOOD | {"municipality": cast.cesis.pk})
    session = SupervisionSession.objects.get()
    assert answer["Location"] == page_of(session)
    assert (session.minutes, session.place, session.supervisor) == (
        180,
        "Cēsis, Pils iela 1",
        cast.supervisor,
    )


@pytest.mark.parametrize(
    ("wrong", "clause", "said"),
    [
        ({"day": "30.09.2026."}, "SUP-1", "Enter a day to come"),
        ({"mode": "remote"}, "SUP-1", "in person, not remotely"),
        ({"minutes": "90"}, "SUP-1", "minutes by the clock"),
        ({"place": ""}, "SUP-1", "Say where it is held"),
        ({"start": "pēcpusdienā"}, "SUP-1", "time at which it starts"),
        ({"group": ""}, "SUP-2", "Choose a group"),
        ({"municipality": ""}, "SUP-5", "Choose it from the list"),
    ],
)
def test_what_the_rules_refuse_says_its_clause_and_loses_nothing(
    cast: Cast, wrong: dict[str, str], clause: str, said: str
) -> None:
    sent: dict[str, Any] = GOOD | {"municipality": cast.cesis.pk} | wrong
    with at(FIRST):
        answer = signed_in(cast.supervisor, language="en").post("/supervizija/planot/", sent)
    page = text_of(answer)
    assert answer.status_code == 422
    assert said in page and f"Rule {clause}" in page
    assert all(str(value) in page for value in sent.values())
    assert not SupervisionSession.objects.exists()


def test_a_day_too_near_to_confirm_is_warned_of(cast: Cast) -> None:
    with at("2026-10-16 09:00"):
        answer = signed_in(cast.supervisor, language="en").post(
            "/supervizija/planot/", GOOD | {"municipality": cast.cesis.pk}, follow=True
        )
    assert "had to be confirmed by 15.10.2026" in text_of(answer)


def test_the_next_plan_begins_with_the_last_place(cast: Cast) -> None:
    session = planned(cast, place="Cēsis, bibliotēka")
    with at(FIRST):
        client = signed_in(cast.supervisor, language="en")
        assert "Cēsis, bibliotēka" in text_of(client.get("/supervizija/planot/"))
        assert "Cēsis, bibliotēka" in text_of(client.get(f"/supervizija/planot/?like={session.public_id}"))
        assert "Cēsis, bibliotēka" not in text_of(
            signed_in(cast.other_supervisor, language="en").get(
                f"/supervizija/planot/?like={session.public_id}"
            )
        )


def test_sessions_whose_line_is_near_come_first(cast: Cast) -> None:
    later, sooner = planned(cast, day="2026-11-20"), planned(cast, day="2026-10-20")
    with at("2026-10-14 09:00"):
        page = text_of(signed_in(cast.supervisor, language="en").get("/supervizija/"))
    assert page.index(str(sooner.public_id)) < page.index(str(later.public_id))
    assert "1 day left" in page


def test_composing_groups_by_institution_and_shows_free_places(cast: Cast) -> None:
    session, maija = planned(cast), at_near_school(cast)
    GroupKind.objects.update(size_limit=10)
    nominated(cast, session, cast.ilze)
    nominated(cast, session, maija, by=cast.near_responsible)
    with at(FIRST):
        page = text_of(signed_in(cast.supervisor, language="en").get(page_of(session, "compose")))
    assert "Of 10 places 9 are free" in page  # Ilze is proposed, the neighbour is not
    assert page.index("Priežu pamatskola") < page.index("Ilze Kalniņa") < page.index("Egļu pamatskola")
    assert page.index("From neighbouring municipalities") < page.index("Maija Liepa")
    assert "neighbour, by exception" in page


def test_a_neighbour_without_a_reason_is_refused_and_what_was_ticked_stays(cast: Cast) -> None:
    session, maija = planned(cast), at_near_school(cast)
    nominated(cast, session, maija, by=cast.near_responsible)
    with at(FIRST):
        client, ids = signed_in(cast.supervisor, language="en"), {"mentors": [str(maija.public_id)]}
        refused = client.post(page_of(session, "compose"), ids)
        assert refused.status_code == 422
        assert "Rule SUP-5" in text_of(refused) and "Say why they join" in text_of(refused)
        assert f'value="{maija.public_id}"\n               checked' in text_of(refused)
        done = client.post(page_of(session, "compose"), ids | {"exception_reason": "Cēsīs nav vietu"})
    assert done.status_code == 302
    assert SupervisionSession.objects.get().exception_reason == "Cēsīs nav vietu"


def test_who_is_kept_out_is_shown_with_why_and_without_a_class(cast: Cast) -> None:
    cast.plan.class_year = 3
    cast.plan.save()
    session = planned(cast)
    nominated(cast, session, cast.ilze)
    with at(FIRST):
        client = signed_in(cast.supervisor, language="en")
        page = text_of(client.get(page_of(session, "compose")))
        forced = client.post(page_of(session, "compose"), {"mentors": [str(cast.ilze.public_id)]})
    out = page[page.index("not for this group") :]
    assert "Ilze Kalniņa" in out and "Rule SUP-4" in out
    assert "class 3" not in page and "3. klase" not in page
    assert forced.status_code == 422 and "Rule SUP-4" in text_of(forced)


def test_a_mentor_from_afar_is_kept_out_and_says_what_to_do(cast: Cast) -> None:
    session = planned(cast)
    cast.planned(
        cast.learner("Pēteris", school=cast.far_school),
        cast.andris,
        cast.contracted(cast.andris, cast.far_school),
    )
    nominated(cast, session, cast.andris, by=cast.far_responsible)
    with at(FIRST):
        client = signed_in(cast.supervisor, language="en")
        page = text_of(client.get(page_of(session, "compose")))
        sent = {"mentors": [str(cast.andris.public_id)], "exception_reason": "Ļoti lūdza"}
        forced = text_of(client.post(page_of(session, "compose"), sent))
    assert "neither this one nor a neighbour" in page[page.index("not for this group") :]
    assert "there may be a session nearer by" in forced and "Ļoti lūdza" in forced


def test_whom_nobody_nominated_cannot_be_chosen(cast: Cast) -> None:
    session = planned(cast)
    nominated(cast, session, cast.ilze)
    with at(FIRST):
        show_interest(by=cast.andris.user, session=session)
        client = signed_in(cast.supervisor, language="en")
        page = text_of(client.get(page_of(session, "compose")))
        answer = client.post(page_of(session, "compose"), {"mentors": [str(cast.andris.public_id)]})
    assert "Andris Ozols" in page[page.index("not nominated yet") :]
    assert answer.status_code == 422 and "Rule SUP-3" in text_of(answer)
    assert session.members.count() == 0


def test_a_confirmed_group_that_is_changed_says_its_five_days_before(cast: Cast) -> None:
    session = confirmed(cast)
    with at("2026-10-11 09:00"):
        client = signed_in(cast.supervisor, language="en")
        assert "must be confirmed again by 15" in text_of(client.get(page_of(session, "compose")))
        client.post(page_of(session, "compose"), {"mentors": [str(cast.ilze.public_id)]})
    assert SupervisionSession.objects.get().state == SessionState.PLANNED
    with at("2026-10-16 09:00"):
        SupervisionSession.objects.update(state=SessionState.CONFIRMED, confirmed_at=session.confirmed_at)
        late = text_of(signed_in(cast.supervisor, language="en").get(page_of(session, "compose")))
    assert "the session could not be held" in late


@pytest.mark.parametrize(
    ("moment", "said", "possible"),
    [
        ("2026-10-08 09:00", "Each mentor of the group is told", True),
        ("2026-10-13 09:00", "The last day to confirm is 15.10.2026", True),
        ("2026-10-15 23:00", "The last day to confirm is 15.10.2026", True),
        ("2026-10-16 09:00", "Plan the session for a later day", False),
    ],
)
def test_confirming_warns_at_seven_days_and_is_refused_at_four(
    cast: Cast, moment: str, said: str, possible: bool
) -> None:
    session = composed(cast)
    with at(moment):
        client = signed_in(cast.supervisor, language="en")
        asked = text_of(client.get(page_of(session, "confirm")))
        answer = client.post(page_of(session, "confirm"), {})
    assert said in asked
    assert ("?like=" in asked) is not possible
    assert answer.status_code == (302 if possible else 422)
    if not possible:
        assert "Rule SUP-6" in text_of(answer)


def test_attendance_is_marked_after_the_end(cast: Cast) -> None:
    session = confirmed(cast, cast.ilze)
    sent = {"mentors": [str(cast.ilze.public_id)]}
    with at("2026-10-20 11:00"):
        client = signed_in(cast.supervisor, language="en")
        assert "it can be marked after that" in text_of(client.get(page_of(session, "hold")))
        early = client.post(page_of(session, "hold"), sent)
        assert early.status_code == 422 and "Rule SUP-1" in text_of(early)
        assert "checked" in text_of(early)
    with at("2026-10-20 13:05"):
        client = signed_in(cast.supervisor, language="en")
        assert client.post(page_of(session, "hold"), sent).status_code == 302
        assert client.post(page_of(session, "hold"), {}).status_code == 409
        assert "nothing more is to be done" in text_of(client.get(page_of(session)))
    assert session.members.get().attended is True


def test_cancelling_says_who_is_told(cast: Cast) -> None:
    session = planned(cast)
    nominated(cast, session, cast.ilze)
    with at(FIRST):
        client = signed_in(cast.supervisor, language="en")
        asked = text_of(client.get(page_of(session, "cancel")))
        assert "1 mentor who has shown interest is told" in asked and "1 institution" in asked
        assert client.post(page_of(session, "cancel")).status_code == 302
        assert client.post(page_of(session, "cancel")).status_code == 409
    assert SupervisionSession.objects.get().state == SessionState.CANCELLED


def test_another_supervisors_session_is_not_there(cast: Cast) -> None:
    session = composed(cast)
    with at(FIRST):
        client = signed_in(fresh(cast.other_supervisor), language="en")
        for name in ("session", "compose", "confirm", "hold", "cancel"):
            assert client.get(page_of(session, name)).status_code == 404
