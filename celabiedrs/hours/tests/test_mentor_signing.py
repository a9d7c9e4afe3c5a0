"""Both sign on one phone."""

import base64
import io
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageDraw

from celabiedrs.hours.actions import change_meeting
from celabiedrs.hours.models import Meeting, MeetingSignature, Party
from celabiedrs.lib import clock
from celabiedrs.lib.signing.models import Means
from celabiedrs.places.facts import new_edition
from celabiedrs.places.models import ProgrammeSetting
from tests.cast.meetings import Cast, put_meeting, put_plan


def drawing(size: tuple[int, int] = (300, 120), kind: str = "PNG") -> str:
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).line([(10, 10), (200, 80)], fill="black", width=3)
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


@pytest.fixture
def row(cast: Cast) -> Meeting:
    return put_meeting(
        cast.janis, date(2026, 10, 12), signed=False, start="15:00", topic="Karjeras dienasgrāmata"
    )


def sign(phone: Client, row: Meeting, party: str = "learner", **given: str) -> Any:
    url = reverse("hours:sign" if party == "learner" else "hours:sign-mentor", args=[row.public_id])
    row.refresh_from_db()
    return phone.post(url, {"answer": "right", "content_hash": row.content_hash()} | given)


def page(phone: Client, name: str, row: Meeting) -> str:
    return phone.get(reverse(f"hours:{name}", args=[row.public_id])).content.decode()


def test_both_sign_the_learner_draws_and_the_mentor_types(phone: Client, row: Meeting) -> None:
    answer = sign(phone, row, learner_image=drawing())
    assert answer["Location"] == reverse("hours:hand-back", args=[row.public_id])
    assert reverse("hours:sign-mentor", args=[row.public_id]) in page(phone, "hand-back", row)
    answer = sign(phone, row, "mentor", mentor_typed="Ilze Ozola")
    row.refresh_from_db()
    assert row.signed_by_both
    assert answer["Location"] == reverse("hours:today")
    drawn = MeetingSignature.objects.get(party=Party.LEARNER)
    assert bytes(drawn.drawing or b"").startswith(b"\x89PNG")
    assert drawn.content_hash == row.content_hash()
    assert MeetingSignature.objects.get(party=Party.MENTOR).typed_name == "Ilze Ozola"


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"learner_typed": "J"},
        {"learner_typed": "12 34"},
        {"learner_image": "data:image/png;base64,zzzz"},
        {"learner_image": "data:image/png;base64,aGVsbG8="},
        {"learner_image": "data:text/html;base64,aGVsbG8="},
        {"learner_image": drawing(kind="JPEG")},
        {"learner_image": drawing((5000, 20))},
        {"learner_image": "data:image/png;base64," + "A" * 200_000},
        {"learner_image": "javascript:alert(1)", "learner_typed": "Jānis Paraugs"},
    ],
)
def test_what_is_no_signature_is_not_taken(phone: Client, row: Meeting, given: dict[str, str]) -> None:
    answer = sign(phone, row, **given)
    assert answer.status_code == 422
    assert 'href="#learner_typed"' in answer.content.decode()
    assert not MeetingSignature.objects.exists()
    if "learner_typed" in given:
        assert f'value="{given["learner_typed"]}"' in answer.content.decode()


def test_in_the_learners_hand_nothing_leads_to_the_mentors_pages(
    phone: Client, cast: Cast, row: Meeting
) -> None:
    put_plan(cast.school, cast.mentor, "Rūta Liepiņa")
    allowed = {reverse("hours:hand-back", args=[row.public_id]), "#main"}
    html = page(phone, "sign", row)
    assert set(re.findall(r'<a [^>]*href="([^"]+)"', html)) <= allowed
    for seen in (html, page(phone, "hand-back", row)):
        assert "Rūta" not in seen
        assert "Elza" not in seen
        assert "<nav" not in seen


