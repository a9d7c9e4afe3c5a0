"""What is kept: a plan on hold, and two requests to erase, one of them answered."""

from datetime import timedelta

from celabiedrs.lib import clock
from celabiedrs.people.models import Role
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.retention.actions import answer_request, enter_request, hold
from celabiedrs.retention.documents import issue_answer
from rehearsal.demo.scenery import Scenery

AGO = timedelta(days=3)


def keep(scenery: Scenery) -> None:
    by = scenery.holder(Role.PROGRAMME_ADMINISTRATOR, "")
    held, asking, answered = SupportPlan.objects.filter(state=PlanState.ACTIVE).order_by("number")[:3]
    with clock.at(scenery.now - AGO):
        hold(by=by, thing=held, reason="Pārbaude par attaisnojuma dokumentiem, līdz tā noslēgta")
        for plan in (asking, answered):
            request = enter_request(by=by, about=plan.learner, asked_on=clock.today() - AGO).thing
        issue_answer(answer_request(by=by, request=request).thing, by=by)
