"""Nobody becomes somebody else: the first link, a new password and a reset go to the owner of an account alone (A8)."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from celabiedrs.lib import clock
from celabiedrs.lib.acts import NotAllowed, WrongState
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.outbox.models import Message
from celabiedrs.people.actions.accounts import invite, open_account, print_code
from celabiedrs.people.actions.letters import send_letters
from celabiedrs.people.actions.recovery import agree_reset, decline_reset, propose_reset
from celabiedrs.people.actions.sign_in import make_one_time_link
from celabiedrs.people.models import AccountLetter, OneTimeLink, Post, Role, User
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
PASSWORD = "zils ledus virs upes"
NEW = "deviņi balti gulbji"


@pytest.fixture(autouse=True)
def the_twentieth_of_november() -> Iterator[None]:
    with clock.at(datetime(2026, 11, 20, 12, 0)):
        yield


def administrator(name: str) -> User:
    made = User.objects.create_user(email=f"{name.lower()}@example.invalid", name=name, password=PASSWORD)
    Post.objects.create(person=made, role=Role.PROGRAMME_ADMINISTRATOR, since=date(2026, 1, 1))
    return made


@pytest.fixture
def anna() -> User:
    return administrator("Anna")


@pytest.fixture
def juris() -> User:
    return administrator("Juris")


@pytest.fixture
def bruno() -> User:
    return User.objects.create_user(email="bruno@example.invalid", name="Bruno", password=PASSWORD)


def token_in(letter: mail.EmailMessage) -> str:
    found = re.search(r"/ienakt/reizi/([^/\s]+)/", letter.body)
    assert found
    return found[1]


def test_the_first_link_goes_by_letter_and_no_page_shows_it(anna: User) -> None:
    browser = signed_in(anna)
    answer = browser.post(
        reverse("people:account_new"), {"name": "Jana Jauna", "email": "jana@example.invalid"}, follow=True
    )
    assert "/ienakt/reizi/" not in answer.content.decode()
    assert not OneTimeLink.objects.exists(), "a link before its letter"
    assert send_letters() == 1
    assert mail.outbox[0].to == ["jana@example.invalid"]
    token = token_in(mail.outbox[0])
    stranger = Client()
    with clock.at(datetime(2026, 12, 3, 12, 0)):
        assert stranger.post(reverse("people:one_time_enter"), {"token": token}).status_code == 302
    jana = User.objects.get(email="jana@example.invalid")
    assert jana.was_used
    with pytest.raises(WrongState):
        invite(by=anna, person=jana)
    with pytest.raises(WrongState):
        print_code(by=anna, person=jana)


def test_an_address_in_use_is_entered_once(anna: User) -> None:
    typed = {"name": "Jana Jauna", "email": "jana@example.invalid"}
    assert signed_in(anna).post(reverse("people:account_new"), typed).status_code == 302
    again = signed_in(anna).post(reverse("people:account_new"), {**typed, "email": "JANA@example.invalid"})
    assert again.status_code == 422


def test_a_letter_that_fails_is_sent_later_and_its_link_was_never_made(
    anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_account(by=anna, name="Jana Jauna", email="jana@example.invalid")
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", _fails)
        assert send_letters() == 0
    assert not OneTimeLink.objects.exists()
    assert send_letters() == 0, "it waits"
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert send_letters() == 1


def _fails(self: mail.EmailMessage) -> None:
    raise OSError


def test_a_code_is_printed_only_for_an_unused_account_without_a_post(anna: User) -> None:
    jana = open_account(by=anna, name="Jana Jauna", email="jana@example.invalid").thing
    page = signed_in(anna).post(reverse("people:account_code", args=[jana.public_id]))
    assert page.status_code == 200
    send_letters()
    assert {letter.to[0] for letter in mail.outbox} == {"jana@example.invalid"}
    assert any("izdrukājis" in letter.body for letter in mail.outbox)
    Post.objects.create(person=jana, role=Role.SUPERVISOR, since=clock.today())
    with pytest.raises(WrongState):
        print_code(by=anna, person=jana)


def test_a_forgotten_password_is_answered_alike_and_by_the_owner_s_letter_alone(bruno: User) -> None:
    url = reverse("account_reset_password")
    answers = []
    for address in ("bruno@example.invalid", "nobody@example.invalid"):
        answer = Client().post(url, {"email": address})
        answers.append((answer.status_code, answer["Location"]))
    assert answers[0] == answers[1]
    assert AccountLetter.objects.count() == 2
    assert send_letters() == 1
    assert AccountLetter.objects.count() == 1, "an address of nobody stays"
    assert [letter.to for letter in mail.outbox] == [["bruno@example.invalid"]]
    assert "Bruno" not in mail.outbox[0].body


def test_a_new_password_ends_the_sessions_of_before_and_every_older_link(bruno: User) -> None:
    before, older = signed_in(bruno), make_one_time_link(person=bruno)
    Client().post(reverse("account_reset_password"), {"email": "BRUNO@example.invalid"})
    send_letters()
    browser = Client()
    answer = browser.post(reverse("people:one_time_enter"), {"token": token_in(mail.outbox[0])})
    assert answer["Location"] == reverse("account_set_password")
    assert browser.post(answer["Location"], {"password1": NEW, "password2": NEW}).status_code == 302
    assert User.objects.get(pk=bruno.pk).check_password(NEW)
    assert before.get("/").status_code == 302
    assert Client().post(reverse("people:one_time_enter"), {"token": older}).status_code == 410


def test_a_reset_takes_two_administrators_and_its_person_can_say_no(
    anna: User, juris: User, bruno: User
) -> None:
    browser = signed_in(bruno)
    url = reverse("people:reset_new", args=[bruno.public_id])
    assert signed_in(anna).post(url, {"reason": ""}).status_code == 422
    reset = propose_reset(by=anna, person=bruno, reason="Pazaudējis telefonu").thing
    for nobody in (anna, bruno):
        with pytest.raises(NotAllowed):
            agree_reset(by=nobody, reset=reset)
    assert User.objects.get(pk=bruno.pk).check_password(PASSWORD)
    assert "own_reset_proposed" in Message.objects.filter(to=bruno).values_list("kind", flat=True)
    decline = reverse("people:reset_decline", args=[reset.public_id])
    assert browser.post(decline).status_code == 302
    with pytest.raises(WrongState):
        agree_reset(by=juris, reset=reset)
    again = propose_reset(by=anna, person=bruno, reason="Pazaudējis telefonu").thing
    agree_reset(by=juris, reset=again)
    person = User.objects.get(pk=bruno.pk)
    assert not person.has_usable_password()
    assert person.notes_closed_at == clock.now()
    assert browser.get("/").status_code == 302, "a session of before goes on"
    assert send_letters() == 2
    assert {letter.to[0] for letter in mail.outbox} == {bruno.email}
    assert "account_reset" in Message.objects.filter(to=bruno).values_list("kind", flat=True)
    with pytest.raises(NotAllowed):
        propose_reset(by=anna, person=anna, reason="es pati")
    taken_back = propose_reset(by=anna, person=juris, reason="pazaudējis").thing
    decline_reset(by=anna, reset=taken_back)


def test_one_administrator_alone_gets_no_reset_through(anna: User, juris: User, bruno: User) -> None:
    reset = propose_reset(by=anna, person=bruno, reason="Pazaudējis telefonu").thing
    agree = reverse("people:reset_agree", args=[reset.public_id])
    assert signed_in(anna).post(agree).status_code == 403
    assert Event.objects.filter(actor=anna, verb="post_for_oneself_refused").exists()
    assert "post_attempted" in Message.objects.filter(to=juris).values_list("kind", flat=True)
    assert signed_in(juris).post(agree).status_code == 302


def test_the_first_administrator_is_made_on_the_machine(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("administrator", "Pirmā Pārzine", "pirma@example.invalid")
    first = User.objects.get()
    assert first.holds(Role.PROGRAMME_ADMINISTRATOR)
    token = capsys.readouterr().out.strip().rstrip("/").rsplit("/", 1)[-1]
    assert Client().post(reverse("people:one_time_enter"), {"token": token}).status_code == 302
    call_command("administrator", "Otrais Pārzinis", "otrais@example.invalid")
    assert "post_given_around" in Message.objects.filter(to=first).values_list("kind", flat=True)
    capsys.readouterr()
    call_command("administrator", "Pirmā Pārzine", "PIRMA@example.invalid")
    assert "/reizi/" not in capsys.readouterr().out, "a link to an account in use"
    assert Event.objects.filter(verb="post_given_on_the_machine", actor=None).count() == 2
    with pytest.raises(CommandError):
        call_command("administrator", "Bez Adreses", "nekas")