def test_the_learners_words_are_short_and_plain(phone: Client, row: Meeting) -> None:
    """[E5] A mean sentence of at most twelve words, and no abbreviation."""
    for name in ("sign", "hand-back"):
        html = page(phone, name, row)
        plain = " ".join(re.findall(r"data-plain-words>(.*?)</div>", html, re.DOTALL))
        sentences = [
            part for part in re.split(r"[.!?](?:\s|$)", re.sub(r"<[^>]+>|\s+", " ", plain)) if part.strip()
        ]
        words = [len(sentence.split()) for sentence in sentences]
        assert words
        assert sum(words) / len(words) <= 12
        assert not re.search(r"\b(st|u\. c|utt|IAP|plkst)\.", plain)


def test_not_right_goes_back_to_the_mentor_and_signs_nothing(phone: Client, row: Meeting) -> None:
    answer = sign(phone, row, answer="wrong", learner_image=drawing())
    assert answer["Location"] == reverse("hours:hand-back", args=[row.public_id])
    row.refresh_from_db()
    assert row.disputed_at is not None
    assert not row.learner_means
    assert reverse("hours:change", args=[row.public_id]) in page(phone, "hand-back", row)
    assert "Izglītojamais saka: nav pareizi" in page(phone, "change", row)


@pytest.mark.parametrize("party", ["learner", "mentor"])
def test_a_row_that_changed_meanwhile_is_not_signed(
    phone: Client, cast: Cast, row: Meeting, party: str
) -> None:
    before = row.content_hash()
    change_meeting(by=cast.user, meeting=row, hours=1)
    answer = sign(phone, row, party, content_hash=before, **{f"{party}_typed": "Jānis Paraugs"})
    assert answer.status_code == 409
    assert "Teksts ir mainījies" in answer.content.decode()
    assert not MeetingSignature.objects.exists()


def test_a_page_without_its_hash_signs_nothing(phone: Client, row: Meeting) -> None:
    assert sign(phone, row, content_hash="", learner_typed="Jānis").status_code == 409


def test_both_may_sign_on_paper(phone: Client, row: Meeting) -> None:
    phone.post(reverse("hours:sign-paper", args=[row.public_id]), {"content_hash": row.content_hash()})
    row.refresh_from_db()
    assert (row.learner_means, row.mentor_means) == (Means.PAPER, Means.PAPER)


def test_means_that_the_programme_does_not_take_are_not_offered(phone: Client, row: Meeting) -> None:
    setting = ProgrammeSetting.objects.create(
        name="signature_means", since=date(2026, 9, 1), value=["paper"], set_at=clock.now()
    )
    new_edition()
    assert phone.get(reverse("hours:sign", args=[row.public_id])).status_code == 302
    html = page(phone, "sign-mentor", row)
    assert "data-sign-canvas" not in html
    assert reverse("hours:sign-paper", args=[row.public_id]) in html
    assert sign(phone, row, learner_typed="Jānis").status_code == 422
    setting.value = ["device"]
    setting.save(update_fields=["value"])
    new_edition()
    html = page(phone, "sign-mentor", row)
    assert reverse("hours:sign-paper", args=[row.public_id]) not in html


def test_after_the_learner_has_signed_the_page_only_hands_back(phone: Client, row: Meeting) -> None:
    sign(phone, row, learner_typed="Jānis Paraugs")
    answer = phone.get(reverse("hours:sign", args=[row.public_id]))
    assert answer["Location"] == reverse("hours:hand-back", args=[row.public_id])


def test_the_mentor_alone_is_told_whose_signature_is_missing(phone: Client, row: Meeting) -> None:
    answer = sign(phone, row, "mentor", mentor_typed="Ilze Ozola")
    assert answer["Location"] == reverse("hours:meeting", args=[row.public_id])
    text = phone.get(answer["Location"]).content.decode()
    assert "Vēl trūkst izglītojamā paraksta" in text
