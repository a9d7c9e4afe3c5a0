"""The register of originals follows from what exists; where each lies is said for several at a time (DUT-4)."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db.models import Q
from django.urls import reverse

from celabiedrs.closing.actions import hand_over, place_original, receive
from celabiedrs.closing.reading.originals import (
    ACT,
    AGREEMENT,
    COMING,
    CONTRACT,
    FILE,
    INK,
    INSIDE,
    MISSING,
    NO_PLACE,
    ORDER,
    PLACED,
    RECORD,
    REQUEST,
    SHEET,
    Paper,
    contracts_as_papers,
    papers_of,
)
from celabiedrs.closing.reading.register import register_of, registers
from celabiedrs.contracts.actions import keep_copy
from celabiedrs.hours.models import SheetState
from celabiedrs.lib.acts import NotAllowed, Refused, WrongState
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.documents.models import Original
from celabiedrs.lib.files.storage import store_bytes
from celabiedrs.lib.files.uploads import ASICE
from celabiedrs.lib.signing.models import Means
from celabiedrs.people.models import Role, User
from celabiedrs.plans.actions import keep_original
from celabiedrs.plans.models import AgreementSignature, SupportPlan
from tests.cast import at, fresh, riga, signed_in
from tests.cast.programme import Cast

pytestmark = pytest.mark.get_may_write("audit_look")
AFTER = "2027-01-05 09:00"
REGISTER = reverse("closing:register")


def listed(cast: Cast) -> list[Paper]:
    return papers_of([SupportPlan.objects.get(pk=cast.plan.pk)])


def states(cast: Cast) -> list[tuple[str, str, str]]:
    return [(paper.kind, paper.what, paper.state) for paper in listed(cast)]


def one(cast: Cast, kind: str) -> Paper:
    return next(paper for paper in listed(cast) if paper.kind == kind)


def signed_file() -> Any:
    return store_bytes(b"PK made up", kind="contract", media_type=ASICE, name="ligums.asice")


def test_the_papers_of_a_plan_follow_from_what_exists(cast: Cast) -> None:
    cast.month(cast.plan, date(2026, 10, 1))
    cast.month(cast.plan, date(2026, 11, 1), SheetState.SUBMITTED)
    with at("2026-12-01 09:00"):
        assert states(cast) == [
            (REQUEST, INK, NO_PLACE),
            (AGREEMENT, INK, NO_PLACE),
            (CONTRACT, INK, NO_PLACE),
            (SHEET, RECORD, INSIDE),
            (SHEET, RECORD, COMING),
        ]


def test_what_is_missing_says_so(cast: Cast) -> None:
    cast.plan.request.delete()
    cast.plan.agreements.update(learner_signed_on=None)
    cast.month(cast.plan, date(2026, 10, 1))
    with at(AFTER):
        assert [paper.kind for paper in listed(cast) if paper.state == MISSING] == [REQUEST, AGREEMENT, ACT]
        hand_over(by=cast.ilze.user, plan=cast.plan)
        assert one(cast, ACT).state == MISSING  # the school has not received it
        receive(by=cast.preparer, hand_over=cast.plan.hand_overs.get())
        assert one(cast, ACT).state == INSIDE


def test_what_the_original_is_follows_from_how_it_was_signed(cast: Cast) -> None:
    sheet = cast.month(cast.plan, date(2026, 10, 1))
    assert one(cast, SHEET).what == RECORD
    sheet.meetings.update(mentor_means=Means.PAPER)
    assert one(cast, SHEET).what == INK
    cast.contract.scan = signed_file()
    cast.contract.save()
    assert (one(cast, CONTRACT).what, one(cast, CONTRACT).state) == (FILE, INSIDE)
    for party in ("learner", "mentor"):
        AgreementSignature.objects.create(
            agreement=cast.plan.agreements.get(), party=party, means="device", content_hash="0" * 64,
            signed_at=riga("2026-08-31 10:00"), taken_by=cast.preparer,
        )  # fmt: skip
    assert (one(cast, AGREEMENT).what, one(cast, AGREEMENT).state) == (RECORD, INSIDE)


def test_an_extension_adds_the_order_and_a_change_of_mentor_a_second_agreement(cast: Cast) -> None:
    cast.plan.extended_until, cast.plan.extended_at = date(2027, 2, 1), riga("2026-12-01 09:00")
    cast.plan.extension_order = cast.scan()
    cast.plan.save()
    cast.change_mentor(cast.plan, cast.andris, "2026-10-10 09:00")
    kinds = [(paper.kind, paper.state) for paper in listed(cast)]
    assert kinds.count((AGREEMENT, MISSING)) == 1 and kinds.count((CONTRACT, NO_PLACE)) == 2
    assert (ORDER, NO_PLACE) in kinds


def test_all_papers_of_a_plan_are_placed_together(cast: Cast) -> None:
    papers = [paper for paper in listed(cast) if paper.placeable]
    with at(AFTER):
        rows = place_original(
            by=cast.preparer, papers=papers, place="Lietvedībā, 12. mape", holder="lietvede"
        ).thing
        assert len(rows) == 3
        assert {(paper.state, paper.original.holder) for paper in listed(cast) if paper.original} == {
            (PLACED, "lietvede")
        }
        place_original(by=cast.responsible, papers=papers[:1], place="Arhīvā")
    assert sorted(Original.objects.values_list("place", flat=True)) == [
        "Arhīvā", "Lietvedībā, 12. mape", "Lietvedībā, 12. mape",
    ]  # fmt: skip
    events = Event.objects.filter(kind="Original", thread=cast.plan.public_id)
    assert events.count() == 4 and "mape" not in str(list(events.values_list("facts", flat=True)))


def test_only_the_staff_of_who_keeps_it_places_a_paper(cast: Cast) -> None:
    paper = one(cast, REQUEST)
    for stranger in (
        cast.far_preparer,
        cast.expert,
        cast.auditor,
        cast.admin,
        cast.ilze.user,
        cast.coordinator,
    ):
        with pytest.raises(NotAllowed):
            place_original(by=stranger, papers=[paper], place="Mape")
    for person in (cast.preparer, cast.responsible, cast.head):
        place_original(by=person, papers=[paper], place="Mape")


def test_without_its_guard_anybody_would_place_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("celabiedrs.closing.actions.originals.may_place", lambda user, keeper_id: True)
    place_original(by=cast.far_preparer, papers=[one(cast, REQUEST)], place="Mape")
    assert Original.objects.exists()


def test_a_place_is_asked_for_and_what_is_missing_or_inside_has_none(cast: Cast) -> None:
    with pytest.raises(Refused) as no:
        place_original(by=cast.preparer, papers=[one(cast, REQUEST)], place=" ")
    assert no.value.clauses == ("DUT-4",)
    cast.month(cast.plan, date(2026, 10, 1))
    with pytest.raises(WrongState):
        place_original(by=cast.preparer, papers=[one(cast, SHEET)], place="Mape")
    assert not Original.objects.exists()


def test_a_pdf_that_was_signed_electronically_is_said_to_be_the_original(cast: Cast) -> None:
    place_original(by=cast.preparer, papers=[one(cast, REQUEST)], place="", electronic=True)
    paper = one(cast, REQUEST)
    assert (paper.what, paper.state, paper.placeable) == (FILE, INSIDE, True)


def test_the_contracts_and_the_agreements_own_pages_say_the_same_place(cast: Cast) -> None:
    """One place is stored once: what the contract's page says stands in the register, and the other way round."""
    keep_copy(by=cast.preparer, contract=cast.contract, scan=None, originals="Seifā")
    keep_original(by=cast.preparer, agreement=cast.plan.agreements.get(), place="Mape 3")
    assert [paper.original.place for paper in listed(cast) if paper.original] == ["Mape 3", "Seifā"]
    place_original(by=cast.preparer, papers=[one(cast, CONTRACT), one(cast, AGREEMENT)], place="Arhīvā")
    assert (cast.contract.originals, cast.plan.agreements.get().original) == ("Arhīvā", "Arhīvā")
    assert Original.objects.count() == 2


