"""`celabiedrs notes-keys`: another key, and nobody has read a note (CNF-1)."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from celabiedrs.closing.tests.cast import Cast
from celabiedrs.notes import actions
from celabiedrs.notes.models import PrivateNote
from celabiedrs.notes.tests.test_notes import CANARY, written
from config.commands import BY_NAME


def rotate() -> str:
    said = StringIO()
    call_command("notes-keys", stdout=said)
    return said.getvalue()


def test_the_command_is_known_to_the_console() -> None:
    assert BY_NAME["notes-keys"].needs_database


def test_after_it_the_old_key_may_go(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    settings.NOTES_KEYS = ["vecā"]
    for number in range(5):
        written(cast, f"{CANARY} {number}")
    settings.NOTES_KEYS = ["jaunā", "vecā"]
    said = rotate()
    assert said.splitlines()[-2] == "100%"
    assert "can be taken out" in said
    assert CANARY not in said
    settings.NOTES_KEYS = ["jaunā"]
    assert {note.text for note in PrivateNote.objects.all()} == {f"{CANARY} {number}" for number in range(5)}


def test_without_it_the_old_key_may_not_go(cast: Cast, settings: Any) -> None:
    settings.NOTES_KEYS = ["vecā"]
    written(cast)
    settings.NOTES_KEYS = ["jaunā"]
    with pytest.raises(CommandError, match="Put the old key back"):
        rotate()
    settings.NOTES_KEYS = ["jaunā", "vecā"]
    assert PrivateNote.objects.get().text == CANARY


def test_how_many_notes_there_are_is_not_said(cast: Cast, settings: Any) -> None:
    written(cast)
    few = rotate()
    for number in range(7):
        written(cast, str(number))
    assert rotate() == few
