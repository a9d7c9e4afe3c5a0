"""Ilze hands all her timesheets to the school, Anna receives them, and the act is kept as it was issued (ARC-1)."""

from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from celabiedrs.closing import jobs
from celabiedrs.closing.actions import hand_over, receive
from celabiedrs.closing.documents import act_for_print, act_number, act_pdf, earlier_acts
from celabiedrs.closing.models import HandOver
from celabiedrs.closing.reading.handover import leaving
from celabiedrs.closing.waiting import waits
from celabiedrs.hours.models import SheetState
from celabiedrs.lib.documents.models import IssuedDocument
from celabiedrs.lib.files.storage import open_file
from celabiedrs.lib.signing.models import Means
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan
from tests.cast import at, fresh, riga, signed_in
from tests.cast.programme import Cast

pytestmark = pytest.mark.get_may_write("audit_look")
AFTER = "2027-01-05 09:00"
HANDING, RECEIVING = reverse("closing:handing"), reverse("closing:receiving")


def second(cast: Cast, name: str = "Pēteris Ozols") -> SupportPlan:
    return cast.planned(cast.learner(name), cast.ilze, cast.contract)


def states(cast: Cast) -> dict[str, str]:
    return {row.plan.learner.name: row.state for row in leaving(fresh(cast.ilze.user))}


