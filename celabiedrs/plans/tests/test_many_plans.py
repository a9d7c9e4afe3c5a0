"""Forty plans on one page: filters, the bar, and why a row cannot join (DUT-7)."""

import pytest

from celabiedrs.lib.acts import NotAllowed, WrongState
from celabiedrs.places.models import Institution
from celabiedrs.plans.actions import (
    approve_plan,
    attach_mentor,
    hand_over_preparing,
    return_plan,
    submit_plan,
)
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.rules.breach import Refused
from tests.cast import signed_in
from tests.cast.preparing import Cast


def fresh(plan: SupportPlan) -> SupportPlan:
    return SupportPlan.objects.get(pk=plan.pk)


def approved(cast: Cast, name: str) -> SupportPlan:
    plan = cast.ready(name)
    submit_plan(by=cast.anna, plan=plan)
    approve_plan(by=cast.expert, plan=fresh(plan))
    return fresh(plan)


class TestHandingOver:
    def test_another_preparer_of_the_school_takes_over(self, cast: Cast) -> None:
        plan = cast.draft()
        assert hand_over_preparing(by=cast.anna, plan=plan, to=cast.baiba).thing.preparer == cast.baiba
        with pytest.raises(WrongState):
            hand_over_preparing(by=cast.anna, plan=plan, to=cast.baiba)

    @pytest.mark.parametrize("to", ["gints", "responsible", "expert"])
    def test_nobody_else_takes_over(self, cast: Cast, to: str) -> None:
        """REG-2"""
        with pytest.raises(Refused) as refusal:
            hand_over_preparing(by=cast.anna, plan=cast.draft(), to=getattr(cast, to))
        assert refusal.value.clauses == ("REG-2",)

    def test_another_school_hands_nothing_over(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            hand_over_preparing(by=cast.gints, plan=cast.draft(), to=cast.gints)


class TestList:
    def test_it_filters_by_state_and_by_what_is_missing(self, cast: Cast) -> None:
        ready, drafted = cast.ready("Anete A"), cast.draft(cast.learner("Bruno B"))
        over = approved(cast, "Čarlijs Č")
        client = signed_in(cast.anna)

        def shown(query: str) -> list[SupportPlan]:
            return [row["plan"] for row in client.get(f"/plani/mani/{query}").context["rows"]]

        assert shown("") == [ready, drafted, over]
        assert shown("?missing=ready") == [ready]
        assert shown("?missing=request") == [drafted]
        assert shown("?state=active") == [over]

    def test_who_prepares_at_another_school_sees_none_of_it(self, cast: Cast) -> None:
        cast.draft()
        assert signed_in(cast.gints).get("/plani/mani/").context["rows"] == []
        assert signed_in(cast.responsible).get("/plani/mani/").status_code == 403


class TestBar:
    def test_it_says_who_joins_and_why_another_does_not(self, cast: Cast) -> None:
        ready, drafted = cast.ready("Anete A"), cast.draft(cast.learner("Bruno B"))
        chosen = {"act": "send", "plan": [str(ready.public_id), str(drafted.public_id)]}
        page = signed_in(cast.anna).post("/plani/mani/kopa/", chosen)
        assert page.context["joining"] == [ready]
        assert [(plan, "Iesniegums" in why) for plan, why in page.context["staying"]] == [(drafted, True)]
        assert fresh(ready).state == PlanState.DRAFT

    def test_several_are_sent_after_the_declaration(self, cast: Cast) -> None:
        plans = [cast.ready(name) for name in ("Anete A", "Bruno B")]
        form = {"act": "send", "plan": [str(plan.public_id) for plan in plans], "confirmed": "1"}
        client = signed_in(cast.anna)
        assert client.post("/plani/mani/kopa/", form).status_code == 422
        client.post("/plani/mani/kopa/", form | {"declared": "on"})
        assert {fresh(plan).state for plan in plans} == {PlanState.SUBMITTED}

    def test_an_emergency_suspends_several_with_one_reason(self, cast: Cast) -> None:
        plans = [approved(cast, name) for name in ("Anete A", "Bruno B")]
        form = {"act": "suspend", "plan": [str(plan.public_id) for plan in plans], "confirmed": "1"}
        client = signed_in(cast.anna)
        assert client.post("/plani/mani/kopa/", form | {"reason": ""}).status_code == 422
        client.post("/plani/mani/kopa/", form | {"reason": "Plūdi, skolas slēgtas."})
        assert [fresh(plan).suspensions.get().reason for plan in plans] == ["Plūdi, skolas slēgtas."] * 2

    def test_several_are_handed_over(self, cast: Cast) -> None:
        plans = [cast.draft(cast.learner(name)) for name in ("Anete A", "Bruno B")]
        form = {"act": "hand_over", "plan": [str(plan.public_id) for plan in plans], "confirmed": "1"}
        signed_in(cast.anna).post("/plani/mani/kopa/", form | {"to": str(cast.baiba.public_id)})
        assert {fresh(plan).preparer for plan in plans} == {cast.baiba}

    def test_plans_of_another_school_never_join(self, cast: Cast) -> None:
        plan = cast.draft()
        form = {"act": "hand_over", "plan": [str(plan.public_id), "no-id"], "confirmed": "1"}
        signed_in(cast.gints).post("/plani/mani/kopa/", form | {"to": str(cast.gints.public_id)})
        assert fresh(plan).preparer == cast.anna


class TestOneList:
    def test_it_is_searched_sorted_and_kept_as_a_table(self, cast: Cast) -> None:
        for name in ("Zane Āboliņa", "Aija Ozola"):
            cast.draft(cast.learner(name))
        desk = signed_in(cast.anna)
        found = desk.post("/plani/mani/", {"q": "abolina", "state": "preparing"})
        assert "abolina" not in found.headers["Location"] and "state=preparing" in found.headers["Location"]
        page = desk.get(found.headers["Location"]).content.decode()
        assert "Zane Āboliņa" in page and "Aija Ozola" not in page
        page = desk.get("/plani/mani/?sort=-learner").content.decode()
        assert page.index("Zane Āboliņa") < page.index("Aija Ozola")
        table = desk.get("/plani/mani/?table=xlsx")
        assert table.headers["Content-Disposition"] == 'attachment; filename="plani.xlsx"'

    def test_what_was_returned_and_not_touched_is_not_ready(self, cast: Cast) -> None:
        plan = cast.ready("Zane Āboliņa")
        submit_plan(by=cast.anna, plan=plan)
        return_plan(by=cast.expert, plan=fresh(plan), fields=["risks"], reason="Precizēt")
        cast.ready("Aija Ozola")
        page = signed_in(cast.anna).get("/plani/mani/").content.decode()
        assert page.index("Zane Āboliņa") < page.index("jālabo") < page.index("Aija Ozola")
        assert page.count("gatavs nosūtīšanai") == 1

    def test_the_school_sees_the_contracts_of_its_plans_whoever_the_employer_is(self, cast: Cast) -> None:
        board = Institution.objects.create(
            name="Cēsu pārvalde", kind="education_board", municipality=cast.municipality
        )
        contract = cast.contracted(cast.andris, board)
        plan = cast.requested(cast.draft())
        attach_mentor(by=cast.anna, plan=plan, mentor=cast.andris, contract=contract)
        desk = signed_in(cast.anna)
        page = desk.get("/ligumi/").content.decode()
        assert "Andris Ozols" in page and "Cēsu pārvalde" in page and "tikai stāvoklis un termiņš" in page
        assert f"/ligumi/{contract.public_id}/" not in page
        assert desk.get(f"/ligumi/{contract.public_id}/").status_code == 404
        assert "Andris Ozols" not in signed_in(cast.gints).get("/ligumi/").content.decode()
