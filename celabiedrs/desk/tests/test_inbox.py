"""Messages that people read: in words, unread until they say so, and one letter a week for what may wait."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from django.utils.translation import override

from celabiedrs.desk.actions.letters import send_digests, send_urgent
from celabiedrs.desk.jobs import send_urgent as send_job
from celabiedrs.desk.reading.inbox import notices, words
from celabiedrs.desk.words import KINDS, URGENT
from celabiedrs.lib import clock
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.outbox.models import Message
from celabiedrs.lib.outbox.posting import post
from celabiedrs.people.models import User
from tests.cast import at, fresh, signed_in
from tests.cast.programme import Cast

pytestmark = pytest.mark.django_db
MONDAY = "2026-10-12 06:30"


def told(cast: Cast, to: User, kind: str, **more: Any) -> Message:
    context = {"plan": str(cast.plan.public_id), "number": cast.plan.number}
    return post(to=to, kind=kind, context=context | more)


def test_ilze_reads_whom_it_is_about_and_the_coordinator_only_the_number(cast: Cast) -> None:
    with at(MONDAY):
        for person in (cast.ilze.user, cast.coordinator):
            told(cast, person, "plan_suspended")
        page = signed_in(cast.ilze.user).get(reverse("desk:notices")).content.decode()
        assert "IAP Jānis Bērziņš (IAP-T-00001) ir apturēts." in page
        page = signed_in(cast.coordinator).get(reverse("desk:notices")).content.decode()
        assert "IAP IAP-T-00001 ir apturēts." in page
        assert "Jānis" not in page


def test_looking_marks_nothing_and_opening_marks_one_and_leads_there(cast: Cast) -> None:
    with at(MONDAY):
        first, second = (
            told(cast, cast.ilze.user, "plan_suspended"),
            told(cast, cast.ilze.user, "plan_resumed"),
        )
        client = signed_in(cast.ilze.user)
        assert "Ziņas (2)" in client.get("/").content.decode()
        client.get(reverse("desk:notices"))
        assert Message.objects.filter(read_at=None).count() == 2
        answer = client.post(reverse("desk:notice", args=[first.public_id]))
        assert answer["Location"] == reverse("hours:plan", args=[cast.plan.public_id])
        assert list(Message.objects.filter(read_at=None)) == [second]
        assert "Ziņas (1)" in client.get("/").content.decode()


def test_all_are_marked_that_had_come_when_the_page_was_drawn(cast: Cast) -> None:
    with at(MONDAY):
        told(cast, cast.ilze.user, "plan_suspended")
        until = clock.now().isoformat()
    with at("2026-10-12 06:31"):
        later = told(cast, cast.ilze.user, "plan_resumed")
        client = signed_in(cast.ilze.user)
        client.post(reverse("desk:notices_read"), {"until": until})
        assert list(Message.objects.filter(read_at=None)) == [later]
        assert client.post(reverse("desk:notices_read"), {"until": "yesterday"}).status_code == 404


def test_of_a_hundred_messages_fifty_stand_on_a_page(cast: Cast) -> None:
    with at(MONDAY):
        for _ in range(60):
            told(cast, cast.ilze.user, "plan_resumed")
        client = signed_in(cast.ilze.user)
        assert client.get(reverse("desk:notices")).content.decode().count("ir atsākts.</strong>") == 50
        assert (
            client.get(reverse("desk:notices") + "?page=2").content.decode().count("ir atsākts.</strong>")
            == 10
        )


def test_a_message_of_another_person_is_not_there(cast: Cast) -> None:
    with at(MONDAY):
        row = told(cast, cast.ilze.user, "plan_suspended")
        assert (
            signed_in(cast.andris.user).post(reverse("desk:notice", args=[row.public_id])).status_code == 404
        )
    assert Message.objects.get().read_at is None


def test_every_message_is_said_in_latvian_and_in_english(cast: Cast) -> None:
    context = {"plan": "x", "number": "IAP-T-1", "month": "2026-10-01", "day": "2026-10-12", "count": 3,
               "since": "2026-10-12", "before": "2035-01-01",
               "starts_at": "2026-11-02T12:00:00+00:00"}  # fmt: skip
    for template in KINDS:
        said = {}
        for language in ("lv", "en"):
            with override(language):
                said[language] = words(template, context)
            assert "%(" not in said[language]
            assert said[language].endswith(".") or said[language].endswith("?")
        assert said["lv"] != said["en"], template


def test_a_message_of_an_older_version_is_still_a_message(cast: Cast) -> None:
    with at(MONDAY):
        row = post(to=cast.ilze.user, kind="told_by_pigeon")
    (notice,) = notices(cast.ilze.user, [row])
    assert (notice.text, notice.url) == ("Ziņa", "")


class TestLetters:
    def test_what_is_urgent_goes_at_once_and_the_rest_on_monday(self, cast: Cast) -> None:
        assert "mentor_plan_approved" in URGENT
        assert "plan_approved" not in URGENT
        with at("2026-10-08 12:00"):
            told(cast, cast.ilze.user, "month_returned")
            told(cast, cast.ilze.user, "month_verified")
            assert (send_urgent(), send_digests()) == (1, 0)
            assert (send_urgent(), send_digests()) == (0, 0)
        with at("2026-10-12 06:59"):
            assert send_digests() == 0
        with at("2026-10-12 07:00"):
            assert (send_urgent(), send_digests()) == (0, 1)
        urgent, digest = mail.outbox
        assert "nekavēties" in urgent.body
        assert digest.subject.startswith("Ceļabiedrs: nedēļas ziņas (1)")
        assert "/zinas/" in digest.body

    def test_nobody_gets_two_letters_in_a_week(self, cast: Cast) -> None:
        with at("2026-10-11 12:00"):
            told(cast, cast.ilze.user, "month_verified")
        with at("2026-10-12 07:05"):
            assert send_digests() == 1
            told(cast, cast.ilze.user, "month_verified")
        for hour in range(0, 6 * 24, 5):
            with at("2026-10-12 08:00"):
                later = clock.now() + timedelta(hours=hour)
            with clock.at(later):
                assert send_digests() == 0
        with at("2026-10-19 07:00"):
            assert send_digests() == 1

    def test_nothing_goes_when_nothing_waits_or_all_was_read(self, cast: Cast) -> None:
        with at("2026-10-11 12:00"):
            told(cast, cast.ilze.user, "month_verified")
            signed_in(cast.ilze.user).post(reverse("desk:notices_read"), {"until": clock.now().isoformat()})
        with at("2026-10-12 07:05"):
            assert send_digests() == 0
        assert mail.outbox == []

    def test_a_mail_server_that_is_down_on_monday_sends_the_week_on_tuesday_once(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def down(*_: Any) -> int:
            raise ConnectionRefusedError

        with at("2026-10-09 12:00"):
            told(cast, cast.ilze.user, "month_verified")
            told(cast, cast.ilze.user, "sheets_received")
        with monkeypatch.context() as patched, at("2026-10-12 07:00"):
            patched.setattr(EmailBackend, "send_messages", down)
            assert send_digests() == 0
            send_job.func()
        with at("2026-10-13 10:00"):
            assert send_digests() == 1
            assert send_digests() == 0
        assert len(mail.outbox) == 1

    def test_who_wants_no_weekly_letter_gets_what_is_urgent_all_the_same(self, cast: Cast) -> None:
        with at("2026-10-09 12:00"):
            client = signed_in(cast.ilze.user)
            client.post(reverse("desk:notices_digest"), {"weekly": "no"})
            told(cast, cast.ilze.user, "month_verified")
            told(cast, cast.ilze.user, "month_returned")
        with at("2026-10-12 07:00"):
            assert (send_urgent(), send_digests()) == (1, 0)
            client = signed_in(fresh(cast.ilze.user))
            assert "Nedēļas vēstule ir izslēgta" in client.get(reverse("desk:notices")).content.decode()
            client.post(reverse("desk:notices_digest"), {"weekly": "yes"})
            assert send_digests() == 1
        assert [event.facts for event in Event.objects.filter(verb="digest_chosen").order_by("pk")] == [
            {"weekly": False},
            {"weekly": True},
        ]
