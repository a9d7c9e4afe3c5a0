"""Everything around a meeting that its rules ask about, fetched in one statement.

One statement, because recording a meeting is what the system does most: its cost is that of an index look-up and
of the month's rows. (The bigint of the overlap: without it the constraint's index is searched by the hour alone,
through everybody's meetings at that time.)
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from celabiedrs.hours.models import SheetState, Timesheet
from celabiedrs.lib import clock
from celabiedrs.people.models import User
from celabiedrs.places.facts import Programme, programme
from celabiedrs.plans.facts import stage_of
from celabiedrs.plans.models import MentorAssignment, SupportPlan
from celabiedrs.rules.agreement import AgreementFacts
from celabiedrs.rules.contract import Span, contract_span
from celabiedrs.rules.hours import MeetingEntry, MeetingFacts, Suspension
from celabiedrs.rules.obstacles import Obstacle, obstacles_of
from celabiedrs.rules.suitability import Check

CONTEXT = """
WITH me AS (SELECT id FROM registry_mentor WHERE user_id = %(user)s)
SELECT
  (SELECT id FROM me) AS mentor,
  (SELECT token FROM places_edition ORDER BY id LIMIT 1) AS token,
  (SELECT coalesce(sum(hours), 0) FROM hours_meeting WHERE learner_id = %(learner)s AND voided_at IS NULL
     AND outcome = 'held' AND held_on >= %(month)s AND held_on < %(next_month)s AND id <> %(but)s) AS month_hours,
  (SELECT coalesce(sum(hours), 0) FROM hours_meeting WHERE learner_id = %(learner)s AND voided_at IS NULL
     AND outcome = 'held' AND held_on = %(day)s AND id <> %(but)s) AS day_hours,
  (SELECT count(*) FROM hours_meeting WHERE learner_id = %(learner)s::bigint AND voided_at IS NULL AND outcome = 'held'
     AND tstzrange(starts_at, ends_at, '[)') && tstzrange(%(starts)s, %(ends)s, '[)') AND id <> %(but)s)
  + (SELECT count(*) FROM hours_meeting WHERE mentor_id = (SELECT id FROM me) AND voided_at IS NULL
     AND outcome = 'held' AND tstzrange(starts_at, ends_at, '[)') && tstzrange(%(starts)s, %(ends)s, '[)')
     AND learner_id <> %(learner)s AND id <> %(but)s) AS overlapping,
  (SELECT count(*) FROM hours_meeting WHERE plan_id = %(plan)s AND topic = %(topic)s AND voided_at IS NULL
     AND topic <> '' AND id <> %(but)s) AS same_topic,
  (SELECT json_agg(json_build_array(a.since, a.until, c.id, c.employer_id, c.year, c.first_semester, c.last_semester,
       c.signed_on, c.ended_on, c.prolonged_until, a.mentor_id) ORDER BY a.since, a.id)
     FROM plans_mentorassignment a JOIN contracts_contract c ON c.id = a.contract_id
     WHERE a.plan_id = %(plan)s) AS tenures,
  (SELECT issued_on FROM registry_trainingcertificate WHERE mentor_id = (SELECT id FROM me)) AS certificate,
  (SELECT json_agg(json_build_array(kind, valid_since, valid_until))
     FROM registry_educationground WHERE mentor_id = (SELECT id FROM me)) AS education,
  (SELECT json_build_array(learner_signed_on, mentor_signed_on)
     FROM plans_agreement WHERE plan_id = %(plan)s AND mentor_id = (SELECT id FROM me)) AS agreement,
  (SELECT json_agg(json_build_array(since, until)) FROM plans_suspension WHERE plan_id = %(plan)s) AS suspensions,
  (SELECT json_agg(json_build_array(id, state, supplement, employer_id, returned_reason)) FROM hours_timesheet
     WHERE plan_id = %(plan)s AND mentor_id = (SELECT id FROM me) AND month = %(month)s) AS parts,
  (SELECT json_agg(json_build_array(employer_id, ground, checked_on, outcome, permission) ORDER BY id)
     FROM registry_suitabilitycheck WHERE mentor_id = (SELECT id FROM me)) AS checks
