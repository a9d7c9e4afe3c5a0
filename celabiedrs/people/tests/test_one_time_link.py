"""A link lets one person in, once and for a time; looking at it changes nothing."""

from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import reverse

from celabiedrs.lib import clock
from celabiedrs.lib.acts import WrongState
from celabiedrs.people.actions.sign_in import make_one_time_link, person_of_link, use_one_time_link
from celabiedrs.people.models import OneTimeLink, Post, Role, User

pytestmark = pytest.mark.django_db
ENTER = "/ienakt/reizi/"


@pytest.fixture
def inese() -> User:
    return User.objects.create_user(email="inese@example.invalid", name="Inese Vējzariņa")


def page_of(token: str) -> str:
    return reverse("people:one_time", args=[token])


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_the_link_shows_whom_it_lets_in_and_the_button_lets_in(client: Client, inese: User) -> None:
    token = make_one_time_link(person=inese)
    shown = client.get(page_of(token))
    assert shown.status_code == 200
    assert inese.name in shown.content.decode()
    assert signed_in_as(client) is None
    answer = client.post(ENTER, {"token": token})
    assert answer.status_code == 302
    assert signed_in_as(client) == str(inese.pk)


def test_looking_at_the_link_uses_nothing_up(client: Client, inese: User) -> None:
    token = make_one_time_link(person=inese)
    for _ in range(3):
        client.get(page_of(token))
        client.head(page_of(token))
    assert OneTimeLink.objects.get().used_at is None
    assert client.post(ENTER, {"token": token}).status_code == 302


def test_it_works_once(client: Client, inese: User) -> None:
    token = make_one_time_link(person=inese)
    client.post(ENTER, {"token": token})
    stranger = Client()
    assert stranger.post(ENTER, {"token": token}).status_code == 410
    assert stranger.get(page_of(token)).status_code == 410
    assert signed_in_as(stranger) is None


def test_after_a_day_it_is_over(client: Client, inese: User) -> None:
    made = datetime(2026, 11, 2, 9, 0, tzinfo=clock.RIGA)
    with clock.at(made):
        token = make_one_time_link(person=inese)
    with clock.at(made + timedelta(hours=23, minutes=59)):
        assert person_of_link(token) == inese
    with clock.at(made + timedelta(hours=24)):
        answer = client.post(ENTER, {"token": token})
        with pytest.raises(WrongState):
            use_one_time_link(token=token)
    assert answer.status_code == 410
    assert "24" in answer.content.decode()
    assert signed_in_as(client) is None


def test_who_may_not_sign_in_gets_no_way_in(client: Client, inese: User) -> None:
    token = make_one_time_link(person=inese)
    User.objects.filter(pk=inese.pk).update(is_active=False)
    assert client.post(ENTER, {"token": token}).status_code == 410


@pytest.mark.parametrize("token", ["", "x", "x" * 300, "ā'\"<b>"])
def test_what_was_never_a_link_is_told_the_same(client: Client, token: str) -> None:
    assert client.post(ENTER, {"token": token}).status_code == 410


def test_the_database_holds_no_token(inese: User) -> None:
    token = make_one_time_link(person=inese)
    assert token not in str(OneTimeLink.objects.values().get())


def test_the_session_is_a_new_one(client: Client, inese: User) -> None:
    other = User.objects.create_user(email="other@example.invalid", name="Cits Cilvēks")
    client.force_login(other)
    before = client.session.session_key
    client.post(ENTER, {"token": make_one_time_link(person=inese)})
    assert client.session.session_key != before
    assert signed_in_as(client) == str(inese.pk)
    assert not Session.objects.filter(session_key=before).exists()


def test_a_form_from_elsewhere_lets_nobody_in(inese: User) -> None:
    token = make_one_time_link(person=inese)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(ENTER, {"token": token}).status_code == 403
    assert person_of_link(token) == inese


def test_who_has_no_password_yet_is_asked_for_one(client: Client, inese: User) -> None:
    answer = client.post(ENTER, {"token": make_one_time_link(person=inese)})
    assert answer["Location"] == reverse("account_set_password")
    assert client.get(answer["Location"]).status_code == 200


@override_settings(DEMONSTRATION=True)
def test_in_the_demonstration_the_home_page_comes_at_once(client: Client, inese: User) -> None:
    answer = client.post(ENTER, {"token": make_one_time_link(person=inese)})
    assert answer["Location"] == "/"


def test_the_log_holds_no_token(client: Client, inese: User, caplog: pytest.LogCaptureFixture) -> None:
    import logging

    from config.logs import QuietFormatter

    token = make_one_time_link(person=inese)
    client.post(ENTER, {"token": token})
    caplog.clear()
    client.get(page_of(token))
    client.post(page_of(token), {"token": token})
    written = [QuietFormatter().format(record) for record in caplog.records]
    assert token not in "\n".join(written)
    record = logging.LogRecord("x", logging.WARNING, "", 1, "Gone: %s", (page_of(token),), None)
    assert token not in QuietFormatter().format(record)


def test_the_command_prints_a_link_that_works(
    client: Client, inese: User, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("signin-link", "INESE@example.invalid")
    address = capsys.readouterr().out.strip()
    assert client.get("/" + address.split("/", 3)[3]).status_code == 200


def test_the_command_serves_no_account_in_use_and_none_with_a_post(inese: User) -> None:
    User.objects.filter(pk=inese.pk).update(last_login=clock.now())
    with pytest.raises(CommandError):
        call_command("signin-link", inese.email)
    User.objects.filter(pk=inese.pk).update(last_login=None)
    Post.objects.create(person=inese, role=Role.SUPERVISOR, since=clock.today())
    with pytest.raises(CommandError):
        call_command("signin-link", inese.email)
    assert not OneTimeLink.objects.exists()
    with override_settings(DEMONSTRATION=True):
        call_command("signin-link", inese.email)


def test_the_command_knows_nobody_else() -> None:
    with pytest.raises(CommandError):
        call_command("signin-link", "nobody@example.invalid")
