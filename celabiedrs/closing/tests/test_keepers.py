"""A school closes; the programme names who keeps its papers; the keeper reads the register and no plan (ARC-1)."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from celabiedrs.closing.access import papers_visible_to
from celabiedrs.closing.access.keepers import Keepers, keepers
from celabiedrs.closing.actions import hand_over, name_keeper, place_original
from celabiedrs.closing.models import KeeperChange
from celabiedrs.closing.reading.originals import PLACED, STALE, papers_of
from celabiedrs.closing.reading.register import register_of, registers
from celabiedrs.lib.acts import NotAllowed, Refused
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.outbox.models import Message
from celabiedrs.plans.models import SupportPlan
from tests.cast import at, fresh, signed_in
from tests.cast.programme import Cast

pytestmark = pytest.mark.get_may_write("audit_look")
WHEN = "2027-08-20 09:00"


def named(cast: Cast, **changed: Any) -> KeeperChange:
    values = {"institution": cast.school, "to": cast.near_school, "day": "2027-08-15", "reason": "Apvienota"}
    with at(changed.pop("moment", WHEN)):
        return name_keeper(by=changed.pop("by", cast.admin), **(values | changed)).thing


def test_the_new_keeper_reads_the_register_and_not_the_plans(cast: Cast) -> None:
    cast.month(cast.plan, date(2026, 10, 1))
    with at("2027-01-05 09:00"):
        act = hand_over(by=cast.ilze.user, plan=cast.plan).thing
    addresses = [
        reverse("closing:papers", args=[cast.plan.public_id]),
        reverse("closing:act", args=[act.public_id]),
        reverse("desk:plan", args=[cast.plan.public_id]),
        reverse("hours:sheet", args=[cast.plan.timesheets.get().public_id]),
    ]

    def reads() -> list[int]:
        return [signed_in(cast.near_responsible).get(address).status_code for address in addresses]

    assert reads() == [404] * 4
    named(cast)
    assert reads() == [200, 200, 404, 404]
    assert [place.name for place in registers(fresh(cast.near_responsible))] == [
        cast.near_school.name, cast.school.name,
    ]  # fmt: skip
    assert len(register_of(fresh(cast.near_responsible), cast.school)) == 5
    assert (
        signed_in(cast.preparer).get(addresses[0]).status_code == 200
    )  # anyone who read it before still does
    assert signed_in(cast.far_preparer).get(addresses[0]).status_code == 404


def test_without_the_change_nothing_is_kept_for_another(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = SupportPlan.objects.filter(papers_visible_to(cast.near_responsible))
    assert not seen.exists()
    monkeypatch.setattr(Keepers, "kept_by", lambda self, own: {cast.school.pk})
    assert SupportPlan.objects.filter(papers_visible_to(cast.near_responsible)).exists()


def test_where_a_paper_lies_is_said_anew_by_the_new_keeper(cast: Cast) -> None:
    def first() -> Any:
        return papers_of([cast.plan])[0]

    with at("2027-06-01 09:00"):
        place_original(by=cast.preparer, papers=[first()], place="12. mape")
        assert first().state == PLACED
    named(cast)
    with at("2027-08-21 09:00"):
        assert (first().state, first().keeper_id, first().original.place) == (
            STALE,
            cast.near_school.pk,
            "12. mape",
        )
        with pytest.raises(NotAllowed):
            place_original(by=cast.preparer, papers=[first()], place="12. mape")
        place_original(by=cast.near_responsible, papers=[first()], place="Arhīvs, 3. plaukts")
        assert first().state == PLACED


def test_only_the_programme_names_and_every_word_is_asked_for(cast: Cast) -> None:
    for stranger in (cast.head, cast.near_responsible, cast.expert, cast.coordinator):
        with pytest.raises(NotAllowed):
            named(cast, by=stranger)
    for wrong in (
        {"institution": None}, {"to": None}, {"to": cast.school}, {"day": "2027-08-21"}, {"day": ""}, {"reason": ""},
    ):  # fmt: skip
        with pytest.raises(Refused) as no:
            named(cast, **wrong)
        assert no.value.clauses == ("ARC-1",)
    assert not KeeperChange.objects.exists()


def test_without_its_guard_a_head_would_name_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("celabiedrs.closing.actions.originals.may_keep_programme", lambda user: True)
    assert named(cast, by=cast.head).to == cast.near_school


def test_a_chain_of_closings_ends_at_the_last_and_never_in_a_circle(cast: Cast) -> None:
    named(cast)
    named(cast, institution=cast.near_school, to=cast.far_school, moment="2028-08-20 09:00")
    kept = keepers()
    assert (kept.of(cast.school.pk), kept.of(cast.near_school.pk)) == (cast.far_school.pk,) * 2
    assert kept.kept_by([cast.far_school.pk]) == {cast.school.pk, cast.near_school.pk}
    with pytest.raises(Refused):
        named(cast, institution=cast.far_school, to=cast.school, moment="2028-08-21 09:00")


def test_a_mistake_is_put_right_by_a_later_change(cast: Cast) -> None:
    named(cast)
    named(cast, to=cast.school, moment="2027-08-21 09:00", reason="Kļūda")
    assert keepers().of(cast.school.pk) == cast.school.pk
    assert keepers().kept_by([cast.near_school.pk]) == set()
    assert KeeperChange.objects.count() == 2


def test_the_new_keeper_is_told_and_open_plans_are_warned_of(cast: Cast) -> None:
    with at(WHEN):
        done = name_keeper(
            by=cast.admin, institution=cast.school, to=cast.near_school, day="2027-08-15", reason="Apvienota"
        )
    assert done.clauses == ("ARC-1",)  # the plan is not closed
    assert Message.objects.get(kind="keeper_named").to == cast.near_responsible
    assert Event.objects.get(verb="keeper_named").facts["to"] == str(cast.near_school.public_id)


class TestPage:
    def test_what_it_means_is_shown_before_it_is_done(self, cast: Cast) -> None:
        form = {
            "institution": str(cast.school.public_id), "to": str(cast.near_school.public_id), "day": "15.08.2027.",
            "reason": "Apvienota",
        }  # fmt: skip
        address, client = reverse("closing:keepers"), signed_in(cast.admin)
        with at(WHEN):
            assert client.post(address, form).context["meant"]
            assert not KeeperChange.objects.exists()
            assert client.post(address, form | {"confirmed": "1"}).status_code == 302
        assert KeeperChange.objects.get().since == date(2027, 8, 15)
        assert cast.near_school.name in client.get(address).content.decode()

    def test_it_is_refused_with_its_clause_and_is_the_programmes_alone(self, cast: Cast) -> None:
        address = reverse("closing:keepers")
        answer = signed_in(cast.admin).post(address, {"institution": str(cast.school.public_id)})
        assert (answer.status_code, answer.context["form"].refused[0].clause) == (422, "ARC-1")
        for stranger in (cast.head, cast.preparer, cast.expert):
            assert signed_in(stranger).get(address).status_code == 404

    def test_the_history_stands_in_the_register(self, cast: Cast) -> None:
        named(cast)
        page = signed_in(cast.preparer).get(reverse("closing:register")).content.decode()
        assert "Apvienota" in page and cast.near_school.name in page
