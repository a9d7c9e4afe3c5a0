"""Everything around a meeting that its rules ask about, fetched in one statement.

One statement, because recording a meeting is what the system does most: its cost is that of an index look-up and
of the month's rows. (The bigint of the overlap: without it the constraint's index is searched by the hour alone,
through everybody's meetings at that time.)
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from celabiedrs.hours.models import SheetState
from celabiedrs.lib import clock
from celabiedrs.people.models import User
from celabiedrs.places.facts import Programme, programme
from celabiedrs.plans.facts import stage_of
from celabiedrs.plans.models import SupportPlan
from celabiedrs.rules.agreement import AgreementFacts
from celabiedrs.rules.contract import Span, contract_span
from celabiedrs.rules.hours import MeetingEntry, MeetingFacts, Suspension

AROUND = """
WITH me AS (SELECT id FROM registry_mentor WHERE user_id = %(user)s)
SELECT
  (SELECT id FROM me),
  (SELECT token FROM places_edition ORDER BY id LIMIT 1),
  (SELECT coalesce(sum(hours), 0) FROM hours_meeting WHERE learner_id = %(learner)s AND voided_at IS NULL
     AND outcome = 'held' AND held_on >= %(month)s AND held_on < %(next_month)s AND id <> %(but)s),
  (SELECT coalesce(sum(hours), 0) FROM hours_meeting WHERE learner_id = %(learner)s AND voided_at IS NULL
     AND outcome = 'held' AND held_on = %(day)s AND id <> %(but)s),
  (SELECT count(*) FROM hours_meeting WHERE learner_id = %(learner)s::bigint AND voided_at IS NULL AND outcome = 'held'
     AND tstzrange(starts_at, ends_at, '[)') && tstzrange(%(starts)s, %(ends)s, '[)') AND id <> %(but)s)
  + (SELECT count(*) FROM hours_meeting WHERE mentor_id = (SELECT id FROM me) AND voided_at IS NULL
     AND outcome = 'held' AND tstzrange(starts_at, ends_at, '[)') && tstzrange(%(starts)s, %(ends)s, '[)')
     AND learner_id <> %(learner)s AND id <> %(but)s),
  (SELECT count(*) FROM hours_meeting WHERE plan_id = %(plan)s AND topic = %(topic)s AND voided_at IS NULL
     AND topic <> '' AND id <> %(but)s),
  (SELECT json_agg(json_build_array(a.since, a.until, c.employer_id, c.year, c.first_semester, c.last_semester,
       c.signed_on, c.ended_on, a.mentor_id) ORDER BY a.since, a.id)
     FROM plans_mentorassignment a JOIN contracts_contract c ON c.id = a.contract_id WHERE a.plan_id = %(plan)s),
  (SELECT issued_on FROM registry_trainingcertificate WHERE mentor_id = (SELECT id FROM me)),
  (SELECT json_agg(json_build_array(kind, valid_since, valid_until))
     FROM registry_educationground WHERE mentor_id = (SELECT id FROM me)),
  (SELECT json_build_array(learner_signed_on, mentor_signed_on)
     FROM plans_agreement WHERE plan_id = %(plan)s AND mentor_id = (SELECT id FROM me)),
  (SELECT json_agg(json_build_array(since, until)) FROM plans_suspension WHERE plan_id = %(plan)s),
  (SELECT json_build_array(id, state, supplement) FROM hours_timesheet WHERE plan_id = %(plan)s
     AND mentor_id = (SELECT id FROM me) AND month = %(month)s ORDER BY supplement DESC LIMIT 1)
"""


@dataclass(frozen=True)
class Stand:
    """One time in which a mentor stood by the plan."""

    since: datetime
    until: datetime | None
    employer_id: int
    labels: tuple[str, ...]
    signed_on: date
    ended_on: date | None
    mentor_id: int


@dataclass(frozen=True)
class Around:
    """What stands around a row: whose it is, what else the month holds, which papers are there."""

    mentor_id: int | None
    token: uuid.UUID | None
    month_hours: int
    day_hours: int
    overlapping: int
    same_topic: int
    stands: tuple[Stand, ...]  # of everybody who stood by the plan, in the order of time
    certificate_issued_on: date | None
    education: frozenset[str]
    coach_c_valid: tuple[date, date] | None
    agreement: AgreementFacts | None
    suspensions: tuple[Suspension, ...]
    sheet: tuple[int, str, int] | None  # id, state and supplement of the month's timesheet

    @property
    def own(self) -> tuple[Stand, ...]:
        """The times of this mentor."""
        return tuple(stand for stand in self.stands if stand.mentor_id == self.mentor_id)

    def programme(self) -> Programme:
        return programme(self.token)


def around(plan: SupportPlan, user: User, entry: MeetingEntry, *, but: int = 0) -> Around:
    """Fetch it. `but`: the id of the meeting that is being changed."""
    day = entry.day or clock.today()
    starts = entry.starts_at
    with connection.cursor() as cursor:
        cursor.execute(
            AROUND,
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
        row = cursor.fetchone()
    education = row[8] or []
    return Around(
        mentor_id=row[0],
        token=row[1],
        month_hours=int(row[2]),
        day_hours=int(row[3]),
        overlapping=row[4] if starts and entry.ends_at else 0,
        same_topic=row[5],
        stands=tuple(_stand(*values) for values in row[6] or []),
        certificate_issued_on=row[7],
        education=frozenset(kind for kind, _, _ in education),
        coach_c_valid=next(
            ((_day(since), _day(until)) for kind, since, until in education if kind == "coach_c"), None
        ),
        agreement=AgreementFacts(*map(_day_or_none, row[9])) if row[9] else None,
        suspensions=tuple(
            Suspension(_moment(since), until and _moment(until)) for since, until in row[10] or []
        ),
        sheet=tuple(row[11]) if row[11] else None,
    )


def _stand(
    since: str, until: str | None, employer: int, year: str, first: int, last: int, *rest: Any
) -> Stand:
    signed, ended, mentor = rest
    return Stand(
        since=_moment(since),
        until=_moment(until) if until else None,
        employer_id=employer,
        labels=tuple(f"{year}-{number}" for number in range(first, last + 1)),
        signed_on=_day(signed),
        ended_on=_day_or_none(ended),
        mentor_id=mentor,
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _day_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def contract_spans(found: Around, plan: SupportPlan, known: Programme) -> list[Span]:
    """The days of the contracts under which this mentor stood by the plan."""
    spans = [
        contract_span(
            labels=stand.labels,
            signed_on=stand.signed_on,
            ended_on=stand.ended_on,
            institutions=(stand.employer_id, plan.institution_id),
            calendar=known.calendar,
        )
        for stand in found.own
    ]
    return [span for span in spans if span is not None]


def meeting_facts(plan: SupportPlan, found: Around) -> MeetingFacts:
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
        day_hours=found.day_hours,
        same_topic=found.same_topic,
    )


def writable(found: Around) -> bool:
    """Whether the month takes rows: it has no timesheet yet, or one that is open or returned."""
    return found.sheet is None or found.sheet[1] in (SheetState.OPEN, SheetState.RETURNED)
