"""The plan of a later semester, drafted from the last one (IAP-3)."""

from typing import Any

from django.db import transaction

from celabiedrs.closing.access import may_prepare_for
from celabiedrs.closing.facts import is_evaluated
from celabiedrs.closing.workflow import RENEW
from celabiedrs.lib.acts import Done, permit, refuse
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.workflow import check_state
from celabiedrs.people.models import User
from celabiedrs.plans.actions import draft_plan
from celabiedrs.plans.facts import plan_values
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words.fields import RENEWED
from celabiedrs.rules import closing as closing_rules
from celabiedrs.rules import plan as plan_rules


@transaction.atomic
def renew_plan(*, by: User, plan: SupportPlan, semester: object, **changes: object) -> Done[SupportPlan]:
    """[IAP-3] Draft the plan of a later semester from this one, at the school where the learner is now.

    `changes`: fields as `draft_plan` takes them. Risks that are not given are carried over and marked: they must be
    assessed anew (`amend_plan` with `risks`) before the plan can be submitted.
    """
    permit(may_prepare_for(by, plan.learner))
    check_state(RENEW, plan)
    values: dict[str, Any] = {name: value for name, value in plan_values(plan).items() if name in RENEWED}
    renewal = list(closing_rules.renewal(label=semester, previous=plan.label))
    renewal += plan_rules.previous_evaluated(evaluated=is_evaluated(plan))
    refuse(renewal)
    done = draft_plan(by=by, learner=plan.learner, semester=semester, previous=plan, **(values | changes))
    if "risks" not in changes:
        done.thing.risks.update(carried=True)
    record(done.thing, "renewed", by=by, thread=done.thing.public_id, previous=plan.number)
    return Done(done.thing, (*refuse(renewal), *done.cautions))
