"""A mentor's pages: sessions near first, interest shown and taken back, what was attended (SUP-3)."""

import pytest
from django.urls import reverse

from celabiedrs.lib.acts import NotAllowed, Refused, WrongState
from celabiedrs.lib.audit.models import Event
from celabiedrs.registry.models import Mentor
from celabiedrs.supervision.actions import confirm_group, show_interest, withdraw_interest
from celabiedrs.supervision.models import Interest, SupervisionSession
from celabiedrs.supervision.tests.steps import FIRST, composed, confirmed, held, nominated, planned
from tests.cast import at, signed_in
from tests.cast.programme import Cast


def seen(mentor: Mentor, session: SupervisionSession | None = None) -> str:
    url = reverse("supervision:session", args=[session.public_id]) if session else "/supervizija/manas/"
    return signed_in(mentor.user, language="en").get(url).content.decode()


def test_sessions_of_the_own_municipality_come_first(cast: Cast) -> None:
    far = planned(cast, municipality=cast.jelgava, day="2026-10-12")
    beside = planned(cast, municipality=cast.smiltene, day="2026-10-15")
    near = planned(cast, day="2026-10-20")
    with at(FIRST):
        page = seen(cast.ilze)
    places = [page.index(str(session.public_id)) for session in (near, beside, far)]
    assert places == sorted(places)
    assert page.index("Elsewhere") < places[1]


def test_interest_is_shown_on_the_page_and_taken_back(cast: Cast) -> None:
    session = planned(cast)
    with at(FIRST):
        client = signed_in(cast.ilze.user, language="en")
        client.post(reverse("supervision:interest", args=[session.public_id]))
        assert Interest.objects.count() == 1
        assert "interest shown" in seen(cast.ilze)
        assert "Take the interest back" in seen(cast.ilze, session)
        client.post(reverse("supervision:withdraw", args=[session.public_id]))
        assert "interest shown" not in seen(cast.ilze)
    assert not Interest.objects.exists()
    verbs = Event.objects.filter(thread=session.public_id).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["planned", "interest_shown", "interest_withdrawn"]


def test_each_form_of_the_list_carries_its_tokens(cast: Cast) -> None:
    for day in ("2026-10-20", "2026-10-27"):
        planned(cast, day=day)
    with at(FIRST):
        page = seen(cast.ilze)
    assert page.count("/interese/") == 2
    forms = [part.partition("</form>")[0] for part in page.split("<form")[1:]]
    shown = [form for form in forms if "/interese/" in form]
    assert len(shown) == 2
    assert all("csrfmiddlewaretoken" in form and 'name="once"' in form for form in shown)


def test_whoever_is_nominated_does_not_take_it_back_alone(cast: Cast) -> None:
    session = planned(cast)
    nominated(cast, session, cast.ilze)
    with at(FIRST):
        with pytest.raises(Refused) as no:
            withdraw_interest(by=cast.ilze.user, session=session)
        answer = signed_in(cast.ilze.user, language="en").post(
            reverse("supervision:withdraw", args=[session.public_id])
        )
    assert no.value.clauses == ("SUP-3",)
    assert answer.status_code == 422
    assert "the supervisor, who can leave you out" in answer.content.decode()
    assert Interest.objects.exists()


def test_taking_back_is_for_mentors_and_for_sessions_to_come(cast: Cast) -> None:
    session = planned(cast)
    with at(FIRST):
        withdraw_interest(by=cast.andris.user, session=session)  # none was shown: nothing happens
        with pytest.raises(NotAllowed):
            withdraw_interest(by=cast.responsible, session=session)
        show_interest(by=cast.ilze.user, session=session)
    with at("2026-10-20 10:00"), pytest.raises(WrongState):
        withdraw_interest(by=cast.ilze.user, session=session)


def test_where_the_mentor_stands_is_said_in_words(cast: Cast) -> None:
    session = composed(cast, cast.ilze)
    cast.contracted(cast.andris, cast.school)
    nominated(cast, session, cast.andris)
    with at(FIRST):
        assert "in the group, not confirmed yet" in seen(cast.ilze)
        assert "nominated" in seen(cast.andris)
        confirm_group(by=cast.supervisor, session=session)
        assert "You have a place" in seen(cast.ilze, session)
        assert "not chosen" in seen(cast.andris)
        assert "Look for another session" in seen(cast.andris, session)


def test_a_mentor_sees_no_other_mentor(cast: Cast) -> None:
    session = confirmed(cast, cast.ilze)
    with at("2026-10-11 09:00"):
        for page in (seen(cast.andris), seen(cast.andris, session)):
            assert "Ilze Kalniņa" not in page


def test_what_was_attended_stands_with_its_certificate(cast: Cast) -> None:
    session = held(cast)
    with at("2026-10-21 09:00"):
        page = seen(cast.ilze)
        assert "1 session attended" in page
        assert reverse("supervision:certificate", args=[session.public_id, cast.ilze.public_id]) in page
        assert "apliecinajums" not in seen(cast.andris)


def test_a_group_that_is_complete_asks_nobody_for_interest(cast: Cast) -> None:
    session = confirmed(cast, cast.ilze)
    late = planned(cast, day="2026-10-14")
    with at("2026-10-11 09:00"):
        page = seen(cast.andris)
        assert page.count("The group is complete already") == 2
        assert "Show interest" not in page
        for one in (session, late):
            assert "Look for another session" in seen(cast.andris, one)
