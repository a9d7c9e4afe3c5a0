"""Forty plans on one page: filters, the bar, and why a row cannot join (DUT-7)."""

import pytest

from celabiedrs.lib.acts import NotAllowed, WrongState
from celabiedrs.plans.actions import approve_plan, hand_over_preparing, submit_plan
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
