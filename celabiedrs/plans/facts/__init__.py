"""A learner and a plan as the plain values that the rules ask for."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from celabiedrs.places.facts import Programme
from celabiedrs.plans.models import Learner, MentorAssignment, SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.plans.words.fields import BY_NAME, FIELDS
from celabiedrs.registry.models import Mentor
from celabiedrs.rules.calendar import Period, Stage
from celabiedrs.rules.plan import LearnerFacts


def learner_facts(learner: Learner) -> LearnerFacts:
    return LearnerFacts(
        born=learner.born_on,
        stage=Stage(school_class=learner.class_year, course=learner.course_year),
        institution=learner.institution_id,
        institution_kind=learner.institution.kind,
        results_only=learner.results_only,
        repeats_class=learner.repeats_class,
    )


def plan_learner_facts(plan: SupportPlan) -> LearnerFacts:
    """As they were when the plan was drafted: stage and school are the plan's own."""
    return LearnerFacts(
        born=plan.learner.born_on,
        stage=stage_of(plan),
        institution=plan.institution_id,
        institution_kind=plan.institution.kind,
        results_only=plan.learner.results_only,
        repeats_class=plan.learner.repeats_class,
    )


def stage_of(plan: SupportPlan) -> Stage:
    return Stage(school_class=plan.class_year, course=plan.course_year)


def semester_of(plan: SupportPlan, programme: Programme) -> Period | None:
    """The plan's semester as it is for this learner."""
    return programme.calendar.semester_for(plan.label, stage_of(plan), plan.institution_id)


def plan_values(plan: SupportPlan) -> dict[str, Any]:
    """What is in force, as `draft_plan` takes it."""
    return {field.name: field.of(plan) for field in FIELDS}


def stored_changes(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes of an amendment as JSON keeps them."""
    return {name: BY_NAME[name].kept(value) for name, value in changes.items()}


def other_plan_states(learner: Learner, label: str, *, but: SupportPlan | None = None) -> list[str]:
    """States of the learner's other plans in a semester, at whatever school."""
    year, _, number = label.rpartition("-")
    plans = SupportPlan.objects.filter(
        learner=learner, year=year, semester=int(number) if number.isdigit() else 0
    )
    return [plan.state for plan in plans.order_by("pk") if but is None or plan.pk != but.pk]


def learners_of_mentor(mentor: Mentor, plan: SupportPlan, way: str) -> set[int]:
    """Whom a mentor has in the plan's semester, over all schools and contracts (TG-3).

    Cumulative: every plan that the mentor ever stood by, save one withdrawn before it was approved. Concurrent: the
    plans not ended on which the mentor is now.
    """
    stood_by: QuerySet[MentorAssignment] = MentorAssignment.objects.filter(
        mentor=mentor, plan__year=plan.year, plan__semester=plan.semester
    ).exclude(plan__state=PlanState.WITHDRAWN)
    if way == "concurrent":
        stood_by = stood_by.filter(~Q(plan__state=PlanState.ENDED), until=None)
    return set(stood_by.order_by().values_list("plan__learner_id", flat=True))


def next_plan_number(year: str) -> str:
    """A number that tells nothing of the learner: IAP-2627-00042."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('plan_number')")
        (number,) = cursor.fetchone()
    return f"IAP-{year[2:4]}{year[5:7]}-{number:05d}"
