"""Messages hold with their act, and go out when the mail server lets them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.outbox.jobs import send
from celabiedrs.lib.outbox.models import Message
from celabiedrs.lib.outbox.posting import messages_to, post, send_due


def test_a_message_of_an_act_that_failed_was_never_written(ilze: Any) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        post(to=ilze, kind="month_returned")
        1 / 0  # noqa: B018
    assert not Message.objects.exists()


def test_ilze_gets_one_letter_in_both_languages_without_a_name(ilze: Any, settings: Any) -> None:
    settings.ADDRESS = "https://celabiedrs.example/"
    post(to=ilze, kind="month_returned", context={"month": "2026-10"})
    post(to=ilze, kind="plan_approved")
    assert send_due() == 1
    assert send_due() == 0
    (letter,) = mail.outbox
    assert letter.to == ["ilze@example.org"]
    assert "jāpieslēdzas" in letter.body
    assert "sign in" in letter.body
    assert "https://celabiedrs.example/" in letter.body
    assert "Ilze" not in letter.subject + letter.body
    assert "2026-10" not in letter.body
    assert [message.kind for message in messages_to(ilze)] == ["plan_approved", "month_returned"]


def test_a_later_message_waits(ilze: Any) -> None:
    post(to=ilze, kind="month_open", not_before=clock.now() + timedelta(hours=5))
    assert send_due() == 0
    assert not messages_to(ilze)
    with clock.at(clock.now() + timedelta(hours=6)):
        assert send_due() == 1


def test_a_mail_server_that_is_down_keeps_the_message_and_fails_nothing(
    ilze: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: Any) -> int:
        raise ConnectionRefusedError("mail.example refused ilze@example.org")

    post(to=ilze, kind="month_returned")
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", down)
        send.func()
    kept = Message.objects.get()
    assert (kept.sent_at, kept.attempts, kept.last_error) == (None, 1, "ConnectionRefusedError")
    assert send_due() == 0
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert send_due() == 1
    assert len(mail.outbox) == 1


def test_nobody_writes_to_an_account_that_is_off(ilze: Any) -> None:
    ilze.is_active = False
    ilze.save()
    post(to=ilze, kind="month_returned")
    assert send_due() == 0
    assert not mail.outbox
