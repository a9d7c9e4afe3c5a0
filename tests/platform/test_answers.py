"""Every answer: strict headers, Latvian unless English was chosen, an end to a forgotten sign-in."""

from datetime import datetime, timedelta

import pytest
from django.test import Client, override_settings

from celabiedrs.lib import clock
from celabiedrs.people.models import User

STRICT = (
    "Content-Security-Policy", "Permissions-Policy", "Referrer-Policy", "X-Content-Type-Options",
    "X-Frame-Options", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy",
)  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/ienakt/", "/nav-tadas/", "/veseliba", "/static/celabiedrs.css"])
def test_every_answer_has_strict_headers(client: Client, address: str) -> None:
    answer = client.get(address)
    assert [name for name in STRICT if name not in answer] == []
    assert "unsafe-" not in answer["Content-Security-Policy"]
    answer.close()


@pytest.mark.parametrize("address", ["/ienakt/", "/nav-tadas/", "/veseliba"])
def test_no_page_stays_in_a_cache(client: Client, address: str) -> None:
    assert "no-store" in client.get(address)["Cache-Control"]


def test_a_strange_host_gets_strict_headers_too(client: Client) -> None:
    answer = client.get("/ienakt/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert [name for name in STRICT if name not in answer] == []


def test_a_browser_that_asks_for_english_still_gets_latvian(client: Client) -> None:
    assert client.get("/ienakt/", headers={"accept-language": "en"})["Content-Language"] == "lv"


def test_who_chose_english_gets_english(client: Client) -> None:
    client.post("/valoda/", {"language": "en", "next": "/ienakt/"})
    assert client.get("/ienakt/")["Content-Language"] == "en"


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    assert client.get("/ienakt/signup/").status_code == 404


class TestSignedIn:
    START = datetime(2026, 10, 5, 9, 0, tzinfo=clock.RIGA)

    @pytest.fixture
    def ilze(self, client: Client) -> Client:
        client.force_login(User.objects.create_user("ilze@example.org", "Ilze Kalniņa", "a long password"))
        self.ask(client, 0)
        return client

    def ask(self, client: Client, minutes: int) -> bool:
        """Whether the person is signed in at that minute."""
        with clock.at(self.START + timedelta(minutes=minutes)):
            client.get("/nav-tadas/")
        return "_auth_user_id" in client.session

    def test_half_an_hour_away_ends_the_sign_in(self, ilze: Client) -> None:
        assert self.ask(ilze, 29)
        assert self.ask(ilze, 58)
        assert not self.ask(ilze, 89)

    def test_twelve_hours_end_it_whatever_happens(self, ilze: Client) -> None:
        assert all(self.ask(ilze, minute) for minute in range(20, 720, 20))
        assert not self.ask(ilze, 721)


@override_settings(DEBUG=True, SECRET_KEY="only-for-development", NOTES_KEYS=["short"], ALLOWED_HOSTS=["*"])
def test_a_start_for_service_names_everything_that_is_unsafe() -> None:
    from config.production import refusals

    named = ("CELABIEDRS_DEBUG", "CELABIEDRS_SECRET_KEY", "CELABIEDRS_NOTES_KEYS", "CELABIEDRS_HOSTS")
    told = refusals()
    assert [name for name in named if not any(name in sentence for sentence in told)] == []


@override_settings(
    DEBUG=False, SECRET_KEY="k3" + "x7Yq" * 15, NOTES_KEYS=["n5" * 30], ALLOWED_HOSTS=["a.example"]
)
def test_a_start_for_service_accepts_what_is_safe() -> None:
    from config.production import refusals

    assert refusals() == []
