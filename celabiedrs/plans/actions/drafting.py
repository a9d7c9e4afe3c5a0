from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, WrongState, asked, permit, refuse
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.workflow import ask, move
from celabiedrs.people.models import Role, User
from celabiedrs.places.models import Institution
from celabiedrs.places.programme import Programme, programme
from celabiedrs.plans import notices
from celabiedrs.plans.access import may_enrol, may_prepare, may_prepare_for
from celabiedrs.plans.asking import paper_findings, support_findings
from celabiedrs.plans.difference import snapshot
from celabiedrs.plans.facts import (
    learner_facts,
    next_plan_number,
    other_plan_states,
    plan_learner_facts,
    plan_values,
    stored_changes,
)
from celabiedrs.plans.models import (
    AgreementDraft,
    Amendment,
    Learner,
    PlanSubmission,
    Risk,
    SupportPlan,
    SupportRequest,
)
from celabiedrs.plans.workflow import APPROVED, PREPARED, SUBMIT, WITHDRAW
from celabiedrs.rules import closing as closing_rules
from celabiedrs.rules import naming
from celabiedrs.rules import plan as plan_rules
from celabiedrs.rules import support as support_rules
from celabiedrs.rules.breach import Caution, Finding
from celabiedrs.rules.calendar import parse_label
from celabiedrs.rules.reading import any_hours, read_day, read_text


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
) -> Done[Learner]:
    """[GEN-2] Enter a learner of the own school: a name, a day of birth, a class or a course."""
    permit(may_enrol(by, institution.pk) if institution else by.holds(Role.PREPARER))
    today = clock.today()
    if institution is None:
        refuse(
            naming.institution_named(named=False, clause="GEN-2"),
            support_rules.learner_entered(name=name, born=born, today=today),
        )
    cautions = refuse(
        naming.fits(text=name, clause="GEN-2"),
        naming.fits(text=guardian, clause="GEN-2"),
        support_rules.stage_of_learner(
            school_class=school_class, course=course, institution_kind=asked(institution).kind, day=today
        ),
        support_rules.learner_entered(name=name, born=born, today=today),
    )
    stage = support_rules.read_stage(school_class, course, today)
    born_on = read_day(born)
    assert stage is not None and born_on is not None  # the rules have read both
    learner = Learner.objects.create(
        name=read_text(name),
        born_on=born_on,
        institution=asked(institution),
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
    semester: object,
    module: object,
    ground: object,
    risks: object,
    hours_per_month: object,
    starts_on: object = None,
    ends_on: object = None,
    previous: SupportPlan | None = None,
) -> Done[SupportPlan]:
    """[IAP-2] [MOD-1] [TG-2] [TG-5] [CAL-1] Draft a plan for one semester of a learner of the own school."""
    permit(may_prepare_for(by, learner) if learner else by.holds(Role.PREPARER))
    if learner is None:
        refuse(naming.learner_named(named=False))
    learner = (
        Learner.objects.select_for_update(of=("self",))
        .select_related("institution")
        .get(pk=asked(learner).pk)
    )
    facts = learner_facts(learner)
    calendar = programme().calendar
    cautions = refuse(
        plan_rules.draft_findings(
            learner=facts,
            semester=semester,
            module=module,
            ground=ground,
            risks=risks,
            hours=hours_per_month,
            starts_on=starts_on,
            ends_on=ends_on,
            other_states=other_plan_states(learner, read_text(semester)),
            calendar=calendar,
            today=clock.today(),
        )
    )
    label = parse_label(semester)
    period = calendar.semester_for(semester, facts.stage, facts.institution)
    assert label is not None and period is not None  # CAL-1 was asked
    first, last = plan_rules.plan_period(starts_on, ends_on, period)
    plan = _new_plan(
        learner,
        by,
        year=label.year,
        semester=label.number,
        starts_on=first,
        ends_on=last,
        module=str(module),
        ground=str(ground),
        hours_per_month=asked(any_hours(hours_per_month)),
        previous=previous,
    )
    write_risks(plan, support_rules.read_risks(risks) or ())
    record(plan, "drafted", by=by, thread=plan.public_id)
    return Done(plan, cautions)


def _new_plan(learner: Learner, by: User, **values: Any) -> SupportPlan:
    """A draft; stage and school are copied from the learner as they are now."""
    return SupportPlan.objects.create(
        number=next_plan_number(values["year"]),
        learner=learner,
        institution=learner.institution,
        class_year=learner.class_year,
        course_year=learner.course_year,
        preparer=by,
        drafted_by=by,
        drafted_at=clock.now(),
        **values,
    )


def write_risks(plan: SupportPlan, risks: tuple[support_rules.Risk, ...]) -> None:
    """Put the risks in the place of those that stand; the last word on a kind counts."""
    plan.risks.all().delete()
    Risk.objects.bulk_create(
        Risk(plan=plan, kind=kind, reason=reason)
        for kind, reason in {r.kind: r.reason for r in risks}.items()
    )


