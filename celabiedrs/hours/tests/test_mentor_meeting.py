"""Ilze finishes a meeting: what is stored, what is refused, and that nothing typed is lost."""

import re
import uuid
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from celabiedrs.hours.models import Meeting, Outcome
from celabiedrs.lib import clock
from celabiedrs.plans.words import PlanState
from tests.cast.meetings import Cast, put_meeting, put_plan

FORM = {
    "outcome": "held",
    "day": "2026-10-12",
    "start": "15:00",
    "hours": "2",
    "topic_pick": "Emocijas un stress",
}


def post(phone: Client, cast: Cast, **changes: str) -> Any:
    return phone.post(reverse("hours:record", args=[cast.janis.public_id]), FORM | changes)


def text_of(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def test_a_meeting_is_written_down_and_goes_to_the_learner(phone: Client, cast: Cast) -> None:
    answer = post(phone, cast)
    row = Meeting.objects.get()
    assert (row.hours, row.topic, row.held_on) == (2, "Emocijas un stress", date(2026, 10, 12))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("hours:sign", args=[row.public_id])


def test_with_one_learner_four_taps_are_enough(phone: Client, cast: Cast) -> None:
    """Learner (the page), hours, topic, button: day is today, the start is counted back from now."""
    phone.post(
        reverse("hours:record"),
        {
            "outcome": "held",
            "day": "2026-10-12",
            "hours": "3",
            "topic_pick": "Radošs darbs",
            "start": "",
            "end": "",
        },
    )
    row = Meeting.objects.get()
    assert f"{row.starts_at.astimezone(clock.RIGA):%H:%M}" == "15:00"
    assert f"{row.ends_at.astimezone(clock.RIGA):%H:%M}" == "17:00"


def test_with_several_learners_one_is_chosen(phone: Client, cast: Cast) -> None:
    other = put_plan(cast.school, cast.mentor, "Rūta Liepiņa")
    url = reverse("hours:record")
    answer = phone.post(url, FORM)
    assert answer.status_code == 422
    assert "Jāizvēlas izglītojamais." in text_of(answer)
    phone.post(url, FORM | {"plan": str(other.public_id)})
    assert Meeting.objects.get().plan == other


def test_the_limit_is_shown_before_it_bites(phone: Client, cast: Cast) -> None:
    for day in (5, 6, 7):
        put_meeting(cast.janis, date(2026, 10, day), 6, topic=f"Diena {day}")
    assert "atlikušas 2 st." in text_of(phone.get(reverse("hours:record", args=[cast.janis.public_id])))
    answer = post(phone, cast, hours="3")
    assert answer.status_code == 422
    assert "/noteikumi/#TG-5" in text_of(answer)


def test_own_words_stand_beside_the_tile(phone: Client, cast: Cast) -> None:
    post(phone, cast, topic="saruna par <dusmām>")
    assert Meeting.objects.get().topic == "Emocijas un stress: saruna par <dusmām>"


def test_the_end_stands_in_the_place_of_the_hours(phone: Client, cast: Cast) -> None:
    post(phone, cast, hours="", end="16:40")
    row = Meeting.objects.get()
    assert (row.hours, f"{row.ends_at.astimezone(clock.RIGA):%H:%M}") == (2, "16:40")


@pytest.mark.parametrize(
    ("typed", "clause"),
    [
        ("0", "LOG-4"),
        ("-1", "LOG-4"),
        ("1,5", "LOG-5"),
        ("1.5", "LOG-5"),
        ("½", "LOG-5"),
        ("99999999", "LOG-4"),
        ("25", "LOG-4"),
        ("divas", "LOG-4"),
        ("", "LOG-4"),
    ],
)
def test_hours_that_are_no_hours_are_refused_with_the_rule(
    phone: Client, cast: Cast, typed: str, clause: str
) -> None:
    answer = post(phone, cast, hours="more", hours_more=typed, topic="Gara saruna par nākotni")
    text = text_of(answer)
    assert answer.status_code == 422
    assert f"/noteikumi/#{clause}" in text
    assert f'value="{typed}"' in text
    assert "Gara saruna par nākotni" in text
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("typed", ["2 st.", "٢", " 2 ", "2,0"])
def test_hours_in_other_clothes_are_read(phone: Client, cast: Cast, typed: str) -> None:
    post(phone, cast, hours="more", hours_more=typed)
    assert Meeting.objects.get().hours == 2


@pytest.mark.parametrize(
    ("changes", "clause"),
    [
        ({"day": "2026-10-13"}, "LOG-1"),
        ({"start": "16:00"}, "LOG-1"),
        ({"day": "more", "day_more": "31.02.2026."}, "LOG-2"),
        ({"day": "more", "day_more": "2026-08-31"}, "IAP-2"),
        ({"day": "2026-10-11", "start": ""}, "CON-9"),
        ({"topic_pick": ""}, "LOG-6"),
        ({"topic": "x" * 250}, "LOG-6"),
        ({"outcome": "maybe"}, "PAY-5"),
        ({"start": "25:00"}, "CON-9"),
    ],
)
def test_a_refusal_names_its_rule_and_keeps_what_was_typed(
    phone: Client, cast: Cast, changes: dict[str, str], clause: str
) -> None:
    answer = post(phone, cast, **changes)
    text = text_of(answer)
    assert answer.status_code == 422
    assert f"/noteikumi/#{clause}" in text
    for typed in changes.values():
        if typed not in ("more", "", "maybe"):
            assert typed in text
    assert not Meeting.objects.exists()


def test_a_learner_who_did_not_come_counts_nothing_and_signs_nothing(phone: Client, cast: Cast) -> None:
    answer = post(phone, cast, outcome="learner_absent", hours="", topic_pick="")
    row = Meeting.objects.get()
    assert (row.outcome, row.hours) == (Outcome.LEARNER_ABSENT, 0)
    assert answer["Location"] == reverse("hours:month", args=[cast.janis.public_id, date(2026, 10, 1)])


def test_a_form_posted_twice_has_one_effect(phone: Client, cast: Cast) -> None:
    key = str(uuid.uuid4())
    first, second = post(phone, cast, once=key), post(phone, cast, once=key)
    assert Meeting.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_a_suspended_plan_takes_earlier_days_only(phone: Client, cast: Cast) -> None:
    url = reverse("hours:record", args=[cast.markuss.public_id])
    answer = phone.post(url, FORM | {"topic": "Gara saruna"})
    text = text_of(answer)
    assert answer.status_code == 409
    assert "Plāns ir apturēts" in text
    assert "Gara saruna" in text
    assert phone.post(url, FORM | {"day": "more", "day_more": "2026-10-01"}).status_code == 302


def test_a_withdrawn_plan_is_not_there(phone: Client, cast: Cast) -> None:
    cast.janis.state = PlanState.WITHDRAWN
    cast.janis.save(update_fields=["state"])
    assert phone.get(reverse("hours:record", args=[cast.janis.public_id])).status_code == 404


def test_a_deleted_link_is_not_there(phone: Client, cast: Cast) -> None:
    for name in ("record", "meeting", "change", "sign", "sign-mentor", "plan"):
        assert phone.get(reverse(f"hours:{name}", args=[uuid.uuid4()])).status_code == 404


def test_yesterdays_session_goes_to_the_sign_in_and_stores_nothing(cast: Cast) -> None:
    answer = post(Client(), cast)
    assert answer.status_code == 302
    assert "/ienakt/" in answer["Location"]
    assert not Meeting.objects.exists()


def test_the_form_keeps_its_text_on_the_device(phone: Client, cast: Cast) -> None:
    text = text_of(phone.get(reverse("hours:record", args=[cast.janis.public_id])))
    assert re.search(r'<form[^>]*data-keep="record-', text)


def change_form(row: Meeting, **changes: str) -> dict[str, str]:
    form = {"outcome": "held", "day": row.held_on.isoformat(), "start": "15:00", "hours": str(row.hours)}
    return form | {"topic": row.topic, "end": "", "reason": "", "version": str(row.version)} | changes


def test_a_change_of_a_signed_row_says_before_that_signatures_become_void(phone: Client, cast: Cast) -> None:
    row = put_meeting(cast.janis, date(2026, 10, 9))
    url = reverse("hours:change", args=[row.public_id])
    assert "Abi paraksti zaudēs spēku" in text_of(phone.get(url))
    refused = phone.post(url, change_form(row, hours="1"))
    assert refused.status_code == 422
    assert "/noteikumi/#LOG-7" in text_of(refused)
    phone.post(url, change_form(row, hours="1", reason="Beidzām agrāk"))
    row.refresh_from_db()
    assert (row.hours, row.learner_means, row.mentor_means) == (1, "", "")


def test_two_windows_see_both_texts(phone: Client, cast: Cast) -> None:
    row = put_meeting(cast.janis, date(2026, 10, 9), signed=False)
    url = reverse("hours:change", args=[row.public_id])
    phone.post(url, change_form(row, topic="Pirmais logs"))
    answer = phone.post(url, change_form(row, topic="Otrais logs"))
    text = text_of(answer)
    assert answer.status_code == 409
    assert "Pirmais logs" in text
    assert "Otrais logs" in text
    row.refresh_from_db()
    assert row.topic == "Pirmais logs"


def test_a_reason_too_long_changes_nothing(phone: Client, cast: Cast) -> None:
    row = put_meeting(cast.janis, date(2026, 10, 9))
    answer = phone.post(
        reverse("hours:change", args=[row.public_id]), change_form(row, hours="1", reason="x" * 400)
    )
    row.refresh_from_db()
    assert (answer.status_code, row.hours) == (422, 2)


def test_a_row_is_voided_with_a_reason_and_stays_to_be_seen(phone: Client, cast: Cast) -> None:
    row = put_meeting(cast.janis, date(2026, 10, 9))
    url = reverse("hours:void", args=[row.public_id])
    assert phone.post(url, {"reason": ""}).status_code == 422
    phone.post(url, {"reason": "Ierakstīts pie cita"})
    row.refresh_from_db()
    assert row.voided_at is not None
    assert "Ierakstīts pie cita" in text_of(phone.get(reverse("hours:meeting", args=[row.public_id])))
    assert phone.post(url, {"reason": "Vēlreiz"}).status_code == 409
