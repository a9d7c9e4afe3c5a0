"""Staff reach no page of work without a second factor; mentors may have one (A5, A6)."""

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client, TestCase
from django.urls import reverse

from celabiedrs.lib import clock
from celabiedrs.lib.outbox.models import Message
from celabiedrs.people.actions.recovery import agree_reset, open_notes, propose_reset
from celabiedrs.people.models import FactorSecret, Post, Role, User
from celabiedrs.rules.breach import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.get_may_write("mfa_authenticator")]
PASSWORD = "zils ledus virs upes"


@pytest.fixture(autouse=True)
def in_service(settings: Any) -> None:
    settings.SECOND_FACTOR = True
    cache.clear()


def person(name: str, role: str = "") -> User:
    made = User.objects.create_user(email=f"{name.lower()}@example.invalid", name=name, password=PASSWORD)
    if role:
        Post.objects.create(person=made, role=role, since=date(2026, 1, 1))
    return made


@pytest.fixture
def sandra() -> User:
    return person("Sandra", Role.SUPERVISOR)


def signed_in(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def code_of(secret: str) -> str:
    cache.clear()  # a code works once: here the same one stands for the next
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def add_app(client: Client) -> str:
    """Add the codes of an app; returns their secret."""
    url = reverse("mfa_activate_totp")
    secret = str(client.get(url).context["form"].secret)
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post(url, {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def test_who_holds_a_post_adds_a_factor_before_any_page_of_work(sandra: User) -> None:
    client = signed_in(sandra)
    for page in ("/", "/supervizija/", reverse("people:posts")):
        assert client.get(page)["Location"] == reverse("mfa_index")
    assert client.post("/zinas/").status_code == 302
    assert client.get(reverse("mfa_index")).status_code == 200
    secret = add_app(client)
    asked = client.get("/")
    assert asked["Location"].startswith(reverse("mfa_reauthenticate"))
    assert client.get(asked["Location"]).status_code == 200
    assert client.post(asked["Location"], {"code": "000000"}).status_code == 200
    assert client.get("/").status_code == 302, "a wrong code opened"
    assert client.post(asked["Location"], {"code": code_of(secret)})["Location"] == "/"
    assert client.get("/").status_code == 200


def test_without_the_guard_staff_come_in_without_one(sandra: User, settings: Any) -> None:
    """The proof of the proof."""
    settings.SECOND_FACTOR = False
    assert signed_in(sandra).get("/").status_code == 200


def test_the_next_sign_in_asks_for_it_before_there_is_a_session(sandra: User) -> None:
    secret = add_app(signed_in(sandra))
    client = Client()
    answer = client.post(reverse("account_login"), {"login": sandra.email, "password": PASSWORD})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 302
    assert client.get("/").status_code == 200


def test_a_recovery_code_works_once_and_is_shown_once(sandra: User) -> None:
    client = signed_in(sandra)
    add_app(client)
    shown = client.get(reverse("mfa_view_recovery_codes"))
    codes = shown.context["unused_codes"]
    assert len(codes) == 10
    for expected in (302, 200):
        other = Client()
        other.post(reverse("account_login"), {"login": sandra.email, "password": PASSWORD})
        answer = other.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert answer.status_code == expected
    later = signed_in(sandra)
    later.post(reverse("mfa_authenticate"), {"code": codes[1]})
    page = later.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert not any(code in page for code in codes)


def test_the_secret_lies_sealed_and_the_owner_is_told(sandra: User) -> None:
    secret = add_app(signed_in(sandra))
    kept = Authenticator.objects.get(user=sandra, type="totp").data["secret"]
    assert secret not in kept
    assert FactorSecret.objects.get(pk=int(kept)).text == secret
    assert Message.objects.filter(to=sandra, kind="factor_changed").exists()


def test_who_holds_a_post_keeps_the_last_factor(sandra: User) -> None:
    client = signed_in(sandra)
    secret = add_app(client)
    client.post(reverse("mfa_reauthenticate"), {"code": code_of(secret)})
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert answer.status_code == 200
    assert Authenticator.objects.filter(user=sandra, type="totp").exists()


def test_a_factor_taken_away_bites_on_the_next_request(sandra: User) -> None:
    client = signed_in(sandra)
    secret = add_app(client)
    client.post(reverse("mfa_reauthenticate"), {"code": code_of(secret)})
    assert client.get("/").status_code == 200
    Authenticator.objects.filter(user=sandra).delete()
    assert client.get("/")["Location"] == reverse("mfa_index")


def test_a_mentor_signs_in_without_one_and_with_one_only_by_it() -> None:
    mentor = person("Martins")
    client = signed_in(mentor)
    assert client.get("/").status_code == 200
    add_app(client)
    assert client.get("/")["Location"].startswith(reverse("mfa_reauthenticate"))


def test_a_stolen_session_of_an_hour_ago_adds_no_factor(sandra: User) -> None:
    now = clock.now()
    client = signed_in(sandra)
    client.get("/")
    with clock.at(now + timedelta(minutes=20)):
        assert reverse("account_reauthenticate") in client.get(reverse("mfa_activate_totp"))["Location"]


def test_a_session_gets_a_new_id_at_sign_in_and_all_others_can_be_ended(sandra: User, settings: Any) -> None:
    settings.SECOND_FACTOR = False
    client = Client()
    client.get(reverse("account_login"))
    before = client.session.session_key
    first, second = signed_in(sandra), signed_in(sandra)
    assert first.session.session_key not in (None, before)
    url = reverse("people:devices")
    assert first.get(url).content.decode().count('class="card"') == 2
    assert first.post(url).status_code == 302
    assert second.get("/").status_code == 302
    assert first.get("/").status_code == 200


def test_a_reset_takes_the_factors_and_only_an_old_recovery_code_opens_the_notes(sandra: User) -> None:
    client = signed_in(sandra)
    add_app(client)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    anna, juris = (person(name, Role.PROGRAMME_ADMINISTRATOR) for name in ("Anna", "Juris"))
    agree_reset(by=juris, reset=propose_reset(by=anna, person=sandra, reason="Pazaudēts").thing)
    assert not Authenticator.objects.filter(user=sandra).exists()
    for wrong in ("", "12345678", codes[0][:-1]):
        with pytest.raises(Refused):
            open_notes(by=sandra, code=wrong)
    assert User.objects.get(pk=sandra.pk).notes_closed_at is not None
    open_notes(by=sandra, code=f" {codes[3][:4]} {codes[3][4:]} ")
    assert User.objects.get(pk=sandra.pk).notes_closed_at is None