def _learner_in(plan: SupportPlan, values: dict[str, Any]) -> tuple[Learner, plan_rules.LearnerFacts]:
    """Whose plan it is: the plan's learner as when it was drafted, or another one as that learner is now."""
    other = values.get("learner")
    if other is None or other.pk == plan.learner_id:
        return plan.learner, plan_learner_facts(plan)
    return other, learner_facts(other)


def _findings_of(plan: SupportPlan, values: dict[str, Any], known: Programme) -> Any:
    learner, facts = _learner_in(plan, values)
    return plan_rules.draft_findings(
        learner=facts,
        semester=values["semester"],
        module=values["module"],
        ground=values["ground"],
        risks=values["risks"],
        hours=values["hours_per_month"],
        starts_on=values["starts_on"],
        ends_on=values["ends_on"],
        other_states=other_plan_states(learner, read_text(values["semester"]), but=plan),
        calendar=known.calendar,
        today=clock.today(),
    )


@transaction.atomic
def amend_plan(*, by: User, plan: SupportPlan, reason: object = "", **changes: object) -> Done[SupportPlan]:
    """[DUT-2] [MOD-1] Change a plan. A draft changes at once; of an approved one, module, ground, dates, more hours
    and risks of another family wait for the expert, and what was approved stays in force until then."""
    permit(may_prepare(by, plan) and may_prepare_for(by, _learner_in(plan, changes)[0]))
    plan = (
        SupportPlan.objects.select_for_update(of=("self",))
        .select_related("learner", "institution")
        .get(pk=plan.pk)
    )
    effect, cautions = foresee(plan, reason=reason, changes=changes)
    _apply(plan, effect.at_once)
    _propose(plan, effect, by=by, reason=read_text(reason))
    fields = sorted([*effect.at_once, *effect.waits])
    record(plan, "amended", by=by, thread=plan.public_id, fields=fields, waits=sorted(effect.waits))
    return Done(plan, cautions)


@dataclass(frozen=True)
class Effect:
    """What a change of a plan does: fields that change at once, and those that wait for the expert, as read values."""

    at_once: dict[str, Any]
    waits: dict[str, Any]


def _waiting(plan: SupportPlan) -> Amendment | None:
    return plan.amendments.filter(decision=None, superseded=False).first()


def foresee(
    plan: SupportPlan, *, reason: object, changes: dict[str, Any]
) -> tuple[Effect, tuple[Caution, ...]]:
    """[DUT-2] What changing these fields would do, and what it warns of. Writes nothing."""
    if plan.state not in (*PREPARED, *APPROVED):
        raise WrongState("amend")
    before = plan_values(plan)
    waiting = _waiting(plan)
    known = programme()
    changes = _with_days(plan, before, changes, known)
    merged = before | (waiting.changes if waiting else {}) | changes
    approved = plan.state in APPROVED
    cautions = refuse(
        _findings_of(plan, merged, known),
        plan_rules.semester_stays(changed=approved and merged["semester"] != before["semester"]),
        plan_rules.learner_stays(changed=approved and _learner_in(plan, merged)[0].pk != plan.learner_id),
        plan_rules.amendment_has_reason(reason=reason, active=approved),
        support_findings(plan, starts_on=merged["starts_on"], ends_on=merged["ends_on"], known=known)
        if plan.mentor_id and {"starts_on", "ends_on", "semester"} & set(changes)
        else (),
    )
    read = _read(changes, merged, plan, known)
    waits = plan_rules.waits_for_expert(before, read) if approved else frozenset()
    if waiting is not None and {"module", "ground"} & set(waiting.changes):
        waits |= {"risks"} & set(read)  # they were asked beside the module that waits
    return Effect(
        {name: value for name, value in read.items() if name not in waits},
        {name: value for name, value in read.items() if name in waits},
    ), cautions


def _with_days(
    plan: SupportPlan, before: dict[str, Any], changes: dict[str, Any], known: Programme
) -> dict[str, Any]:
    """A plan in preparation that moves to another semester or learner takes the days of that semester, where none
    are given."""
    values = before | changes
    learner, facts = _learner_in(plan, values)
    moves = parse_label(values["semester"]) != parse_label(plan.label) or learner.pk != plan.learner_id
    period = known.calendar.semester_for(values["semester"], facts.stage, facts.institution)
    if plan.state not in PREPARED or not moves or period is None:
        return changes
    return {"starts_on": period.since, "ends_on": period.until} | changes


