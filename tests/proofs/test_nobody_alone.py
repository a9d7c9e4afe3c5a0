"""One administrator alone: every act and every page that could make them somebody else, or give them what reads (A8).

Each attempt is made; none gets through, and what is an attempt at power is written down and told to the others.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from celabiedrs.lib import clock
from celabiedrs.lib.acts import NotAllowed, WrongState
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.outbox.models import Message
from celabiedrs.people.actions.accounts import invite, print_code, switch_off, switch_on
from celabiedrs.people.actions.corrections import answer_address_change, correct_address
from celabiedrs.people.actions.letters import send_letters
from celabiedrs.people.actions.posts import agree_post, give_post, propose_post
from celabiedrs.people.actions.recovery import agree_reset, propose_reset
from celabiedrs.people.models import BY_TWO, OneTimeLink, Post, Role, User
from celabiedrs.places.models import Institution, Municipality, Region

pytestmark = pytest.mark.django_db
PASSWORD = "zils ledus virs upes"
LINK = re.compile(r"/ienakt/reizi/[\w-]{20,}")
TODAY = clock.today()


def person(name: str, role: str = "", place: Institution | None = None) -> User:
    made = User.objects.create_user(email=f"{name.lower()}@example.invalid", name=name, password=PASSWORD)
    if role:
        Post.objects.create(person=made, role=role, institution=place, since=date(2026, 1, 1))
    return made


@pytest.fixture
def school() -> Institution:
    lake = Municipality.objects.create(
        atvk="9000001", name="Ezeru novads", region=Region.objects.create(name="Ezeri")
    )
    return Institution.objects.create(name="Ezermalas pamatskola", kind="general", municipality=lake)


@pytest.fixture
def anna() -> User:
    return person("Anna", Role.PROGRAMME_ADMINISTRATOR)


@pytest.fixture
def juris() -> User:
    return person("Juris", Role.PROGRAMME_ADMINISTRATOR)


@pytest.fixture
def zane(school: Institution) -> User:
    return person("Zane", Role.HEAD, school)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_alone_no_post_that_reads_is_given(anna: User, juris: User, zane: User, school: Institution) -> None:
    tries = 0
    for role in BY_TWO:
        place = school if role in ("safeguarding_officer", "pay_clerk", "head") else None
        for who in (anna, person(f"Kaspars{role}")):
            for second in (None, anna, who, person(f"Nekas{role}{who.pk}")):
                with pytest.raises(NotAllowed):
                    give_post(by=anna, person=who, role=role, place=place, since=TODAY, agreed_by=second)
                tries += 1
    assert not Post.objects.filter(since=TODAY).exists()
    print(f"A8: {tries} appointments by one administrator alone, 0 got through")


def test_alone_no_session_of_another_opens(anna: User, juris: User, zane: User) -> None:
    for act in (invite, print_code):
        with pytest.raises(WrongState):
            act(by=anna, person=zane)
    reset = propose_reset(by=anna, person=zane, reason="pazaudēts").thing
    with pytest.raises(NotAllowed):
        agree_reset(by=anna, reset=reset)
    correct_address(by=anna, person=zane, email="mana@example.invalid", reason="kļūda")
    with pytest.raises(NotAllowed):
        answer_address_change(by=anna, person=zane, agree=True)
    switch_off(by=anna, person=zane)
    switch_on(by=anna, person=zane)
    send_letters()
    assert {to for letter in mail.outbox for to in letter.to} <= {zane.email}
    assert User.objects.get(pk=zane.pk).email == "zane@example.invalid"
    assert not OneTimeLink.objects.exists()


def test_a_post_given_by_two_is_not_taken_over_through_an_unused_account(
    anna: User, juris: User, school: Institution
) -> None:
    unused = User.objects.create_user(email="jauns@example.invalid", name="Jauns")
    proposal = propose_post(by=anna, person=unused, role="head", place=school, since=TODAY).thing
    agree_post(by=juris, proposal=proposal)
    correct_address(by=anna, person=unused, email="mana@example.invalid", reason="kļūda")
    assert User.objects.get(pk=unused.pk).email == "jauns@example.invalid"
    with pytest.raises(WrongState):
        print_code(by=anna, person=unused)


def test_no_page_shows_an_administrator_a_link_that_signs_somebody_in(anna: User, zane: User) -> None:
    unused = User.objects.create_user(email="jauns@example.invalid", name="Jauns")
    client, asked = client_of(anna), 0
    for target in (zane, unused):
        for name in own_pages():
            url = reverse(name, args=[target.public_id])
            for answer in (client.get(url), client.post(url)):
                asked += 1
                if name != "people:account_code":  # the printed code, of which its test tells
                    assert not LINK.search(answer.content.decode(errors="ignore")), f"{name} shows a link"
    assert client.session["_auth_user_id"] == str(anna.pk)
    print(f"A8: {asked} requests to {len(own_pages())} pages about an account, 0 links")


def own_pages() -> list[str]:
    """Every address of the stage of people that is about one account."""
    found = []
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and resolver.namespace == "people":
            found += [
                f"people:{pattern.name}"
                for pattern in resolver.url_patterns
                if isinstance(pattern, URLPattern) and "programma/cilveki/<uuid" in str(pattern.pattern)
            ]
    assert len(found) > 5
    return found


def test_each_attempt_leaves_an_event_and_a_message(
    anna: User, juris: User, zane: User, school: Institution
) -> None:
    client = client_of(anna)
    post = propose_post(by=anna, person=person("Kaspars"), role="pay_clerk", place=school, since=TODAY).thing
    reset = propose_reset(by=anna, person=zane, reason="pazaudēts").thing
    attempts = list(_attempts(anna, post, reset, school))
    for url, typed in attempts:
        assert client.post(url, typed).status_code == 403, url
    assert Event.objects.filter(actor=anna, verb="post_for_oneself_refused").count() == len(attempts)
    assert Message.objects.filter(to=juris, kind="post_attempted").count() == len(attempts)


def _attempts(anna: User, post: Any, reset: Any, school: Institution) -> Iterator[tuple[str, dict[str, Any]]]:
    own = {"role": "safeguarding_officer", "institution": school.pk, "since": TODAY.isoformat()}
    yield reverse("people:account", args=[anna.public_id]), own
    yield reverse("people:proposal_agree", args=[post.public_id]), {}
    yield reverse("people:reset_agree", args=[reset.public_id]), {}


def test_with_the_guard_taken_away_one_alone_does_it(
    anna: User, school: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proof of the proof."""
    monkeypatch.setattr("celabiedrs.people.actions.posts.may_give_post", lambda by, person: True)
    monkeypatch.setattr("celabiedrs.people.actions.posts.BY_TWO", ())
    give_post(by=anna, person=anna, role="safeguarding_officer", place=school, since=TODAY)
    assert User.objects.get(pk=anna.pk).holds(Role.SAFEGUARDING_OFFICER)
