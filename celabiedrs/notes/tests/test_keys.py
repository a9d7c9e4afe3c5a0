"""Another key for private notes, and nobody has read a note or heard how many there are (CNF-1, R14)."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from celabiedrs.lib.sealing import rotation
from celabiedrs.notes.models import PrivateNote
from celabiedrs.notes.tests.test_notes import CANARY, EVENING, written
from tests.cast import at
from tests.cast.programme import Cast


def rotated() -> str:
    said = StringIO()
    call_command("keys", stdout=said)
    return said.getvalue()


def test_after_it_the_old_key_may_go(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)
    settings.NOTES_KEYS = ["vecā"]
    for number in range(5):
        written(cast, f"{CANARY} {number}")
    settings.NOTES_KEYS = ["jaunā", "vecā"]
    said = rotated()
    assert "notes.PrivateNote.text: 100%" in said
    assert "can be taken out" in said
    assert CANARY not in said
    settings.NOTES_KEYS = ["jaunā"]
    assert {note.text for note in PrivateNote.objects.all()} == {f"{CANARY} {number}" for number in range(5)}


def test_how_many_notes_there_are_is_not_said(cast: Cast, settings: Any) -> None:
    written(cast)
    few = rotated()
    for number in range(7):
        written(cast, str(number))
    assert rotated() == few
    settings.NOTES_KEYS = ["sveša"]
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("keys", stdout=said)
    assert "notes.PrivateNote.text: NOT all open with the first key" in said.getvalue()


def test_a_note_whose_key_is_missing_says_so_and_keeps_no_other_from_being_read(
    cast: Cast, settings: Any
) -> None:
    settings.NOTES_KEYS = ["vecā"]
    closed = written(cast)
    settings.NOTES_KEYS = ["jaunā"]
    written(cast, "Otra")
    client = Client()
    with at(EVENING):
        client.force_login(cast.ilze.user)
        page = client.get(reverse("notes:plan", args=[cast.plan.public_id])).content.decode()
        assert "Otra" in page
        assert "nevar atvērt" in page
        change = client.get(reverse("notes:change", args=[closed.public_id]))
        assert change.status_code == 409
        assert "nevar atvērt" in change.content.decode()
        assert client.post(reverse("notes:erase", args=[closed.public_id])).status_code == 302
    assert PrivateNote.objects.get().text == "Otra"
