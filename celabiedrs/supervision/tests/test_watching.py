"""Those who have an eye over an area: figures and lists, read only; and what waits on the home page."""

import pytest
from django.urls import reverse

from celabiedrs.lib.look.waits import Waits
from celabiedrs.people.models import User
from celabiedrs.supervision.actions import show_interest
from celabiedrs.supervision.tests.steps import FIRST, at_near_school, composed, confirmed, held, planned
from celabiedrs.supervision.waiting import waits
from tests.cast import at, signed_in
from tests.cast.programme import Cast


def waiting(user: User) -> list[Waits]:
    return list(waits(User.objects.get(pk=user.pk)))


def test_the_coordinator_the_expert_and_the_programme_read_figures(cast: Cast) -> None:
    held(cast)
    planned(cast, day="2026-11-20")
    at_near_school(cast)  # Maija stands by a learner in the neighbour municipality and has never been
    with at("2026-10-21 09:00"):
        for person, never in (
            (cast.coordinator, "0 of 1"),
            (cast.expert, "1 of 2"),
            (cast.admin, "1 of 2"),
            (cast.far_expert, "0 of 0"),
        ):
            page = signed_in(person, language="en").get("/supervizija/").content.decode()
            assert never in page, person
            if person != cast.far_expert:
                assert "1 held, 1 to come" in page and "1, of them attended: 1" in page
                assert "Plan a session" not in page


def test_they_read_the_group_by_name(cast: Cast) -> None:
    session = held(cast)
    url = reverse("supervision:session", args=[session.public_id])
    with at("2026-10-21 09:00"):
        for person in (cast.coordinator, cast.expert, cast.admin):
            assert "Ilze Kalniņa" in signed_in(person, language="en").get(url).content.decode()
        assert signed_in(cast.far_expert, language="en").get(url).status_code == 404


@pytest.mark.parametrize(
    ("moment", "tone", "said"),
    [
        ("2026-10-12 09:00", None, ""),
        ("2026-10-13 09:00", "amber", "2 days are left, until 15 Oct 2026."),
        ("2026-10-15 09:00", "amber", "last day"),
        ("2026-10-16 09:00", "red", "It had to be confirmed by"),
    ],
)
def test_the_five_day_line_waits_for_the_supervisor(
    cast: Cast, moment: str, tone: str | None, said: str
) -> None:
    from django.utils import translation

    composed(cast)
    with at(moment), translation.override("en"):
        rows = waiting(cast.supervisor)
        assert [row.tone for row in rows] == ([tone] if tone else [])
        assert all(said in row.text.replace("\N{NO-BREAK SPACE}", " ") for row in rows)
        assert waiting(cast.other_supervisor) == []


def test_attendance_waits_once_the_session_is_over(cast: Cast) -> None:
    session = confirmed(cast)
    with at("2026-10-20 13:30"):
        row = waiting(cast.supervisor)[0]
    assert row.url == reverse("supervision:hold", args=[session.public_id])


def test_interest_waits_for_the_own_responsible_person(cast: Cast) -> None:
    session = planned(cast)
    with at(FIRST):
        show_interest(by=cast.ilze.user, session=session)
        rows = waiting(cast.responsible)
        assert [row.url for row in rows] == [reverse("supervision:session", args=[session.public_id])]
        assert all("Ilze" not in f"{row.title} {row.text}" for row in rows)
        assert waiting(cast.near_responsible) == waiting(cast.far_responsible) == []
    with at("2026-10-16 09:00"):
        assert waiting(cast.responsible) == []  # nobody can get into the group any more


def test_a_place_in_the_group_stands_on_the_mentors_home(cast: Cast) -> None:
    confirmed(cast)
    with at("2026-10-11 09:00"):
        assert [row.text for row in waiting(cast.ilze.user)] == ["Cēsis"]
        assert waiting(cast.andris.user) == []
