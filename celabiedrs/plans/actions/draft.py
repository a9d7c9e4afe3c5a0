"""Enrolling a learner and drafting a plan (GEN-2, IAP-2)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.people.models import Role, User
from celabiedrs.places.facts import programme
from celabiedrs.places.models import Institution
from celabiedrs.plans.access import may_enrol, may_prepare_for
from celabiedrs.plans.facts import (
    learner_facts,
    next_plan_number,
    other_plan_states,
)
from celabiedrs.plans.models import (
    Learner,
    Risk,
    SupportPlan,
)
from celabiedrs.plans.reading.persons import hold_person, same_learners
from celabiedrs.plans.words.fields import BY_NAME, complete
from celabiedrs.rules import corrections, naming
from celabiedrs.rules import plan as plan_rules
from celabiedrs.rules import support as support_rules
from celabiedrs.rules.calendar import Period
from celabiedrs.rules.reading import read_day, read_text


@transaction.atomic
def enrol_learner(
    *,
    by: User,
    institution: Institution | None,
    name: object,
    born: object,
    school_class: object = None,
    course: object = None,
    guardian: object = "",
    results_only: bool = False,
    repeats_class: bool = False,
    language_difficulty: bool = False,
    another_person: bool = False,
) -> Done[Learner]:
    """[GEN-2] Enter a learner of their own school: a name, a day of birth, a class or a course.

    `another_person`: that somebody of this name and birthday who is enrolled already is somebody else (decision 0057).
    """
    require(may_enrol(by, institution.pk) if institution else by.holds(Role.PREPARER))
    today = clock.today()
    if institution is None:
        refuse(
            naming.institution_named(named=False, clause="GEN-2"),
            support_rules.learner_entered(name=name, born=born, today=today),
        )
    hold_person(born)
    cautions = refuse(
        corrections.learner_enrolled_once(
            known=bool(same_learners(name, born)), another_person=another_person is True
        ),
        naming.fits(text=name, field="name", clause="GEN-2"),
        naming.fits(text=guardian, field="guardian", clause="GEN-2"),
        support_rules.stage_of_learner(
            school_class=school_class, course=course, institution_kind=expect(institution).kind, day=today
        ),
        support_rules.learner_entered(name=name, born=born, today=today),
    )
    stage = expect(support_rules.read_stage(school_class, course, today))
    learner = Learner.objects.create(
        name=read_text(name),
        born_on=expect(read_day(born)),
        institution=expect(institution),
        class_year=stage.school_class,
        course_year=stage.course,
        guardian=read_text(guardian),
        results_only=bool(results_only),
        repeats_class=bool(repeats_class),
        language_difficulty=bool(language_difficulty),
        enrolled_by=by,
        enrolled_at=clock.now(),
    )
    record(learner, "enrolled", by=by)
    return Done(learner, cautions)


@transaction.atomic
def draft_plan(
    *,
    by: User,
    learner: Learner | None,
    previous: SupportPlan | None = None,
    **values: object,
) -> Done[SupportPlan]:
    """[IAP-2] [MOD-1] [TG-2] [TG-5] [CAL-1] Draft a plan for one semester of a learner of their own school.

    `values`: the plan's fields by name, raw, as `plans.words.fields` declares them.
    """
    require(may_prepare_for(by, learner) if learner else by.holds(Role.PREPARER))
    if learner is None:
        refuse(naming.learner_named(named=False))
    given = complete(values)
    learner = (
        Learner.objects.select_for_update(of=("self",))
        .select_related("institution")
        .get(pk=expect(learner).pk)
    )
    facts = learner_facts(learner)
    calendar = programme().calendar
    cautions = refuse(
        plan_rules.draft_findings(
            learner=facts,
            values=given,
            other_states=other_plan_states(learner, read_text(given["semester"])),
            calendar=calendar,
            today=clock.today(),
        )
    )
    read = read_values(given, calendar.semester_for(given["semester"], facts.stage, facts.institution))
    plan = _new_plan(learner, by, columns_of(read) | {"previous": previous})
    write_risks(plan, read["risks"])
    record(plan, "drafted", by=by, thread=plan.public_id)
    return Done(plan, cautions)


def read_values(given: Mapping[str, Any], period: Period | None) -> dict[str, Any]:
    """Raw values of all fields, of which the rules were asked, as values to store; days left out are the semester's."""
    first, last = plan_rules.plan_period(given["starts_on"], given["ends_on"], expect(period))
    return {name: BY_NAME[name].read(raw) for name, raw in given.items()} | {
        "starts_on": first,
        "ends_on": last,
    }


def columns_of(read: Mapping[str, Any]) -> dict[str, Any]:
    """Read values as columns of the plan."""
    return {column: value for name in read for column, value in BY_NAME[name].columns(read[name]).items()}


def _new_plan(learner: Learner, by: User, columns: dict[str, Any]) -> SupportPlan:
    """A draft; stage and school are copied from the learner as they are now."""
    return SupportPlan.objects.create(
        number=next_plan_number(columns["year"]),
        learner=learner,
        institution=learner.institution,
        class_year=learner.class_year,
        course_year=learner.course_year,
        preparer=by,
        drafted_by=by,
        drafted_at=clock.now(),
        **columns,
    )


def write_risks(plan: SupportPlan, risks: tuple[support_rules.Risk, ...]) -> None:
    """Put the risks in the place of those that stand; the last word on a kind counts."""
    plan.risks.all().delete()
    Risk.objects.bulk_create(
        Risk(plan=plan, kind=kind, reason=reason)
        for kind, reason in {r.kind: r.reason for r in risks}.items()
    )
