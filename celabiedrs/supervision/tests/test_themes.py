"""Themes without a name: who may send, what is refused, and that nothing says whose a theme is (decision 0036)."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from celabiedrs.lib.acts import NotAllowed, WrongState
from celabiedrs.lib.audit.models import Event, Look
from celabiedrs.lib.once.models import PostedKey
from celabiedrs.lib.outbox.models import Message
from celabiedrs.people.models import User
from celabiedrs.rules.theme import names_somebody
from celabiedrs.supervision import actions
from celabiedrs.supervision.actions import send_theme, show_interest, take_theme_away
from celabiedrs.supervision.jobs import forget_themes
from celabiedrs.supervision.models import SupervisionSession, Theme
from celabiedrs.supervision.tests.steps import FIRST, composed, confirmed, planned
from tests.cast import at, signed_in
from tests.cast.programme import Cast

TEXT = "Kā rīkoties, ja jaunietis trīs reizes pēc kārtas neatnāk?"


def page_of(session: SupervisionSession, name: str = "session") -> str:
    return reverse(f"supervision:{name}", args=[session.public_id])


def interested(cast: Cast) -> SupervisionSession:
    session = planned(cast)
    with at(FIRST):
        show_interest(by=cast.ilze.user, session=session)
    return session


def traces() -> dict[str, int]:
    """How many rows each table holds that could tell of a person's doing."""
    return {model.__name__: model._default_manager.count() for model in (Event, Look, PostedKey, Message)}


def test_a_theme_is_sent_and_the_supervisor_reads_it(cast: Cast) -> None:
    session = interested(cast)
    with at(FIRST):
        answer = signed_in(cast.ilze.user, language="en").post(
            page_of(session, "theme"), {"text": TEXT}, follow=True
        )
        assert "Nobody can see that it is yours" in answer.content.decode()
        page = signed_in(cast.supervisor, language="en").get(page_of(session)).content.decode()
    assert TEXT in page
    assert "Ilze Kalniņa" not in page[page.index('id="themes"') :]


def test_nothing_of_the_sending_is_kept_but_the_text(cast: Cast) -> None:
    session = interested(cast)
    with at(FIRST):
        client = signed_in(cast.ilze.user, language="en")
        page = client.get(page_of(session, "theme")).content.decode()
        assert 'name="once"' not in page
        before = traces()
        client.post(page_of(session, "theme"), {"text": TEXT})
        assert traces() == before
    assert Theme.objects.get().text == TEXT


