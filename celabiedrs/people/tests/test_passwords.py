"""Passwords: long, nobody's first guess; wrong ones counted exactly, the right one never kept out for good (A5)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.test import Client
from django.urls import reverse

from celabiedrs.lib import clock
from celabiedrs.people.models import FailedSignIn, User

PASSWORD = "zils ledus virs upes"
HERE, THERE = "10.0.0.1", "10.0.0.2"


def person(name: str = "Tīna Jūrceļniece", address: str = "tina.jurcelniece@example.invalid") -> User:
    return User(email=address, name=name)


@pytest.mark.parametrize(
    "password",
    [
        "Tīna Jūrceļniece", "tina.jurcelniece1", "aaaaaaaaaaaaaaaa", "qwertyuiopasdfgh", "parole123456789",
        "celabiedrs123456", "skolakopiena2026", "Mentors2026!!!!!", "Ziema2026!!!!!!!", "123456789012345",
        "īsa parole", "abababababababab", "Parole-Parole-Parole", "SkolaKopiena-Mentors",
    ],
)  # fmt: skip
def test_what_anybody_would_try_first_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, person())


@pytest.mark.parametrize(
    "password", [PASSWORD, "četri sarkani vilcieni", "hK3-vv92-lq0z-PPm1", "тихая зелёная река plus"]
)
def test_four_words_and_what_a_keeper_of_passwords_makes_are_taken(password: str) -> None:
    validate_password(password, person())


def try_one(password: str, *, address: str = "tina@example.invalid", client: str = HERE) -> bool:
    """Whether this signs in."""
    answer = Client(REMOTE_ADDR=client).post(
        reverse("account_login"), {"login": address, "password": password}
    )
    return answer.status_code == 302


@pytest.fixture
def tina(db: None) -> User:
    return User.objects.create_user(email="tina@example.invalid", name="Tīna", password=PASSWORD)


def test_the_right_password_passes_from_elsewhere_and_after_a_while(tina: User) -> None:
    now = clock.now()
    for _ in range(12):
        assert not try_one("nepareiza parole", client=THERE)
    assert not try_one(PASSWORD, client=THERE), "the guard: ten wrong ones, and no more are looked at"
    assert FailedSignIn.objects.count() == 10
    assert try_one(PASSWORD), "an attacker elsewhere keeps the owner out"
    with clock.at(now + timedelta(minutes=16)):
        assert try_one(PASSWORD, client=THERE)


def test_the_client_behind_the_declared_proxy_is_counted(tina: User, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(10):
        Client(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}, {THERE}").post(
            reverse("account_login"), {"login": tina.email, "password": "nepareiza"}
        )
    behind = {"REMOTE_ADDR": "127.0.0.1"}
    for client, passes in ((THERE, False), (f"{HERE}, {THERE}", False), (f"{THERE}, {HERE}", True)):
        answer = Client(**behind, HTTP_X_FORWARDED_FOR=client).post(
            reverse("account_login"), {"login": tina.email, "password": PASSWORD}
        )
        assert (answer.status_code == 302) == passes, client


def test_a_known_and_an_unknown_person_are_answered_alike(tina: User) -> None:
    pages = [
        Client().post(reverse("account_login"), {"login": address, "password": "nepareiza parole"})
        for address in (tina.email, "nav@example.invalid")
    ]
    said = [page.context["form"].non_field_errors() for page in pages]
    assert said[0] == said[1]
    assert pages[0].status_code == pages[1].status_code


def test_letters_in_the_folder_are_their_owner_s_alone(tmp_path: Path, settings: Any) -> None:
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    backend = get_connection("celabiedrs.lib.outbox.folder.EmailBackend")
    EmailMessage("a", "b", to=["a@example.invalid"], connection=backend).send()
    folder = tmp_path / "mail"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in folder.iterdir()] == [0o600]


def test_an_unknown_way_of_running_stops_at_once() -> None:
    import os
    import subprocess
    import sys

    told = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        env={**os.environ, "CELABIEDRS_MODE": "Production"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode != 0
    assert "CELABIEDRS_MODE" in told.stderr
    assert "Traceback" not in told.stderr