"""


@dataclass(frozen=True)
class Tenure:
    """One time in which a mentor stood by the plan, under one contract."""

    since: datetime
    until: datetime | None
    contract_id: int
    employer_id: int
    labels: tuple[str, ...]
    signed_on: date
    ended_on: date | None
    prolonged_until: date | None
    mentor_id: int

    def at(self, moment: datetime) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass(frozen=True)
class Part:
    """One employer's timesheet of the month."""

    id: int
    state: str
    supplement: int
    employer_id: int
    returned_reason: str


@dataclass(frozen=True)
class MeetingContext:
    """What stands around a row: whose it is, what else the month holds, which papers are there."""

    mentor_id: int | None
    token: uuid.UUID | None
    month_hours: int
    day_hours: int
    overlapping: int
    same_topic: int
    tenures: tuple[Tenure, ...]  # of everybody who stood by the plan, in the order of time
    certificate_issued_on: date | None
    education: frozenset[str]
    coach_c_valid: tuple[date, date] | None
    agreement: AgreementFacts | None
    suspensions: tuple[Suspension, ...]
    parts: tuple[
        Part, ...
    ]  # the month's timesheets that count now, one an employer: those of the latest supplement
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def own_tenures(self) -> tuple[Tenure, ...]:
        """The times of this mentor."""
        return tuple(tenure for tenure in self.tenures if tenure.mentor_id == self.mentor_id)

    def programme(self) -> Programme:
        return programme(self.token)


def meeting_context(plan: SupportPlan, user: User, entry: MeetingEntry, *, but: int = 0) -> MeetingContext:
    """Fetch it. `but`: the id of the meeting that is being changed."""
    day = entry.day or clock.today()
    starts = entry.starts_at
    with connection.cursor() as cursor:
        cursor.execute(
            CONTEXT,
            {
                "user": user.pk,
                "learner": plan.learner_id,
                "plan": plan.pk,
                "day": day,
                "month": clock.month_of(day),
                "next_month": clock.next_month(day),
                "starts": starts,
                "ends": entry.ends_at or starts,
                "topic": entry.topic,
                "but": but,
            },
        )
        names = [column.name for column in cursor.description or ()]
        row = dict(zip(names, cursor.fetchone(), strict=True))
    education = row["education"] or []
    return MeetingContext(
        mentor_id=row["mentor"],
        token=row["token"],
        month_hours=int(row["month_hours"]),
        day_hours=int(row["day_hours"]),
        overlapping=row["overlapping"] if starts and entry.ends_at else 0,
        same_topic=row["same_topic"],
        tenures=tuple(_tenure(*values) for values in row["tenures"] or []),
        certificate_issued_on=row["certificate"],
        education=frozenset(kind for kind, _, _ in education),
        coach_c_valid=next(
            ((_day(since), _day(until)) for kind, since, until in education if kind == "coach_c"), None
        ),
        agreement=AgreementFacts(*map(_day_or_none, row["agreement"])) if row["agreement"] else None,
        suspensions=tuple(
            Suspension(_moment(since), until and _moment(until)) for since, until in row["suspensions"] or []
        ),
        parts=_latest([Part(*values) for values in row["parts"] or []]),
        obstacles=_obstacles(row["checks"] or []),
    )


def _latest(parts: list[Part]) -> tuple[Part, ...]:
    latest = max((part.supplement for part in parts), default=0)
    return tuple(part for part in parts if part.supplement == latest)


def _obstacles(checks: list[Any]) -> tuple[Obstacle, ...]:
    by_employer: dict[int, list[Check]] = defaultdict(list)
    for employer, ground, checked_on, outcome, permission in checks:
        by_employer[employer].append(Check(ground, _day(checked_on), outcome, permission))
    return obstacles_of(by_employer.values())


