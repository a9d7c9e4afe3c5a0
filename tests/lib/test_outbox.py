"""Messages hold with their act, and go out when the mail server lets them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.outbox.models import Message
from celabiedrs.lib.outbox.posting import mark_read, messages_to, post, remind, unread_by
from celabiedrs.lib.outbox.sending import Letter, send, unsent


def send_due() -> int:
    return send(unsent(), Letter(page="/zinas/"))


def down(*_: Any) -> int:
    raise ConnectionRefusedError("mail.example refused ilze@example.org")


def test_a_message_of_an_act_that_failed_was_never_written(ilze: Any) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        post(to=ilze, kind="month_returned")
        1 / 0  # noqa: B018
    assert not Message.objects.exists()


def test_ilze_gets_one_letter_in_both_languages_without_a_name(ilze: Any, settings: Any) -> None:
    settings.ADDRESS = "https://celabiedrs.example"
    post(to=ilze, kind="month_returned", context={"month": "2026-10"})
    post(to=ilze, kind="plan_approved")
    assert send_due() == 1
    assert send_due() == 0
    (letter,) = mail.outbox
    assert letter.to == ["ilze@example.org"]
    assert "jāpieslēdzas" in letter.body
    assert "sign in" in letter.body
    assert "\nhttps://celabiedrs.example/zinas/\n" in letter.body
    assert "Ilze" not in letter.subject + letter.body
    assert "2026-10" not in letter.body
    assert [message.kind for message in messages_to(ilze)] == ["plan_approved", "month_returned"]


def test_a_later_message_waits(ilze: Any) -> None:
    post(to=ilze, kind="month_open", not_before=clock.now() + timedelta(hours=5))
    assert send_due() == 0
    assert not messages_to(ilze)
    assert unread_by(ilze) == 0
    with clock.at(clock.now() + timedelta(hours=6)):
        assert send_due() == 1
        assert unread_by(ilze) == 1


def test_a_mail_server_that_is_down_keeps_the_message_and_fails_nothing(
    ilze: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(to=ilze, kind="month_returned")
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", down)
        assert send_due() == 0
    kept = Message.objects.get()
    assert (kept.sent_at, kept.attempts, kept.last_error) == (None, 1, "ConnectionRefusedError")
    assert send_due() == 0
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert send_due() == 1
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_down_for_a_month_loses_nothing(
    ilze: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(to=ilze, kind="month_returned")
    start = clock.now()
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", down)
        for hours in range(0, 31 * 24, 7):
            with clock.at(start + timedelta(hours=hours)):
                send_due()
    assert Message.objects.get().attempts > 100
    with clock.at(start + timedelta(days=32)):
        assert send_due() == 1


def test_what_was_read_on_the_page_is_not_written_about(ilze: Any) -> None:
    post(to=ilze, kind="month_returned")
    assert mark_read(ilze) == 1
    assert send_due() == 0
    assert not mail.outbox


def test_one_message_is_marked_and_the_others_stay_unread(ilze: Any) -> None:
    first, second = post(to=ilze, kind="plan_approved"), post(to=ilze, kind="month_returned")
    assert mark_read(ilze, only=first.public_id) == 1
    assert [row.pk for row in messages_to(ilze).filter(read_at=None)] == [second.pk]


def test_ilze_is_reminded_of_one_thing_once_a_period(ilze: Any) -> None:
    assert remind(to=ilze.pk, kind="remind_month", key="month:7:0") is not None
    assert remind(to=ilze.pk, kind="remind_month", key="month:7:0") is None
    assert remind(to=ilze.pk, kind="remind_month", key="month:7:1") is not None
    assert messages_to(ilze).count() == 2


def test_nobody_writes_to_an_account_that_is_off(ilze: Any) -> None:
    ilze.is_active = False
    ilze.save()
    post(to=ilze, kind="month_returned")
    assert send_due() == 0
    assert not mail.outbox
