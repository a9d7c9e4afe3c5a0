"""Changing a plan: what changes at once, what waits for the expert, and putting it in force (DUT-2, MOD-1)."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.workflow import check_state
from celabiedrs.people.models import User
from celabiedrs.places.facts import Programme, programme
from celabiedrs.plans import notices
from celabiedrs.plans.access import may_prepare, may_prepare_for
from celabiedrs.plans.actions.draft import columns_of, read_values, write_risks
from celabiedrs.plans.facts import (
    plan_values,
    stored_changes,
)
from celabiedrs.plans.facts.findings import draft_findings_of, learner_in
from celabiedrs.plans.facts.papers import support_findings
from celabiedrs.plans.models import (
    AgreementDraft,
    Amendment,
    Learner,
    SupportPlan,
    SupportRequest,
)
from celabiedrs.plans.words.fields import BY_NAME
from celabiedrs.plans.words.fields import waiting as waiting_fields
from celabiedrs.plans.workflow import AMEND, APPROVED, PREPARED
from celabiedrs.rules import plan as plan_rules
from celabiedrs.rules.breach import Caution
from celabiedrs.rules.calendar import parse_label
from celabiedrs.rules.reading import read_text


@transaction.atomic
def amend_plan(*, by: User, plan: SupportPlan, reason: object = "", **changes: object) -> Done[SupportPlan]:
    """[DUT-2] [MOD-1] Change a plan. A draft changes at once; of an approved one, module, ground, dates, more hours
    and risks of another family wait for the expert, and what was approved stays in force until then."""
    require(may_prepare(by, plan) and may_prepare_for(by, learner_in(plan, changes)[0]))
    plan = (
        SupportPlan.objects.select_for_update(of=("self",))
        .select_related("learner", "institution")
        .get(pk=plan.pk)
    )
    effect, cautions = preview(plan, reason=reason, changes=changes)
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


def waiting_amendment(plan: SupportPlan) -> Amendment | None:
    return plan.amendments.filter(decision=None, superseded=False).first()


def preview(
    plan: SupportPlan, *, reason: object, changes: dict[str, Any]
) -> tuple[Effect, tuple[Caution, ...]]:
    """[DUT-2] What changing these fields would do, and what it warns of. Writes nothing."""
    check_state(AMEND, plan)
    before = plan_values(plan)
    waiting = waiting_amendment(plan)
    known = programme()
    changes = _with_days(plan, before, changes, known)
    merged = before | (waiting.changes if waiting else {}) | changes
    approved = plan.state in APPROVED
    cautions = refuse(
        draft_findings_of(plan, merged, known),
        plan_rules.semester_stays(changed=approved and merged["semester"] != before["semester"]),
        plan_rules.learner_stays(changed=approved and learner_in(plan, merged)[0].pk != plan.learner_id),
        plan_rules.amendment_has_reason(reason=reason, active=approved),
        support_findings(plan, starts_on=merged["starts_on"], ends_on=merged["ends_on"], known=known)
        if plan.mentor_id and {"starts_on", "ends_on", "semester"} & set(changes)
        else (),
    )
    read = _read(changes, merged, plan, known)
    waits = waiting_fields(before, read) if approved else frozenset()
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
    learner, facts = learner_in(plan, values)
    moves = parse_label(values["semester"]) != parse_label(plan.label) or learner.pk != plan.learner_id
    period = known.calendar.semester_for(values["semester"], facts.stage, facts.institution)
    if plan.state not in PREPARED or not moves or period is None:
        return changes
    return {"starts_on": period.since, "ends_on": period.until} | changes


def _read(
    changes: dict[str, Any], merged: dict[str, Any], plan: SupportPlan, known: Programme
) -> dict[str, Any]:
    """The changed fields as values to store; the rules have asked them all."""
    learner, facts = learner_in(plan, merged)
    period = known.calendar.semester_for(merged["semester"], facts.stage, facts.institution)
    read = read_values({name: merged[name] for name in BY_NAME}, period) | {"learner": learner}
    return {name: read[name] for name in changes}


def _apply(plan: SupportPlan, values: dict[str, Any]) -> None:
    """Put values in force."""
    values = dict(values)
    if "risks" in values:
        write_risks(plan, values["risks"])
    if "learner" in values:
        values |= _of_another_learner(plan, values["learner"])
    columns = columns_of({name: value for name, value in values.items() if name in BY_NAME})
    columns |= {name: value for name, value in values.items() if name not in BY_NAME}
    for name, value in columns.items():
        setattr(plan, name, value)
    plan.version += 1
    plan.save(update_fields=[*columns, "version"])


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
    _apply(plan, {name: BY_NAME[name].restored(value) for name, value in amendment.changes.items()})


def _propose(plan: SupportPlan, effect: Effect, *, by: User, reason: str) -> None:
    """One amendment waits at a time: a further one takes over what the first asked, save what has since been changed
    at once."""
    waiting = waiting_amendment(plan)
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
