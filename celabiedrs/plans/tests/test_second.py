"""Two take a step at the same moment: the second one is told the state that the first one left."""

import pytest

from celabiedrs.lib.acts import WrongState
from celabiedrs.lib.workflow import move
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.plans.workflow import SUBMIT, WITHDRAW
from tests.cast.preparing import Cast


def test_who_comes_second_is_told_the_state_that_the_first_one_left(cast: Cast) -> None:
    plan = cast.draft()
    late = SupportPlan.objects.get(pk=plan.pk)
    move(plan, WITHDRAW)
    with pytest.raises(WrongState) as caught:
        move(late, SUBMIT)
    assert (caught.value.step, caught.value.state, late.state) == (
        SUBMIT,
        PlanState.WITHDRAWN,
        PlanState.DRAFT,
    )
