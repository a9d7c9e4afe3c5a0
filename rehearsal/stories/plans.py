"""A plan put into the world of a story, with its papers, in whatever state."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from celabiedrs.contracts.models import Contract, ContractState
from celabiedrs.lib import clock
from celabiedrs.people.models import Post, Role
from celabiedrs.places.facts import programme
from celabiedrs.plans.facts import learner_facts, next_plan_number
from celabiedrs.plans.models import (
    Agreement,
    AgreementText,
    Learner,
    MentorAssignment,
    PlanDecision,
    Risk,
    SupportPlan,
    SupportRequest,
    Suspension,
)
from celabiedrs.plans.words import DecisionKind, PlanState
from celabiedrs.rules.calendar import parse_label
from celabiedrs.rules.reading import read_day
from rehearsal.stories.files import Unreadable
from rehearsal.stories.papers import scan
from rehearsal.stories.things import World

TEXTS = {
    "situation": "Nepieciešams atbalsts mācībās.",
    "way_forward": "Tikšanās divas reizes nedēļā.",
    "mentor_undertakes": "Tikties un uzklausīt.",
    "learner_undertakes": "Ierasties un piedalīties.",
}
RISKS = {
    "I": [{"kind": "failing", "reason": "Nesekmība"}, {"kind": "early_leaving", "reason": "Kavējumi"}],
    "II": [{"kind": "learning_difficulties", "reason": "Mācīšanās grūtības"}],
}
REACHED = {
    "draft": (),
    "submitted": ("submitted_at",),
    "returned": ("submitted_at",),
    "withdrawn": ("submitted_at",),
    "active": ("submitted_at", "approved_at"),
    "suspended": ("submitted_at", "approved_at", "suspended_at"),
    "ended": ("submitted_at", "approved_at", "ended_at"),
}
"""Which moments a plan in a state has behind it."""


def put_plan(world: World, key: str, entry: Mapping[str, Any], described: Mapping[str, Any]) -> None:
    state = entry.get("state") or ("active" if entry.get("approved_at") else "draft")
    if state not in REACHED:
        raise Unreadable(f"world, plans: “{key}” has no such state, {state}")
    learner = Learner.objects.select_related("institution").get(
        pk=world.need("learner", entry.get("learner") or next(iter(described["learners"])), key)
    )
    label = parse_label(entry.get("semester") or "2026/27-1")
    if label is None:
        raise Unreadable(f"world, plans: “{entry.get('semester')}” is no semester")
    first, last = _days(entry, learner, str(label))
    moments = _moments(world, entry, state, first, last)
    contract = _contract(world, key, entry, described, learner, label.year)
    module = entry.get("module") or "I"
    plan = SupportPlan.objects.create(
        number=next_plan_number(label.year),
        learner=learner,
        institution=learner.institution,
        class_year=learner.class_year,
        course_year=learner.course_year,
        year=label.year,
        semester=label.number,
        starts_on=first,
        ends_on=last,
        module=module,
        ground=entry.get("ground") or ("failing_and_leaving" if module == "I" else "social_exclusion"),
        hours_per_month=entry.get("hours_per_month") or 12,
        mentor=contract.mentor if contract else None,
        contract=contract,
        state=state,
        drafted_at=moments["drafted_at"],
        submitted_at=moments.get("submitted_at"),
        first_submitted_at=moments.get("submitted_at"),
        approved_at=moments.get("approved_at"),
        suspended_at=moments.get("suspended_at"),
        ended_at=moments.get("ended_at"),
        withdrawn_at=moments.get("submitted_at", moments["drafted_at"]) if state == "withdrawn" else None,
        **_extension(entry, moments, last),
    )
    world.put("plan", key, plan.pk)
    risks = entry.get("risks", RISKS[module]) or ()
    for kind, reason in {risk["kind"]: risk.get("reason") or "–" for risk in risks}.items():
        Risk.objects.create(plan=plan, kind=kind, reason=reason)
    _papers(world, plan, key, entry)
    _history(plan, moments)


def _days(entry: Mapping[str, Any], learner: Learner, label: str) -> tuple[date, date]:
    """The plan's own days; the semester's for this learner where none are given."""
    facts = learner_facts(learner)
    period = programme().calendar.semester_for(label, facts.stage, facts.institution)
    year = int(label[:4])
    since, until = (period.since, period.until) if period else (date(year, 9, 1), date(year, 12, 18))
    return read_day(entry.get("starts_on")) or since, read_day(entry.get("ends_on")) or until


def _moments(
    world: World, entry: Mapping[str, Any], state: str, first: date, last: date
) -> dict[str, datetime]:
    """The moments that the state has behind it, named or fitting.

    A suspension or an end without its moment comes right after the approval; an end of a plan whose last day is over
    when the story begins comes with that day.
    """
    submitted = _moment(entry.get("submitted_at")) or clock.moment_of(first - timedelta(days=1), time(12))
    approved = _moment(entry.get("approved_at")) or max(clock.moment_of(first, time(9)), submitted)
    over = clock.moment_of(last, time(23, 59))
    fitting = {
        "submitted_at": submitted,
        "approved_at": approved,
        "suspended_at": _moment(entry.get("suspended_at")) or approved + timedelta(minutes=1),
        "ended_at": _moment(entry.get("ended_at"))
        or (over if over < clock.now() else approved + timedelta(minutes=1)),
    }
    reached = {name: fitting[name] for name in REACHED[state]}
    drafted = min(submitted, clock.moment_of(first, time(8)), clock.now()) - timedelta(days=1)
    return {"drafted_at": drafted, **reached}


def _moment(raw: object) -> datetime | None:
    if raw is None:
        return None
    if isinstance(raw, datetime):
        return raw if raw.tzinfo else raw.replace(tzinfo=clock.RIGA)
    if isinstance(raw, date):
        return clock.moment_of(raw, time(9))
    return datetime.fromisoformat(str(raw)).replace(tzinfo=clock.RIGA)


def _contract(
    world: World,
    key: str,
    entry: Mapping[str, Any],
    described: Mapping[str, Any],
    learner: Learner,
    year: str,
) -> Contract | None:
    """The contract that the entry names, else the only one of its mentor, else the one that fits the semester."""
    mentor = entry.get("mentor")
    if mentor is None:
        return None
    mentor_id = world.need("mentor", mentor, key)
    if entry.get("contract"):
        return Contract.objects.select_related("mentor").get(
            pk=world.need("contract", entry["contract"], key)
        )
    own = [name for name, contract in described["contracts"].items() if contract.get("mentor") == mentor]
    rows = [
        Contract.objects.select_related("mentor").get(pk=world.need("contract", name, key)) for name in own
    ]
    label = entry.get("semester") or "2026/27-1"
    rows.sort(key=lambda row: (label in row.semesters, row.employer_id == learner.institution_id))
    return rows[-1] if rows else _no_contract(mentor_id, learner.institution_id, year)


def _extension(entry: Mapping[str, Any], moments: Mapping[str, datetime], last: date) -> dict[str, Any]:
    until = read_day(entry.get("order_until"))
    if until is None or entry.get("order_scan") is False or until <= last:
        return {}
    return {
        "extended_until": until,
        "extended_at": moments.get("approved_at", moments["drafted_at"]),
        "extension_order": scan("order"),
    }


def _papers(world: World, plan: SupportPlan, key: str, entry: Mapping[str, Any]) -> None:
    request = entry.get("request")
    if request is not None:
        SupportRequest.objects.create(
            plan=plan,
            applicant=request.get("applicant") or "guardian",
            signed_on=request.get("signed_on") or plan.starts_on - timedelta(days=3),
            scan=scan("request") if request.get("scan", True) else None,
        )
    agreement = entry.get("agreement")
    if agreement is None:
        return
    mentor = world.need("mentor", agreement["mentor"], key) if agreement.get("mentor") else plan.mentor_id
    if mentor is None:
        return
    signed = plan.starts_on - timedelta(days=1)
    made = Agreement.objects.create(
        plan=plan,
        mentor_id=mentor,
        learner_signed_on=agreement.get("learner_signed_on", signed),
        mentor_signed_on=agreement.get("mentor_signed_on", signed),
    )
    AgreementText.objects.create(
        agreement=made, **{name: agreement.get(name, text) or "" for name, text in TEXTS.items()}
    )


def _history(plan: SupportPlan, moments: Mapping[str, datetime]) -> None:
    """The rows that the acts would have left: who stood by the plan, what was decided, when it stopped."""
    if plan.mentor_id and plan.contract_id:
        MentorAssignment.objects.create(
            plan=plan, mentor_id=plan.mentor_id, contract_id=plan.contract_id, since=moments["drafted_at"]
        )
    expert = Post.objects.filter(
        role=Role.PROJECT_EXPERT, region=plan.institution.municipality.region_id
    ).order_by("pk")
    for post in expert[:1]:
        if "approved_at" in moments:
            PlanDecision.objects.create(
                plan=plan, kind=DecisionKind.APPROVED, by_id=post.person_id, at=moments["approved_at"]
            )
            SupportPlan.objects.filter(pk=plan.pk).update(approved_by=post.person_id)
        elif plan.state == PlanState.RETURNED:
            at = moments["submitted_at"] + timedelta(hours=1)
            PlanDecision.objects.create(
                plan=plan, kind=DecisionKind.RETURNED, by_id=post.person_id, at=at, reason="–"
            )
    if "suspended_at" in moments:
        Suspension.objects.create(plan=plan, since=moments["suspended_at"], reason="–")


def _no_contract(mentor_id: int, employer_id: int, year: str) -> Contract:
    """Where a plan has a mentor and the world no contract for them: one that was over before it began."""
    first = date(int(year[:4]), 8, 25)
    return Contract.objects.create(
        mentor_id=mentor_id,
        employer_id=employer_id,
        year=year,
        first_semester=1,
        last_semester=1,
        signed_on=first,
        state=ContractState.ENDED,
        ended_on=first - timedelta(days=1),
        end_reason="–",
    )