def _tenure(
    since: str, until: str | None, contract: int, employer: int, year: str, first: int, last: int, *rest: Any
) -> Tenure:
    signed, ended, prolonged, mentor = rest
    return Tenure(
        since=_moment(since),
        until=_moment(until) if until else None,
        contract_id=contract,
        employer_id=employer,
        labels=tuple(f"{year}-{number}" for number in range(first, last + 1)),
        signed_on=_day(signed),
        ended_on=_day_or_none(ended),
        prolonged_until=_day_or_none(prolonged),
        mentor_id=mentor,
    )


def tenures_of(plan: SupportPlan, mentor: int) -> tuple[Tenure, ...]:
    """The times of one mentor on a plan."""
    rows = MentorAssignment.objects.filter(plan=plan, mentor=mentor).select_related("contract")
    return tuple(
        Tenure(
            since=row.since,
            until=row.until,
            contract_id=row.contract_id,
            employer_id=row.contract.employer_id,
            labels=row.contract.semesters,
            signed_on=row.contract.signed_on,
            ended_on=row.contract.ended_on,
            prolonged_until=row.contract.prolonged_until,
            mentor_id=row.mentor_id,
        )
        for row in rows.order_by("since", "pk")
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _day_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def span_of_tenure(tenure: Tenure, plan: SupportPlan, known: Programme) -> Span | None:
    """The days of the contract of one of the times."""
    return contract_span(
        labels=tenure.labels,
        signed_on=tenure.signed_on,
        ended_on=tenure.ended_on,
        prolonged_until=tenure.prolonged_until,
        institutions=(tenure.employer_id, plan.institution_id),
        calendar=known.calendar,
    )


def contract_spans(found: MeetingContext, plan: SupportPlan, known: Programme) -> list[Span]:
    """The days of the contracts under which this mentor stood by the plan."""
    spans = [span_of_tenure(tenure, plan, known) for tenure in found.own_tenures]
    return [span for span in spans if span is not None]


def payer_of(
    own: Sequence[Tenure], plan: SupportPlan, known: Programme, *, day: date, starts_at: datetime
) -> Tenure | None:
    """[CON-1] [CON-3] [PAY-1] The time whose contract pays a meeting: that of the contract attached at its start where
    it covers the day, else of another contract of the mentor that served the plan and covers it, the latest of them.
    None where no contract does."""
    covering = [
        tenure for tenure in own if (span := span_of_tenure(tenure, plan, known)) is not None and day in span
    ]
    attached = [tenure for tenure in covering if tenure.at(starts_at)]
    return max(attached or covering, key=lambda tenure: tenure.since, default=None)


def meeting_facts(plan: SupportPlan, found: MeetingContext) -> MeetingFacts:
    """What the rules ask for, from the locked plan and from what was found around it."""
    known = found.programme()
    return MeetingFacts(
        now=clock.now(),
        born=plan.learner.born_on,
        stage=stage_of(plan),
        institution=plan.institution_id,
        calendar=known.calendar,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        approved_at=plan.approved_at,
        contracts=contract_spans(found, plan, known),
        certificate_issued_on=found.certificate_issued_on,
        agreement=found.agreement,
        month_hours=found.month_hours,
        overlapping=found.overlapping,
        education=found.education,
        coach_c_valid=found.coach_c_valid,
        suspensions=found.suspensions,
        order_until=plan.extended_until,
        extended_on=clock.riga_day(plan.extended_at) if plan.extended_at else None,
        obstacles=found.obstacles,
        day_hours=found.day_hours,
        same_topic=found.same_topic,
    )


def writable(found: MeetingContext) -> bool:
    """Whether the month takes rows: it has no timesheet yet, or one that is open or returned."""
    return all(part.state in (SheetState.OPEN, SheetState.RETURNED) for part in found.parts)


def version_of(parts: Sequence[Timesheet]) -> int:
    """One number for a month of several parts: it grows with each of them."""
    return sum(part.version for part in parts)