class TestEmployer:
    """The contract of a youth centre lies there, the other papers at the school (CON-7, AGR-9)."""

    @pytest.fixture
    def head_of_centre(self, cast: Cast) -> User:
        contract = cast.contracted(cast.ilze, cast.centre)
        cast.plan.contract = contract
        cast.plan.save()
        cast.plan.assignments.update(contract=contract)
        return cast.person(Role.HEAD, institution=cast.centre)

    def test_who_keeps_what(self, cast: Cast, head_of_centre: User) -> None:
        keepers = {paper.kind: paper.keeper_id for paper in listed(cast)}
        assert (keepers[CONTRACT], keepers[AGREEMENT]) == (cast.centre.pk, cast.school.pk)
        with pytest.raises(NotAllowed):
            place_original(by=cast.preparer, papers=[one(cast, CONTRACT)], place="Mape")
        place_original(by=head_of_centre, papers=[one(cast, CONTRACT)], place="Centrā")

    def test_the_centre_reads_its_contracts_and_no_plan(self, cast: Cast, head_of_centre: User) -> None:
        assert registers(head_of_centre) == [cast.centre]
        assert [paper.kind for paper in register_of(head_of_centre, cast.centre)] == [CONTRACT]
        page = signed_in(head_of_centre).get(REGISTER)
        assert cast.janis.name not in page.content.decode()
        assert (
            signed_in(head_of_centre).get(reverse("closing:papers", args=[cast.plan.public_id])).status_code
            == 404
        )

    def test_one_contract_of_many_plans_stands_once(self, cast: Cast) -> None:
        cast.planned(cast.learner("Zane Zeme"), cast.ilze, cast.contract)
        papers = register_of(cast.preparer, cast.school)
        assert [paper.kind for paper in papers].count(CONTRACT) == 1
        assert len(contracts_as_papers([cast.contract])) == 1