def _read(
    changes: dict[str, Any], merged: dict[str, Any], plan: SupportPlan, known: Programme
) -> dict[str, Any]:
    """The changed fields as values to store; the rules have asked them all."""
    read: dict[str, Any] = {name: merged[name] for name in changes}
    facts = _learner_in(plan, merged)[1]
    period = known.calendar.semester_for(merged["semester"], facts.stage, facts.institution)
    if {"starts_on", "ends_on"} & set(read):
        first, last = plan_rules.plan_period(merged["starts_on"], merged["ends_on"], asked(period))
        read |= {name: day for name, day in (("starts_on", first), ("ends_on", last)) if name in read}
    if "hours_per_month" in read:
        read["hours_per_month"] = any_hours(merged["hours_per_month"])
    if "risks" in read:
        read["risks"] = support_rules.read_risks(merged["risks"])
    return read


def _apply(plan: SupportPlan, values: dict[str, Any]) -> None:
    """Put values in force."""
    values = dict(values)
    if "risks" in values:
        write_risks(plan, values.pop("risks"))
    if "learner" in values:
        values |= _of_another_learner(plan, values["learner"])
    if "semester" in values:
        label = parse_label(values.pop("semester"))
        assert label is not None
        values |= {"year": label.year, "semester": label.number}
    for name, value in values.items():
        setattr(plan, name, value)
    plan.version += 1
    plan.save(update_fields=[*values, "version"])


def _of_another_learner(plan: SupportPlan, learner: Learner) -> dict[str, Any]:
    """A draft that turns out to be another learner's: request, agreement and mentor were the first one's."""
    if learner.pk == plan.learner_id:
        return {}
    SupportRequest.objects.filter(plan=plan).delete()
    AgreementDraft.objects.filter(plan=plan).delete()
    plan.agreements.all().delete()
    plan.assignments.all().delete()
    stage = {"class_year": learner.class_year, "course_year": learner.course_year}
    return {"institution": learner.institution, "mentor": None, "contract": None, **stage}


def apply_amendment(plan: SupportPlan, amendment: Amendment) -> None:
    """Put in force what the expert has approved."""
    values: dict[str, Any] = dict(amendment.changes)
    for name in {"starts_on", "ends_on"} & set(values):
        values[name] = date.fromisoformat(values[name])
    if "risks" in values:
        values["risks"] = support_rules.read_risks(values["risks"])
    _apply(plan, values)


def _propose(plan: SupportPlan, effect: Effect, *, by: User, reason: str) -> None:
    """One amendment waits at a time: a further one takes over what the first asked, save what has since been changed
    at once."""
    waiting = _waiting(plan)
    if waiting is None and not effect.waits:
        return
    asked_before: dict[str, Any] = waiting.changes if waiting else {}
    kept = {name: value for name, value in asked_before.items() if name not in effect.at_once}
    changes = kept | stored_changes(effect.waits)
    if waiting is not None:
        if changes == waiting.changes and not effect.waits:
            return
        waiting.superseded = True
        waiting.save(update_fields=["superseded"])
    if changes:
        Amendment.objects.create(
            plan=plan, changes=changes, reason=reason, proposed_by=by, proposed_at=clock.now()
        )
        notices.amendment_waits(plan)


def findings_before_submitting(plan: SupportPlan, known: Programme) -> Iterator[Finding]:
    """Everything that submitting asks: all that a draft is asked, the age, the risks assessed anew, the papers."""
    yield from _findings_of(plan, plan_values(plan), known)
    yield from support_rules.thirteen_within_plan(
        born=plan.learner.born_on, starts_on=plan.starts_on, ends_on=plan.ends_on, submitting=True
    )
    yield from closing_rules.risks_assessed_anew(carried=plan.risks.filter(carried=True).count())
    yield from paper_findings(plan, known=known)


@transaction.atomic
def submit_plan(*, by: User, plan: SupportPlan) -> Done[SupportPlan]:
    """[AGR-2] [AGR-3] [CON-8] [TG-1] [TG-2] [IAP-3] Send a plan to the expert: all that a draft is asked,
    and papers.
    """
    ask(SUBMIT, by, plan)
    plan = (
        SupportPlan.objects.select_for_update(of=("self",))
        .select_related("learner", "institution", "mentor", "contract")
        .get(pk=plan.pk)
    )
    ask(SUBMIT, by, plan)
    cautions = refuse(findings_before_submitting(plan, programme()))
    now = clock.now()
    move(plan, SUBMIT, submitted_at=now, first_submitted_at=plan.first_submitted_at or now)
    PlanSubmission.objects.create(plan=plan, by=by, at=now, values=snapshot(plan))
    record(plan, "submitted", by=by, thread=plan.public_id)
    notices.plan_submitted(plan)
    return Done(plan, cautions)


@transaction.atomic
def withdraw_plan(*, by: User, plan: SupportPlan) -> Done[SupportPlan]:
    """Withdraw a plan that was never approved; after that it is closed, not withdrawn."""
    ask(WITHDRAW, by, plan)
    if plan.approved_at is not None:
        raise WrongState("withdraw")
    move(plan, WITHDRAW, withdrawn_at=clock.now())
    record(plan, "withdrawn", by=by, thread=plan.public_id)
    return Done(plan)