def test_an_act_that_records_its_actor_would_be_seen(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: an event of the sending changes the traces."""
    from celabiedrs.lib.audit.record import record

    def telling(*, by: User, session: SupervisionSession, text: object) -> Any:
        done = actions.send_theme(by=by, session=session, text=text)
        record(session, "theme_sent", by=by, thread=session.public_id)
        return done

    monkeypatch.setattr("celabiedrs.supervision.pages.themes.send_theme", telling)
    session = interested(cast)
    with at(FIRST):
        client = signed_in(cast.ilze.user, language="en")
        before = traces()
        client.post(page_of(session, "theme"), {"text": TEXT})
        assert traces() != before


def test_the_table_has_no_way_to_a_person_and_no_moment() -> None:
    kinds = {field.name: type(field) for field in Theme._meta.concrete_fields}
    assert kinds == {"id": models.UUIDField, "session": models.ForeignKey, "text": models.CharField}
    pointing = [
        model.__name__
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is Theme
    ]
    assert pointing == []


def test_themes_stand_in_the_order_of_their_random_keys(cast: Cast) -> None:
    session = interested(cast)
    texts = [f"Temats {number}" for number in range(12)]
    with at(FIRST):
        for text in texts:
            send_theme(by=cast.ilze.user, session=session, text=text)
        page = signed_in(cast.supervisor, language="en").get(page_of(session)).content.decode()
    shown = sorted(texts, key=lambda text: page.index(f"{text}<"))
    assert shown == [theme.text for theme in Theme.objects.order_by("pk")]
    assert shown != texts


def test_sent_twice_it_is_one(cast: Cast) -> None:
    session = interested(cast)
    with at(FIRST):
        for _time in range(2):
            send_theme(by=cast.ilze.user, session=session, text=TEXT)
    assert Theme.objects.count() == 1


def test_only_those_who_have_shown_interest_send(cast: Cast) -> None:
    session = interested(cast)
    with at(FIRST):
        for person in (cast.andris.user, cast.responsible, cast.supervisor, cast.admin):
            with pytest.raises(NotAllowed):
                send_theme(by=person, session=session, text=TEXT)
        assert signed_in(cast.andris.user, language="en").get(page_of(session, "theme")).status_code == 403
    with at("2026-10-20 10:00"), pytest.raises(WrongState):
        send_theme(by=cast.ilze.user, session=session, text=TEXT)


def test_nobody_but_the_supervisor_of_the_session_reads_themes(cast: Cast) -> None:
    session = composed(cast)
    with at(FIRST):
        send_theme(by=cast.ilze.user, session=session, text=TEXT)
        for person in (cast.ilze.user, cast.responsible, cast.coordinator, cast.expert, cast.admin):
            assert TEXT not in signed_in(person, language="en").get(page_of(session)).content.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  ", "The theme is empty"),
        ("a" * 401, "longer than 400"),
        ("Jānis vairs nenāk uz tikšanos.", "seems to name a learner"),
        ("Saruna ar Jāņa Bērziņa māti.", "seems to name a learner"),
        ("Ko teikt, ja Bērziņam nav naudas?", "seems to name a learner"),
    ],
)
def test_what_is_refused_says_why_and_stays_typed(cast: Cast, text: str, said: str) -> None:
    session = interested(cast)
    with at(FIRST):
        answer = signed_in(cast.ilze.user, language="en").post(page_of(session, "theme"), {"text": text})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page and "Rule CNF-1" in page
    assert text.strip() in page
    assert not Theme.objects.exists()


@pytest.mark.parametrize(
    "text", ["Janvārī viņš neatnāca.", "Ko darīt, ja pie bērziem sola vairāk?", "Jauns plāns", "Kā sākt?"]
)
def test_plain_words_name_nobody(text: str) -> None:
    assert not names_somebody(text, ["Jānis Bērziņš"])


def test_few_interested_are_told_that_they_may_be_guessed(cast: Cast) -> None:
    session = interested(cast)
    with at(FIRST):
        assert (
            "may guess who wrote"
            in signed_in(cast.ilze.user, language="en").get(page_of(session, "theme")).content.decode()
        )
        for name in ("Rasa", "Vilnis"):
            show_interest(by=cast.mentor(name).user, session=session)
        page = signed_in(cast.ilze.user, language="en").get(page_of(session, "theme")).content.decode()
    assert "may guess who wrote" not in page


def test_the_supervisor_takes_a_theme_off_and_nobody_else(cast: Cast) -> None:
    session = interested(cast)
    with at(FIRST):
        send_theme(by=cast.ilze.user, session=session, text=TEXT)
        theme = Theme.objects.get()
        with pytest.raises(NotAllowed):
            take_theme_away(by=cast.other_supervisor, session=session, theme=theme)
        url = reverse("supervision:take_theme_away", args=[session.public_id, theme.pk])
        assert signed_in(cast.supervisor, language="en").post(url).status_code == 302
        assert signed_in(cast.supervisor, language="en").post(url).status_code == 404
    assert not Theme.objects.exists()
    assert TEXT not in str(list(Event.objects.order_by("pk").values_list("facts", flat=True)))


def test_themes_go_when_the_session_was_held_or_cancelled_or_is_long_over(cast: Cast) -> None:
    was_held, off, forgotten = confirmed(cast), planned(cast), planned(cast)
    with at(FIRST):
        for session in (off, forgotten):
            show_interest(by=cast.ilze.user, session=session)
        for session in (was_held, off, forgotten):
            send_theme(by=cast.ilze.user, session=session, text=TEXT)
        actions.cancel_session(by=cast.supervisor, session=off)
        assert Theme.objects.count() == 2
    with at("2026-10-20 13:30"):
        actions.hold_session(by=cast.supervisor, session=was_held, attended=[cast.ilze])
        assert Theme.objects.get().session == forgotten
    with at("2026-11-18 09:00"):
        forget_themes()
        assert Theme.objects.exists()
    with at("2026-11-20 09:00"):
        forget_themes()
        assert not Theme.objects.exists()
