"""The pages of private notes: for their author alone, and without a trace (CNF-1). It is the evening of 06.10.2026."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from celabiedrs.lib.audit.models import Event, Look
from celabiedrs.lib.once.models import PostedKey
from celabiedrs.lib.outbox.models import Message
from celabiedrs.notes.models import PrivateNote
from celabiedrs.notes.tests.test_notes import CANARY, EVENING, switch, written
from tests.cast import at, signed_in
from tests.cast.programme import Cast


@pytest.fixture
def evening(cast: Cast) -> Iterator[None]:
    with at(EVENING):
        yield


def write(cast: Cast, text: str = CANARY, **more: Any) -> Any:
    return signed_in(cast.ilze.user).post(
        reverse("notes:plan", args=[cast.plan.public_id]), {"text": text, **more}
    )


@pytest.mark.usefixtures("evening")
class TestInTheEvening:
    def test_the_page_says_in_plain_words_who_reads_and_until_when(self, cast: Cast) -> None:
        page = signed_in(cast.ilze.user).get(reverse("notes:plan", args=[cast.plan.public_id]))
        said = page.content.decode()
        for words in ("Lasi tikai tu", "ne skola", "ne administrators", "ne vecāki", "šifrēt", "18.06.2027."):
            assert words in said
        assert "ienasgrāmat" not in said
        assert page["Cache-Control"] == "no-store, private"

    def test_a_note_is_written_read_changed_and_erased_by_its_author(self, cast: Cast) -> None:
        plan = reverse("notes:plan", args=[cast.plan.public_id])
        assert write(cast)["Location"] == plan
        client = signed_in(cast.ilze.user)
        assert CANARY in client.get(plan).content.decode()
        note = PrivateNote.objects.get()
        change, erase = (reverse(f"notes:{act}", args=[note.public_id]) for act in ("change", "erase"))
        assert CANARY in client.get(change).content.decode()
        client.post(change, {"text": "Cits"})
        assert PrivateNote.objects.get().text == "Cits"
        assert "Neatgriezeniski" in client.get(erase).content.decode()
        assert client.post(erase)["Location"] == plan
        assert not PrivateNote.objects.exists()

    def test_no_page_leaves_a_trace(self, cast: Cast) -> None:
        tables = (Event, Look, Message, PostedKey)
        before = [table.objects.count() for table in tables]
        write(cast, once=str(uuid.uuid4()))
        note, client = PrivateNote.objects.get(), signed_in(cast.ilze.user)
        for name in ("notes:change", "notes:erase"):
            address = reverse(name, args=[note.public_id])
            client.get(address)
            client.post(address, {"text": "Cits", "once": str(uuid.uuid4())})
        client.get(reverse("notes:notes"))
        assert [table.objects.count() for table in tables] == before

    def test_a_note_sent_twice_is_one_note(self, cast: Cast) -> None:
        key = str(uuid.uuid4())
        assert [write(cast, once=key).status_code for _ in range(2)] == [302, 302]
        assert PrivateNote.objects.count() == 1

    def test_the_key_of_another_persons_note_opens_and_tells_nothing(self, cast: Cast) -> None:
        write(cast)
        theirs = PrivateNote.objects.get()
        other = cast.planned(cast.learner("Pēteris"), cast.andris, cast.contracted(cast.andris, cast.school))
        address = reverse("notes:plan", args=[other.public_id])
        answer = signed_in(cast.andris.user).post(address, {"text": "Mans", "once": str(theirs.public_id)})
        assert answer.status_code == 302
        assert {note.text for note in PrivateNote.objects.all()} == {CANARY, "Mans"}

    def test_an_empty_note_is_refused_and_what_was_typed_stays_after_a_refusal(self, cast: Cast) -> None:
        answer = write(cast, " ")
        assert answer.status_code == 422
        assert "Piezīme ir tukša" in answer.content.decode()
        too_long = write(cast, CANARY * 1000)
        assert too_long.status_code == 422
        assert CANARY in too_long.content.decode()

    def test_the_browser_is_asked_to_keep_and_to_send_nothing(self, cast: Cast) -> None:
        page = (
            signed_in(cast.ilze.user).get(reverse("notes:plan", args=[cast.plan.public_id])).content.decode()
        )
        box = re.search(r"<textarea[^>]*>", page)
        assert box
        for told in ('autocomplete="off"', 'spellcheck="false"', "data-keep-never"):
            assert told in box[0]
        assert "data-keep=" not in page

    def test_home_and_today_say_nothing_of_a_note(self, cast: Cast) -> None:
        client = signed_in(cast.ilze.user)
        pages = ("desk:home", "hours:today")
        before = [bare(client.get(reverse(name)).content.decode()) for name in pages]
        write(cast)
        assert [bare(client.get(reverse(name)).content.decode()) for name in pages] == before

    def test_where_notes_are_switched_off_there_is_no_way_in(self, cast: Cast) -> None:
        switch(on=False)
        client = signed_in(cast.ilze.user)
        assert reverse("notes:notes") not in client.get("/").content.decode()
        assert client.get(reverse("notes:notes")).status_code == 404
        assert client.get(reverse("notes:plan", args=[cast.plan.public_id])).status_code == 404
        assert write(cast).status_code == 404

    def test_where_notes_are_switched_off_what_stands_is_still_erased(self, cast: Cast) -> None:
        note = written(cast)
        switch(on=False)
        client = signed_in(cast.ilze.user)
        assert reverse("notes:notes") in client.get("/").content.decode()
        page = client.get(reverse("notes:plan", args=[cast.plan.public_id])).content.decode()
        erase = reverse("notes:erase", args=[note.public_id])
        assert erase in page and "<textarea" not in page
        assert write(cast).status_code == 422
        assert client.get(reverse("notes:change", args=[note.public_id])).status_code == 404
        assert client.post(erase)["Location"] == "/"
        assert client.get(reverse("notes:notes")).status_code == 404

    def test_for_everybody_else_it_is_as_if_there_were_nothing(self, cast: Cast) -> None:
        note = written(cast)
        cast.change_mentor(cast.plan, cast.andris, "2026-10-05 09:00")
        missing = str(uuid.uuid4())
        for person in (cast.andris.user, cast.head, cast.officer, cast.admin, cast.auditor):
            client = signed_in(person)
            for act in ("change", "erase"):
                for ask in (client.get, client.post):
                    there = ask(reverse(f"notes:{act}", args=[note.public_id]))
                    gone = ask(reverse(f"notes:{act}", args=[missing]))
                    assert (there.status_code, bare(there.content.decode())) == (
                        404,
                        bare(gone.content.decode()),
                    )
        assert (
            CANARY
            not in signed_in(cast.andris.user)
            .get(reverse("notes:plan", args=[cast.plan.public_id]))
            .content.decode()
        )


def bare(page: str) -> str:
    """A page without what differs each time."""
    return re.sub(
        r'name="(csrfmiddlewaretoken|once)" value="[^"]+"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', "", page
    )


def test_after_the_day_of_erasing_nothing_is_written(cast: Cast) -> None:
    cast.end(cast.plan, "2026-10-07 12:00")
    with at("2027-04-06 12:00"):
        assert (
            "07.04.2027."
            in signed_in(cast.ilze.user)
            .get(reverse("notes:plan", args=[cast.plan.public_id]))
            .content.decode()
        )
    with at("2027-04-07 12:00"):
        assert write(cast).status_code == 409
