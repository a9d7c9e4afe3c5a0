"""Behind the wall: a note is its author's alone (CNF-1)."""

from datetime import date

import pytest
from django.db import connection

from celabiedrs.lib.acts import NotAllowed, Refused, WrongState
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.outbox.models import Message
from celabiedrs.notes.actions import change_note, erase_due_notes, erase_note, write_note
from celabiedrs.notes.models import PrivateNote
from celabiedrs.places.facts import new_edition
from celabiedrs.places.models import ProgrammeSetting
from celabiedrs.plans.words import PlanState
from tests.cast import at
from tests.cast.programme import Cast

CANARY = "Zilais-zirneklis-7"
EVENING = "2026-10-06 18:00"


def written(cast: Cast, text: object = CANARY) -> PrivateNote:
    with at(EVENING):
        return write_note(by=cast.ilze.user, plan=cast.plan, text=text).thing


def switch(on: bool) -> None:
    with at("2026-10-01 09:00"):
        from celabiedrs.lib import clock

        ProgrammeSetting.objects.create(
            name="notes_enabled", value=on, since=date(2026, 10, 1), set_at=clock.now()
        )
        new_edition()


def test_its_author_reads_a_note_and_nobody_else_does(cast: Cast) -> None:
    written(cast)
    assert PrivateNote.objects.written_by(cast.ilze.user).get().text == CANARY
    others = (
        cast.andris.user,
        cast.responsible,
        cast.preparer,
        cast.head,
        cast.officer,
        cast.expert,
        cast.admin,
    )
    assert not any(PrivateNote.objects.written_by(person).exists() for person in others)


def test_the_next_mentor_does_not_read_what_the_former_one_wrote(cast: Cast) -> None:
    written(cast)
    cast.change_mentor(cast.plan, cast.andris, "2026-10-10 09:00")
    assert not PrivateNote.objects.written_by(cast.andris.user).exists()


def test_the_table_holds_no_readable_word(cast: Cast) -> None:
    written(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(n)::text, convert_from(sealed, 'UTF8') FROM notes_privatenote n")
        assert CANARY not in str(cursor.fetchall())


def test_a_note_leaves_no_event_and_no_message(cast: Cast) -> None:
    events, messages = Event.objects.count(), Message.objects.count()
    note = written(cast)
    with at(EVENING):
        change_note(by=cast.ilze.user, note=note, text="Cits")
        erase_note(by=cast.ilze.user, note=note)
    assert (Event.objects.count(), Message.objects.count()) == (events, messages)


def test_there_is_no_way_from_the_plan_or_the_person_to_a_note(cast: Cast) -> None:
    for thing in (cast.plan, cast.ilze, cast.ilze.user):
        ways = [field.name for field in type(thing)._meta.get_fields()]
        about_the_account = {"notes_closed_at", "notes_codes"}  # whether they are closed: no way to a note
        assert not [name for name in ways if "note" in name.lower() and name not in about_the_account]


@pytest.mark.parametrize("text", ["", " ", None, True])
def test_an_empty_note_is_refused(cast: Cast, text: object) -> None:
    with pytest.raises(Refused) as no:
        written(cast, text)
    assert no.value.clauses == ("CNF-1",)


def test_only_who_stands_or_stood_by_the_plan_writes(cast: Cast) -> None:
    cast.change_mentor(cast.plan, cast.andris, "2026-10-05 09:00")
    written(cast)
    with at(EVENING):
        for person in (cast.preparer, cast.officer, cast.admin):
            with pytest.raises(NotAllowed):
                write_note(by=person, plan=cast.plan, text=CANARY)


def test_only_its_author_changes_or_erases_a_note(cast: Cast) -> None:
    note = written(cast)
    cast.change_mentor(cast.plan, cast.andris, "2026-10-10 09:00")
    with at("2026-10-11 09:00"):
        with pytest.raises(NotAllowed):
            change_note(by=cast.andris.user, note=note, text="Cits")
        with pytest.raises(NotAllowed):
            erase_note(by=cast.andris.user, note=note)
        change_note(by=cast.ilze.user, note=note, text="Cits")
    assert PrivateNote.objects.get().text == "Cits"


def test_the_programme_can_switch_notes_off_and_what_stands_can_still_be_erased(cast: Cast) -> None:
    note = written(cast)
    switch(on=False)
    with pytest.raises(Refused) as no:
        written(cast)
    assert no.value.clauses == ("CNF-1",)
    with at(EVENING):
        erase_note(by=cast.ilze.user, note=note)
    assert not PrivateNote.objects.exists()


@pytest.mark.parametrize(("today", "kept"), [("2027-06-17 23:59", True), ("2027-06-18 00:01", False)])
def test_notes_are_erased_six_months_after_the_plan_is_closed(cast: Cast, today: str, kept: bool) -> None:
    written(cast)
    cast.end(cast.plan, "2026-12-18 12:00")
    with at(today):
        erase_due_notes()
    assert PrivateNote.objects.exists() is kept


@pytest.mark.parametrize(("today", "kept"), [("2027-06-17 23:59", True), ("2027-06-18 00:01", False)])
def test_a_plan_that_nobody_closed_counts_from_its_last_day(cast: Cast, today: str, kept: bool) -> None:
    written(cast)
    with at(today):
        erase_due_notes()
    assert PrivateNote.objects.exists() is kept


def test_notes_of_a_plan_that_goes_on_stay(cast: Cast) -> None:
    other = cast.planned(cast.learner("Pēteris"), cast.ilze, cast.contract, semester=2)
    written(cast)
    with at(EVENING):
        write_note(by=cast.ilze.user, plan=other, text="Cits")
    cast.end(cast.plan, "2026-10-10 12:00", PlanState.WITHDRAWN)
    with at("2027-04-10 01:00"):
        erase_due_notes()
    assert PrivateNote.objects.get().plan == other


def test_nothing_new_is_written_about_a_plan_whose_notes_are_erased(cast: Cast) -> None:
    cast.end(cast.plan, "2026-12-18 12:00")
    with at("2027-06-17 12:00"):
        write_note(by=cast.ilze.user, plan=cast.plan, text=CANARY)
    with at("2027-06-18 12:00"), pytest.raises(WrongState):
        write_note(by=cast.ilze.user, plan=cast.plan, text=CANARY)
