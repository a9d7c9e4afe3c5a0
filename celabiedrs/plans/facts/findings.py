"""What a plan is asked while it is drafted, changed and sent, with the facts from the tables."""

from collections.abc import Iterator
from typing import Any

from celabiedrs.lib import clock
from celabiedrs.places.facts import Programme
from celabiedrs.plans.facts import (
    learner_facts,
    other_plan_states,
    plan_learner_facts,
    plan_values,
)
from celabiedrs.plans.facts.papers import paper_findings
from celabiedrs.plans.models import (
    Learner,
    SupportPlan,
)
from celabiedrs.rules import closing as closing_rules
from celabiedrs.rules import plan as plan_rules
from celabiedrs.rules import support as support_rules
from celabiedrs.rules.breach import Finding
from celabiedrs.rules.reading import read_text


def learner_in(plan: SupportPlan, values: dict[str, Any]) -> tuple[Learner, plan_rules.LearnerFacts]:
    """Whose plan it is: the plan's learner as when it was drafted, or another one as that learner is now."""
    other = values.get("learner")
    if other is None or other.pk == plan.learner_id:
        return plan.learner, plan_learner_facts(plan)
    return other, learner_facts(other)


def draft_findings_of(plan: SupportPlan, values: dict[str, Any], known: Programme) -> Any:
    learner, facts = learner_in(plan, values)
    return plan_rules.draft_findings(
        learner=facts,
        values=values,
        other_states=other_plan_states(learner, read_text(values["semester"]), but=plan),
        calendar=known.calendar,
        today=clock.today(),
    )


def findings_before_submitting(plan: SupportPlan, known: Programme) -> Iterator[Finding]:
    """Everything that submitting asks: all that a draft is asked, the age, the risks assessed again, the papers."""
    yield from draft_findings_of(plan, plan_values(plan), known)
    yield from support_rules.thirteen_within_plan(
        born=plan.learner.born_on, starts_on=plan.starts_on, ends_on=plan.ends_on, submitting=True
    )
    yield from closing_rules.risks_assessed_anew(carried=plan.risks.filter(carried=True).count())
    yield from paper_findings(plan, known=known)