class TestPages:
    def test_the_plans_page_places_what_is_ticked(self, cast: Cast) -> None:
        address = reverse("closing:papers", args=[cast.plan.public_id])
        client = signed_in(cast.preparer)
        page = client.get(address)
        keys = [row["paper"].key for row in page.context["rows"] if row["ticked"]]
        assert len(keys) == 3
        refused = client.post(address, {"paper": keys, "place": "", "what": "paper"})
        assert (refused.status_code, refused.context["form"].refused[0].clause) == (422, "DUT-4")
        client.post(address, {"paper": keys, "place": "12. mape", "what": "paper"})
        assert client.get(address).context["counts"]["no_place"] == 0

    def test_a_reader_who_keeps_nothing_places_nothing(self, cast: Cast) -> None:
        address = reverse("closing:papers", args=[cast.plan.public_id])
        SupportPlan.objects.update(first_submitted_at=riga("2026-08-31 09:00"))
        assert signed_in(cast.expert).get(address).status_code == 200
        assert signed_in(cast.expert).post(address, {"place": "Mape", "what": "paper"}).status_code == 403
        for stranger in (cast.ilze.user, cast.far_preparer, cast.coordinator, cast.admin, cast.auditor):
            assert signed_in(stranger).get(address).status_code == 404

    def test_without_its_scope_another_school_would_read_it(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "celabiedrs.closing.pages.originals.papers_visible_to", lambda user: Q(pk__isnull=False)
        )
        address = reverse("closing:papers", args=[cast.plan.public_id])
        assert signed_in(cast.far_preparer).get(address).status_code == 200

    def test_the_register_is_filtered_by_what_has_no_place_and_exported(self, cast: Cast) -> None:
        place_original(by=cast.preparer, papers=[one(cast, REQUEST)], place="=Mape 1")
        client = signed_in(cast.preparer)
        assert [row["paper"].kind for row in client.get(f"{REGISTER}?group=no_place").context["rows"]] == [
            AGREEMENT, CONTRACT,
        ]  # fmt: skip
        answer = client.get(reverse("closing:register-xlsx"))
        sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert len(rows) == 4
        assert rows[1][0] == cast.janis.name and rows[1][8] == "=Mape 1"
        assert rows[1][11].date() == date(2034, 12, 31)

    def test_several_plans_are_placed_from_the_register(self, cast: Cast) -> None:
        cast.planned(cast.learner("Zane Zeme"), cast.ilze, cast.contract)
        client = signed_in(cast.responsible)
        keys = [row["paper"].key for row in client.get(f"{REGISTER}?kind=request").context["rows"]]
        client.post(f"{REGISTER}?kind=request", {"paper": keys, "place": "Skapis", "what": "paper"})
        assert Original.objects.filter(subject_kind="SupportRequest", place="Skapis").count() == 2

    def test_another_schools_paper_is_not_placed_by_its_key(self, cast: Cast) -> None:
        key = one(cast, REQUEST).key
        signed_in(cast.far_preparer).post(REGISTER, {"paper": key, "place": "Skapis", "what": "paper"})
        assert not Original.objects.exists()
        assert (
            signed_in(cast.far_preparer).get(f"{REGISTER}?place={cast.school.public_id}").status_code == 404
        )

    def test_the_auditor_reads_the_sample_and_nothing_else(self, cast: Cast) -> None:
        other = cast.planned(cast.learner("Zane Zeme"), cast.ilze, cast.contract)
        auditor = fresh(cast.auditor)
        auditor.posts.get().sample.create(plan=cast.plan)
        names = {row["learner"] for row in signed_in(auditor).get(REGISTER).context["rows"]}
        assert cast.janis.name in names and other.learner.name not in names


def test_all_papers_of_a_page_without_a_place_are_ticked_at_once(cast: Cast) -> None:
    desk = signed_in(cast.preparer)
    with at(AFTER):
        place_original(by=cast.preparer, papers=[one(cast, REQUEST)], place="Mape 1")
        assert desk.get(REGISTER).content.decode().count(" checked") == 0
        page = desk.get(REGISTER + "?group=&all=1").content.decode()
    waiting = [paper.key for paper in listed(cast) if paper.state == NO_PLACE and paper.kind != CONTRACT]
    assert waiting
    for key in waiting:
        assert f'value="{key}" checked' in page
    assert f'value="{one(cast, REQUEST).key}" checked' not in page