def read(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as pages:
        return "\n".join(page.get_textpage().get_text_range() for page in pages)


def kept(document: IssuedDocument) -> bytes:
    with open_file(document.stored_file) as stored:
        return stored.read()


def test_the_mentor_sees_what_is_ready_and_what_stands_in_the_way(cast: Cast) -> None:
    cast.month(cast.plan, date(2026, 10, 1))
    waiting, empty = second(cast), second(cast, "Zane Zeme")
    cast.month(waiting, date(2026, 11, 1), SheetState.SUBMITTED)
    with at("2026-12-01 09:00"):
        assert states(cast) == {
            cast.janis.name: "early", waiting.learner.name: "waits", empty.learner.name: "empty",
        }  # fmt: skip
    with at(AFTER):
        rows = leaving(fresh(cast.ilze.user))
        assert (rows[0].state, rows[0].sheets, rows[0].hours) == ("ready", 1, 2)
        assert rows[1].waiting == (date(2026, 11, 1),)
        hand_over(by=cast.ilze.user, plan=cast.plan)
        assert states(cast)[cast.janis.name] == "handed"
        receive(by=cast.preparer, hand_over=HandOver.objects.get())
        assert states(cast)[cast.janis.name] == "received"
        cast.month(cast.plan, date(2026, 12, 1))
        assert states(cast)[cast.janis.name] == "again"


def test_a_sheet_that_was_signed_in_ink_is_counted_as_paper(cast: Cast) -> None:
    sheet = cast.month(cast.plan, date(2026, 10, 1))
    cast.month(cast.plan, date(2026, 11, 1))
    sheet.meetings.update(learner_means=Means.PAPER)
    with at(AFTER):
        (row,) = leaving(fresh(cast.ilze.user))
        act = hand_over(by=cast.ilze.user, plan=cast.plan).thing
    assert (row.sheets, row.paper) == (2, 1)
    originals = [one["original"] for one in act_for_print(act)["sheets"]]
    assert originals == ["papīrs ar parakstiem", "ieraksts šajā sistēmā"]


def test_all_learners_of_a_semester_go_in_one_sending(cast: Cast) -> None:
    other, waiting = second(cast), second(cast, "Zane Zeme")
    cast.month(cast.plan, date(2026, 9, 1))
    cast.month(other, date(2026, 10, 1))
    cast.month(waiting, date(2026, 11, 1), SheetState.SUBMITTED)
    with at(AFTER):
        client = signed_in(cast.ilze.user)
        assert len(client.get(HANDING).context["ready"]) == 2
        ticked = [str(plan.public_id) for plan in (cast.plan, other, waiting)]
        answer = client.post(HANDING, {"plan": ticked}, follow=True)
    assert set(HandOver.objects.values_list("plan", flat=True)) == {cast.plan.pk, other.pk}
    said = [str(message) for message in answer.context["messages"]]
    assert any("Zane Zeme" in text for text in said)  # refused, and said why


def test_the_preparer_receives_several_at_once_and_another_schools_none(cast: Cast) -> None:
    other = second(cast)
    with at(AFTER):
        for month, plan in ((10, cast.plan), (11, other)):
            cast.month(plan, date(2026, month, 1))
            hand_over(by=cast.ilze.user, plan=plan)
        ticked = {"act": [str(act.public_id) for act in HandOver.objects.order_by("pk")]}
        signed_in(cast.far_preparer).post(RECEIVING, ticked)
        assert not HandOver.objects.exclude(received_at=None).exists()
        signed_in(cast.preparer).post(RECEIVING, {"act": ticked["act"][:1]})
        assert HandOver.objects.exclude(received_at=None).count() == 1
        signed_in(cast.preparer).post(RECEIVING, ticked)
        assert not HandOver.objects.filter(received_at=None).exists()
        for stranger in (cast.responsible, cast.expert, cast.ilze.user):
            assert signed_in(stranger).get(RECEIVING).status_code == 403
        assert signed_in(cast.preparer).get(HANDING).status_code == 404


def test_without_its_scope_another_school_would_see_the_act(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.month(cast.plan, date(2026, 10, 1))
    with at(AFTER):
        act = hand_over(by=cast.ilze.user, plan=cast.plan).thing
        address = reverse("closing:act", args=[act.public_id])
        for stranger in (cast.far_preparer, cast.andris.user, cast.coordinator, cast.admin, cast.supervisor):
            assert signed_in(stranger).get(address).status_code == 404
        monkeypatch.setattr(
            "celabiedrs.closing.pages.handover.hand_overs_visible_to", lambda user: Q(pk__isnull=False)
        )
        assert signed_in(cast.far_preparer).get(address).status_code == 200


def test_the_act_lists_every_sheet_both_names_and_the_day_until_which_it_is_kept(cast: Cast) -> None:
    sheets = [cast.month(cast.plan, date(2026, month, 1)) for month in (10, 11)]
    with at(AFTER):
        act = hand_over(by=cast.ilze.user, plan=cast.plan).thing
        assert "Pieņemšana vēl nav apstiprināta" in read(act_pdf(act))
    with at("2027-01-08 10:30"):
        act = receive(by=cast.preparer, hand_over=act).thing
    text = read(act_pdf(act))
    for word in (
        *(sheet.code for sheet in sheets), "2026. gada oktobris", "2026. gada novembris", "Ilze Kalniņa",
        cast.preparer.name, cast.janis.name, cast.plan.number, "08.01.2027.", "31.12.2034.", "pārbaudīts",
        "2 grafiki", "rekonstrukcija",
    ):  # fmt: skip
        assert word in text, word
    assert "Pastaiga" not in text  # no topic


def test_the_act_is_tagged_and_made_to_be_kept(cast: Cast) -> None:
    cast.month(cast.plan, date(2026, 10, 1))
    with at(AFTER):
        act = hand_over(by=cast.ilze.user, plan=cast.plan).thing
    with pikepdf.open(BytesIO(act_pdf(act))) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert pdf.Root.Lang == "lv"


def test_the_act_is_issued_once_when_it_is_received(cast: Cast) -> None:
    cast.month(cast.plan, date(2026, 10, 1))
    with at(AFTER):
        act = hand_over(by=cast.ilze.user, plan=cast.plan).thing
        assert jobs.issue_received() == 0
        receive(by=cast.preparer, hand_over=act)
        address = reverse("closing:act", args=[act.public_id])
        before = signed_in(cast.ilze.user).get(address).content
        assert (jobs.issue_received(), jobs.issue_received()) == (1, 0)
        after = b"".join(signed_in(cast.ilze.user).get(address))
    document = HandOver.objects.get().document
    assert document is not None
    assert before == after == kept(document)
    assert (document.subject_kind, document.issued_by, document.superseded) == (
        "HandOver",
        cast.preparer,
        False,
    )


def test_a_later_sheet_makes_the_act_anew_and_the_older_one_is_kept(cast: Cast) -> None:
    cast.month(cast.plan, date(2026, 10, 1))
    with at("2026-11-05 09:00"):
        receive(by=cast.preparer, hand_over=hand_over(by=cast.ilze.user, plan=cast.plan).thing)
        jobs.issue_received()
    first = HandOver.objects.get().document
    assert first is not None
    bytes_of_first = kept(first)
    cast.month(cast.plan, date(2026, 12, 1))
    with at(AFTER):
        act = hand_over(by=cast.ilze.user, plan=cast.plan).thing
        assert (act.document, act_number(act)) == (None, f"{first.number}/2")
        receive(by=cast.preparer, hand_over=act)
        jobs.issue_received()
        act = HandOver.objects.get()
        assert act.document is not None and act.document.number == f"{first.number}/2"
        assert earlier_acts(act) == [first]
        client = signed_in(cast.preparer)
        address = reverse("closing:act-earlier", args=[act.public_id, first.public_id])
        assert b"".join(client.get(address)) == bytes_of_first
        assert (
            client.get(reverse("closing:act-earlier", args=[act.public_id, act.public_id])).status_code == 404
        )
        assert signed_in(cast.far_preparer).get(address).status_code == 404


def told(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_nothing_ticked_does_nothing_and_says_so(cast: Cast) -> None:
    cast.month(cast.plan, date(2026, 10, 1))
    with at(AFTER):
        assert told(signed_in(cast.ilze.user).post(HANDING, {"plan": "x"}, follow=True))
    assert not HandOver.objects.exists()


def test_home_asks_the_mentor_when_all_is_verified_and_the_preparer_until_it_is_received(cast: Cast) -> None:
    def rows(user: User) -> list[str]:
        return [row.url for row in waits(fresh(user)) if row.url in (HANDING, RECEIVING)]

    sheet = cast.month(cast.plan, date(2026, 10, 1), SheetState.SUBMITTED)
    with at("2026-12-10 09:00"):
        assert rows(cast.ilze.user) == []
    with at(AFTER):
        assert rows(cast.ilze.user) == []  # the month waits for the school
        sheet.state, sheet.verified_by, sheet.verified_at = SheetState.VERIFIED, cast.responsible, riga(AFTER)
        sheet.save()
        assert rows(cast.ilze.user) == [HANDING]
        act = hand_over(by=cast.ilze.user, plan=cast.plan).thing
        assert (rows(cast.ilze.user), rows(cast.preparer), rows(cast.far_preparer)) == ([], [RECEIVING], [])
        receive(by=cast.preparer, hand_over=act)
        assert rows(cast.preparer) == []


def test_when_all_is_handed_over_nothing_is_said_to_stand_in_the_way(cast: Cast) -> None:
    cast.month(cast.plan, date(2026, 10, 1))
    with at(AFTER):
        hand_over(by=cast.ilze.user, plan=cast.plan)
        text = signed_in(cast.ilze.user).get(HANDING).content.decode()
        assert "Viss ir nodots" in text and "kas vēl traucē" not in text
        second(cast, "Zane Zeme")
        assert "kas vēl traucē" in signed_in(cast.ilze.user).get(HANDING).content.decode()


def test_both_pages_ask_as_much_of_many_plans_as_of_one(cast: Cast) -> None:
    mentor, preparer = signed_in(cast.ilze.user), signed_in(cast.preparer)

    def statements() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as handing:
            assert mentor.get(HANDING).status_code == 200
        with CaptureQueriesContext(connection) as receiving:
            assert preparer.get(RECEIVING).status_code == 200
        return len(handing), len(receiving)

    cast.month(cast.plan, date(2026, 10, 1))
    with at(AFTER):
        hand_over(by=cast.ilze.user, plan=cast.plan)
        statements()
        before = statements()
    for name, month in (("Anna Avota", 9), ("Pēteris Ozols", 11), ("Zane Zeme", 12)):
        plan = second(cast, name)
        cast.month(plan, date(2026, month, 1))
        with at(AFTER):
            hand_over(by=cast.ilze.user, plan=plan)
    with at(AFTER):
        assert statements() == before
