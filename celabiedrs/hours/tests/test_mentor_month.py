"""Ilze closes her month."""

import uuid
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from celabiedrs.hours.actions import return_month, submit_month, verify_month
from celabiedrs.hours.models import CooperationReview, NoMeetings, Timesheet
from celabiedrs.lib import clock
from tests.cast.meetings import Cast, put_meeting

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


def url(cast: Cast, month: date = SEPTEMBER) -> str:
    return reverse("hours:month", args=[cast.janis.public_id, month])


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def sheet() -> Timesheet:
    return Timesheet.objects.get()


def form(**given: str) -> dict[str, str]:
    return {"declared": "on", "version": str(sheet().version)} | given


def test_a_signed_month_is_submitted_with_the_declaration(phone: Client, cast: Cast) -> None:
    put_meeting(cast.janis, date(2026, 9, 15), 3)
    text = text_of(phone.get(url(cast)))
    assert "Pastaiga" in text
    assert "Abu parakstītās stundas, par kurām maksā: 3 st." in text
    assert phone.post(url(cast), form()).status_code == 302
    assert sheet().state == "submitted"
    assert "gaida skolu" in text_of(phone.get(url(cast)))


def test_without_the_declaration_it_stays(phone: Client, cast: Cast) -> None:
    put_meeting(cast.janis, date(2026, 9, 15))
    answer = phone.post(url(cast), {"version": "1"})
    assert answer.status_code == 422
    assert "/noteikumi/#CON-9" in text_of(answer)


def test_a_month_that_still_runs_says_so_before_it_is_tried(phone: Client, cast: Cast) -> None:
    put_meeting(cast.janis, date(2026, 10, 9))
    text = text_of(phone.get(url(cast, OCTOBER)))
    assert "Mēnesis vēl nav beidzies." in text
    assert "Iesniegt mēnesi" not in text
    answer = phone.post(url(cast, OCTOBER), form())
    assert (answer.status_code, sheet().state) == (422, "open")
    assert "/noteikumi/#LOG-11" in text_of(answer)


def test_unsigned_rows_are_listed_and_asked_about_once_more(phone: Client, cast: Cast) -> None:
    row = put_meeting(cast.janis, date(2026, 9, 15), signed=False)
    sign = reverse("hours:sign", args=[row.public_id])
    assert f'href="{sign}"' in text_of(phone.get(url(cast)))
    answer = phone.post(url(cast), form())
    assert (answer.status_code, sheet().state) == (200, "open")
    assert "Iesniegt bez visiem parakstiem?" in text_of(answer)
    assert "/noteikumi/#LOG-8" in text_of(answer)
    assert phone.post(url(cast), form(anyway="on")).status_code == 302
    assert sheet().state == "submitted"


def test_a_returned_month_shows_the_reason_first_and_goes_back(phone: Client, cast: Cast) -> None:
    put_meeting(cast.janis, date(2026, 9, 15))
    submit_month(by=cast.user, plan=cast.janis, month=SEPTEMBER, no_double_funding=True)
    return_month(by=cast.responsible, plan=cast.janis, month=SEPTEMBER, reason="Papīrā 1 stunda.")
    text = text_of(phone.get(url(cast)))
    assert text.index("Papīrā 1 stunda.") < text.index("Pastaiga")
    assert phone.post(url(cast), form()).status_code == 302


def test_later_it_says_verified_and_in_a_pay_run(phone: Client, cast: Cast) -> None:
    put_meeting(cast.janis, date(2026, 9, 15))
    submit_month(by=cast.user, plan=cast.janis, month=SEPTEMBER, no_double_funding=True)
    verify_month(by=cast.responsible, plan=cast.janis, month=SEPTEMBER)
    assert "skola pārbaudījusi" in text_of(phone.get(url(cast)))
    Timesheet.objects.update(settled_at=clock.now())
    assert "iekļauts izmaksā" in text_of(phone.get(url(cast)))
    assert phone.post(url(cast), form()).status_code == 409


def test_two_windows_submit_once(phone: Client, cast: Cast) -> None:
    put_meeting(cast.janis, date(2026, 9, 15))
    first = form()
    assert phone.post(url(cast), first).status_code == 302
    assert phone.post(url(cast), first).status_code == 409


def test_the_same_form_twice_answers_twice_alike(phone: Client, cast: Cast) -> None:
    put_meeting(cast.janis, date(2026, 9, 15))
    given = form(once=str(uuid.uuid4()))
    answers = [phone.post(url(cast), given) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]


def test_a_stale_month_is_not_submitted(phone: Client, cast: Cast) -> None:
    put_meeting(cast.janis, date(2026, 9, 15))
    assert phone.post(url(cast), form(version="99")).status_code == 409
    assert sheet().state == "open"


def test_no_meetings_is_said_once(phone: Client, cast: Cast) -> None:
    there = reverse("hours:no-meetings", args=[cast.janis.public_id, SEPTEMBER])
    assert "Šajā mēnesī tikšanos nebija" in text_of(phone.get(url(cast)))
    for _ in range(2):
        assert phone.post(there).status_code == 302
    assert NoMeetings.objects.count() == 1
    assert "nav tikšanos" in text_of(phone.get(reverse("hours:plan", args=[cast.janis.public_id])))


def test_no_meetings_is_not_said_over_meetings(phone: Client, cast: Cast) -> None:
    put_meeting(cast.janis, date(2026, 9, 15))
    there = reverse("hours:no-meetings", args=[cast.janis.public_id, SEPTEMBER])
    assert phone.post(there).status_code == 409


@pytest.fixture
def january(cast: Cast) -> Any:
    """The plan's last day has passed; its only meeting was in December."""
    with clock.at(datetime(2026, 12, 16, 18, 0, tzinfo=clock.RIGA)):
        put_meeting(cast.janis, date(2026, 12, 15))
    with clock.at(datetime(2027, 1, 5, 10, 0, tzinfo=clock.RIGA)):
        yield Client()


def test_the_last_month_waits_for_the_review(january: Client, cast: Cast) -> None:
    january.force_login(cast.user)
    december = url(cast, date(2026, 12, 1))
    review = reverse("closing:review", args=[cast.janis.public_id])
    text = text_of(january.get(december))
    assert review in text
    assert "Uzrakstīt izvērtējumu" in text
    assert "Iesniegt mēnesi" not in text
    assert "var iesniegt" not in text
    assert "Var iesniegt" not in text_of(january.get("/"))
    assert january.post(december, form()).status_code == 422
    wrong = january.post(review, {"text": "Labi sastrādājāmies.", "conclusions": "", "recommendation": ""})
    assert wrong.status_code == 422
    assert "Labi sastrādājāmies." in text_of(wrong)
    typed = {"text": "Labi sastrādājāmies.", "conclusions": "Aug", "recommendation": "continue"}
    assert january.post(review, typed).headers["Location"] == december
    assert "Var iesniegt" in text_of(january.get("/"))
    written = CooperationReview.objects.get()
    assert (written.cooperation, written.conclusions) == ("Labi sastrādājāmies.", "Aug")
    assert january.post(december, form()).status_code == 302
    assert january.post(review, {"text": "Citādi", "recommendation": "close"}).status_code == 409
