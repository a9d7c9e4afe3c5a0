"""Another key: every personal code opens with it once the old one is gone (GEN-2, R14)."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from celabiedrs.lib.sealing.keys import CannotOpen, fingerprint
from celabiedrs.lib.sealing.marks import check_marks
from celabiedrs.lib.sealing.models import KeyMark
from celabiedrs.plans.actions import enter_personal_code, read_out_personal_code
from celabiedrs.plans.models import Learner, PersonalCode
from config.commands import BY_NAME
from tests.cast import signed_in
from tests.cast.preparing import Cast

CODE = "010110-20011"


def entered(cast: Cast) -> Learner:
    learner = cast.learner()
    enter_personal_code(by=cast.anna, learner=learner, code=CODE)
    return learner


def rotated() -> str:
    said = StringIO()
    call_command("keys", stdout=said)
    return said.getvalue()


def start() -> str:
    """What the check at the start of web and worker says; "" where it lets them start."""
    connection.ensure_connection()
    return check_marks(connection.connection)


def test_the_command_is_known_to_the_console() -> None:
    assert BY_NAME["keys"].needs_database
    assert "notes-keys" not in BY_NAME


def test_after_it_the_old_key_may_go(cast: Cast, settings: Any) -> None:
    settings.NOTES_KEYS = ["vecā"]
    learner = entered(cast)
    settings.NOTES_KEYS = ["jaunā", "vecā"]
    said = rotated()
    assert (
        "plans.PersonalCode.code: 1 sealed, 1 open with the first key, 0 only with an older key, 0 with none"
        in said
    )
    assert CODE not in said
    settings.NOTES_KEYS = ["jaunā"]
    assert read_out_personal_code(by=cast.anna, learner=learner).thing == CODE


def test_a_row_that_no_key_opens_fails_the_command_and_stops_no_other(cast: Cast, settings: Any) -> None:
    settings.NOTES_KEYS = ["pazudusī"]
    learner = entered(cast)
    settings.NOTES_KEYS = ["vecā"]
    enter_personal_code(by=cast.anna, learner=learner, code=CODE)
    settings.NOTES_KEYS = ["jaunā", "vecā"]
    assert start() == ""
    said = StringIO()
    with pytest.raises(CommandError, match="back behind the new one"):
        call_command("keys", stdout=said)
    assert "2 sealed, 1 open with the first key, 0 only with an older key, 1 with none" in said.getvalue()
    settings.NOTES_KEYS = ["jaunā"]
    assert read_out_personal_code(by=cast.anna, learner=learner).thing == CODE


def test_what_is_written_with_the_old_key_meanwhile_is_found(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.NOTES_KEYS = ["vecā"]
    entered(cast)
    settings.NOTES_KEYS = ["jaunā", "vecā"]
    monkeypatch.setattr("celabiedrs.lib.sealing.rotation._reseal", lambda column, progress: None)
    with pytest.raises(CommandError, match="run this again"):
        rotated()


def test_a_code_whose_key_is_missing_answers_with_a_page(cast: Cast, settings: Any) -> None:
    settings.NOTES_KEYS = ["vecā"]
    learner = entered(cast)
    settings.NOTES_KEYS = ["jaunā"]
    with pytest.raises(CannotOpen):
        read_out_personal_code(by=cast.anna, learner=learner)
    client = signed_in(cast.anna)
    answer = client.post(reverse("plans:code", args=[learner.public_id]), {"show": "1"})
    assert answer.status_code == 409
    assert "nevar atvērt" in answer.content.decode()


def test_a_start_with_other_keys_is_refused_until_they_are_back(cast: Cast, settings: Any) -> None:
    settings.NOTES_KEYS = ["vecā"]
    assert start() == ""
    entered(cast)
    settings.NOTES_KEYS = ["jaunā"]
    said = start()
    assert fingerprint("vecā") in said
    assert "Put the missing key back" in said
    settings.NOTES_KEYS = ["jaunā", "vecā"]
    assert start() == ""
    rotated()
    settings.NOTES_KEYS = ["jaunā"]
    assert start() == ""
    assert KeyMark.objects.get().fingerprint == fingerprint("jaunā")


def test_a_key_lost_for_good_can_be_forgotten(cast: Cast, settings: Any) -> None:
    settings.NOTES_KEYS = ["pazudusī"]
    assert start() == ""
    settings.NOTES_KEYS = ["jaunā"]
    assert start() != ""
    call_command("keys", "--forget-missing", stdout=StringIO())
    assert start() == ""


def test_the_database_holds_no_clear_text_however_it_is_written(cast: Cast) -> None:
    learner = entered(cast)
    PersonalCode.objects.update(code=CODE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM plans_personalcode")
        assert all(b"010110" not in bytes(sealed) for (sealed,) in cursor.fetchall())
    assert read_out_personal_code(by=cast.anna, learner=learner).thing == CODE
    row = PersonalCode.objects.get()
    row.refresh_from_db()
    row.save()
    assert PersonalCode.objects.get().code == CODE
