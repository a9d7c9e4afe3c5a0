"""T3: names, codes and texts of the run are seen wherever they would leave the house; each door is watched."""

import logging
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from procrastinate.contrib.django import app

from celabiedrs.lib.audit.record import record
from celabiedrs.lib.outbox.posting import post
from celabiedrs.lib.sealing.keys import seal
from config.logs import QuietFormatter
from tests.plugins.personal import WATCH, columns_of, is_personal

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.proofs.test_personal")]
NAME, CODE = "Krišjānis Kanarija", "320101-12345"


@login_not_required
def refused(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<main>{NAME} is not known here</main>", status=404)


@login_not_required
def linked(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f'<a href="/?q={NAME}">the next page</a>')


urlpatterns = [
    path("", linked, name="home"),
    path("refused/", refused),
    path("valoda/", refused, name="set_language"),
]


@pytest.fixture
def canary(db: None) -> Any:
    with WATCH.aside():
        yield get_user_model().objects.create_user(email="kanarija@example.org", name=NAME)


def test_a_log_line_is_seen(canary: Any) -> None:
    logging.getLogger("celabiedrs.lib").warning("met %s", NAME)
    assert WATCH.leaks() == [f"log: {NAME}"]


def test_the_quiet_log_leaves_out_what_was_asked_and_what_an_error_says(
    canary: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lines() -> None:
        logging.getLogger("django.request").warning("Not Found: /plani/?q=%s", NAME.replace(" ", "+"))
        try:
            raise ValueError(NAME)
        except ValueError:
            logging.getLogger("celabiedrs").exception("it went wrong")

    lines()
    assert WATCH.leaks() == []
    monkeypatch.setattr(QuietFormatter, "formatException", logging.Formatter.formatException)
    lines()
    assert WATCH.leaks() == [f"log: {NAME}"]


def test_a_letter_is_seen(canary: Any) -> None:
    EmailMessage("A message", f"Hello, {NAME}", to=["x@example.org"]).send()
    assert WATCH.leaks() == [f"letter: {NAME}"]


@pytest.mark.parametrize("address", ["/nowhere/?q=Kri%C5%A1j%C4%81nis+Kanarija", f"/nowhere/{NAME}/"])
def test_an_address_is_seen(canary: Any, address: str) -> None:
    Client().get(address)
    assert f"address: {NAME}" in WATCH.leaks()


def test_an_address_on_a_page_is_seen(canary: Any) -> None:
    Client().get("/")
    assert WATCH.leaks() == [f"address: {NAME}"]


def test_an_error_page_is_seen(canary: Any) -> None:
    Client().get("/refused/")
    assert WATCH.leaks() == [f"error page: {NAME}"]


def test_what_a_job_is_given_is_seen(canary: Any) -> None:
    app.configure_task("nobody.does", lock=None).defer(about={"who": [NAME]})
    assert WATCH.leaks() == [f"job: {NAME}"]


def test_what_a_message_holds_is_seen(canary: Any) -> None:
    post(to=canary, kind="plan_approved", context={"name": NAME})
    assert WATCH.leaks() == [f"message: {NAME}"]


def test_what_an_event_holds_is_seen(canary: Any) -> None:
    record(canary, "renamed", by=canary, name=NAME)
    assert WATCH.leaks() == [f"event: {NAME}"]


def test_a_sealed_code_is_a_persons_too(canary: Any) -> None:
    seal(CODE, purpose="codes")
    logging.getLogger("celabiedrs").warning("of %s", CODE)
    assert WATCH.leaks() == [f"log: {CODE}"]


def test_a_name_that_is_changed_or_written_in_bulk_is_known(canary: Any) -> None:
    people = get_user_model().objects
    people.filter(pk=canary.pk).update(name="Anna Kanarija")
    people.bulk_create(
        [
            get_user_model()(email=f"k{n}@example.org", name=f"Kanarija Numur{n}", joined_at=canary.joined_at)
            for n in (1, 2)
        ]
    )
    assert {"Anna Kanarija", "Kanarija Numur1", "Kanarija Numur2"} <= WATCH.personal


def test_ordinary_work_leaks_nothing(canary: Any) -> None:
    post(to=canary, kind="plan_approved", context={"number": "2026-1-00001"})
    record(canary, "seen", by=canary, day="2026-10-12")
    logging.getLogger("celabiedrs").warning("of person %s", canary.pk)
    assert WATCH.leaks() == []
    assert set(WATCH.counts) == {"message", "event", "log"}


def test_what_is_personal_and_what_is_not() -> None:
    assert [is_personal(value) for value in (NAME, CODE, "kanarija@example.org", "active", "2026-10-12", 7)] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


def test_a_statement_that_writes_elsewhere_is_left_alone() -> None:
    assert columns_of('INSERT INTO "places_region" ("name") VALUES (%s)') is None
    assert columns_of('UPDATE "people_user" SET "name" = %s WHERE "people_user"."id" = %s') == (
        "people_user", ("name",), False,
    )  # fmt: skip
