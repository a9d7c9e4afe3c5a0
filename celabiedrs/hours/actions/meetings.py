from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, connection, transaction

from celabiedrs.hours.facts import MeetingContext, meeting_context, meeting_facts, payer_of, writable
from celabiedrs.hours.models import Meeting, Outcome, SheetState, Timesheet
from celabiedrs.hours.workflow import CHANGE, RECORD, VOID, WRITABLE, DiaryObstacle
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, NotAllowed, Refused, Stale, WrongState, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.codes import new_code
from celabiedrs.lib.steps import Step
from celabiedrs.people.models import User
from celabiedrs.plans.models import Learner, SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.rules import hours as hour_rules
from celabiedrs.rules import month as month_rules
from celabiedrs.rules.breach import Breach, Caution, Finding
from celabiedrs.rules.hours import MeetingEntry
from celabiedrs.rules.parameters import whole as whole_number
from celabiedrs.rules.reading import read_text

OF_PLAN = [field.attname for field in SupportPlan._meta.concrete_fields]
OF_LEARNER = [field.attname for field in Learner._meta.concrete_fields]
LOCKED = f"""
SELECT {", ".join(f"p.{name}" for name in OF_PLAN)}, {", ".join(f"l.{name}" for name in OF_LEARNER)}
FROM plans_supportplan p JOIN plans_learner l ON l.id = p.learner_id
WHERE p.id = %s FOR NO KEY UPDATE
"""


@contextmanager
def overlap_is_refused() -> Iterator[None]:
    """Two rows that overlap and were written in the same moment: the constraint stops the second, in the
    rule's words.
    """
    try:
        yield
    except IntegrityError as error:
        if "one_at_a_time" in str(error):
            raise Refused(
                finding
                for finding in hour_rules.one_learner_at_a_time(overlapping=1)
                if isinstance(finding, Breach)
            ) from error
        raise


def locked(plan: SupportPlan) -> SupportPlan:
    """The plan and its learner under a lock: the hours of a month are a sum over all plans of the learner (TG-5)."""
    with connection.cursor() as cursor:
        cursor.execute(LOCKED, [plan.pk])
        row = cursor.fetchone()
    if row is None:
        raise SupportPlan.DoesNotExist
    fresh = SupportPlan.from_db(connection.alias, OF_PLAN, row[: len(OF_PLAN)])
    fresh.learner = Learner.from_db(connection.alias, OF_LEARNER, row[len(OF_PLAN) :])
    return fresh


def ask_time(plan: SupportPlan, entry: MeetingEntry, found: MeetingContext, step: Step) -> list[Finding]:
    """Who may write at all for that time, and whether the plan takes it: NotAllowed, WrongState, or findings."""
    own = found.own_tenures
    require(bool(own))
    if plan.state == PlanState.WITHDRAWN:
        raise WrongState(step, DiaryObstacle.PLAN_WITHDRAWN)
    starts = entry.starts_at
    for closed_at, closed in (
        (plan.suspended_at, DiaryObstacle.PLAN_SUSPENDED),
        (plan.ended_at, DiaryObstacle.PLAN_ENDED),
    ):
        if closed_at is None or entry.day is None:
            continue
        if (starts >= closed_at) if starts else (entry.day > clock.riga_day(closed_at)):
            raise WrongState(step, closed)
    if not writable(found):
        raise WrongState(step, DiaryObstacle.MONTH_CLOSED)
    if starts is None:
        return []
    if own[-1].until is not None and starts >= own[-1].until:
        raise NotAllowed("another mentor stands by the plan")
    another = any(stand.mentor_id != found.mentor_id and stand.at(starts) for stand in found.tenures)
    return list(hour_rules.mentor_of_the_time(another=another))


def record_meeting(
    *,
    by: User,
    plan: SupportPlan,
    day: object,
    start: object,
    topic: object = "",
    hours: object = None,
    end: object = None,
    outcome: object = Outcome.HELD,
) -> Done[Meeting]:
    """[LOG-1 … LOG-6] [TG-1] [TG-4] [TG-5] [IAP-1] [CAL-4] [CON-1] Write down a meeting that is over.

    Raw values in: `hours` as whole academic hours, or `end` in their place. Asked of every rule that knows something
    of a meeting, under a lock on the learner.
    """
    with overlap_is_refused():
        return _record(
            by,
            plan,
            hour_rules.read_meeting(
                day=day, start=start, topic=topic, hours=hours, end=end, outcome=outcome, today=clock.today()
            ),
        )


@transaction.atomic
def _record(by: User, plan: SupportPlan, read: tuple[MeetingEntry, tuple[Finding, ...]]) -> Done[Meeting]:
    entry, unread = read
    plan = locked(plan)
    found = meeting_context(plan, by, entry)
    of_the_time = ask_time(plan, entry, found, RECORD)
    cautions = refuse(unread, of_the_time, hour_rules.meeting_findings(entry, meeting_facts(plan, found)))
    meeting = Meeting(
        **place_of(plan, found, entry),
        plan=plan,
        mentor_id=expect(found.mentor_id),
        learner_id=plan.learner_id,
        recorded_at=clock.now(),
        recorded_by=by,
        **row_values(entry, cautions),
    )
    meeting.save(force_insert=True)
    record(meeting, "recorded", by=by, thread=plan.public_id, day=str(entry.day), hours=entry.hours)
    return Done(meeting, cautions)


def place_of(plan: SupportPlan, found: MeetingContext, entry: MeetingEntry) -> dict[str, int]:
    """[CON-3] [PAY-1] The contract that pays a row, and its employer's timesheet of the month, made with the first row
    of the month under that employer."""
    day, starts_at = expect(entry.day), expect(entry.starts_at)
    payer = expect(payer_of(found.own_tenures, plan, found.programme(), day=day, starts_at=starts_at))
    for part in found.parts:
        if part.employer_id == payer.employer_id:
            return {"contract_id": payer.contract_id, "timesheet_id": part.id}
    beside = found.parts[0] if found.parts else None
    sheet = Timesheet(
        code=new_code("SK"),
        plan=plan,
        mentor_id=expect(found.mentor_id),
        employer_id=payer.employer_id,
        month=clock.month_of(day),
        supplement=beside.supplement if beside else 0,
        state=beside.state if beside else SheetState.OPEN,
        returned_reason=beside.returned_reason if beside else "",
    )
    sheet.save(force_insert=True)
    return {"contract_id": payer.contract_id, "timesheet_id": sheet.pk}


def row_values(entry: MeetingEntry, cautions: tuple[Caution, ...]) -> dict[str, Any]:
    """The columns that a read row fills; one that was not held takes no time."""
    held = entry.outcome == Outcome.HELD
    return {
        "held_on": entry.day,
        "starts_at": entry.starts_at,
        "ends_at": entry.ends_at if held else entry.starts_at,
        "hours": entry.hours if held else 0,
        "topic": entry.topic,
        "outcome": entry.outcome,
        "late": any(caution.clause == "LOG-1" for caution in cautions),
    }


def locked_row(meeting: Meeting, step: Step) -> Meeting:
    """The row under a lock, and its timesheet: nobody submits or signs while it changes."""
    meeting = (
        Meeting.objects.select_related("timesheet", "mentor", "plan")
        .select_for_update(of=("self", "timesheet"), no_key=True)
        .get(pk=meeting.pk)
    )
    if meeting.voided_at is not None:
        raise WrongState(step, DiaryObstacle.VOIDED, meeting)
    if meeting.timesheet.state not in WRITABLE:
        raise WrongState(step, DiaryObstacle.MONTH_CLOSED, meeting)
    return meeting


def permit_mentor_of(by: User, meeting: Meeting) -> None:
    """Only the mentor whose row it is."""
    require(meeting.mentor.user_id == by.pk)


def change_meeting(
    *, by: User, meeting: Meeting, reason: object = "", version: int | None = None, **changes: object
) -> Done[Meeting]:
    """[LOG-7] [LOG-10] Change a row of an open month; every rule is asked again and both signatures are void.

    `version`: the one that the person had before them; Stale where somebody was first.
    """
    permit_mentor_of(by, meeting)
    with overlap_is_refused():
        return _change(by, meeting, reason, version, changes)


@transaction.atomic
def _change(
    by: User, meeting: Meeting, reason: object, version: int | None, changes: dict[str, object]
) -> Done[Meeting]:
    plan = locked(meeting.plan)
    meeting = locked_row(meeting, CHANGE)
    if version is not None and version != meeting.version:
        raise Stale
    entry, unread = hour_rules.read_meeting(**_merged(meeting, changes), today=clock.today())
    found = meeting_context(plan, by, entry, but=meeting.pk)
    of_the_time = ask_time(plan, entry, found, CHANGE)
    signed = bool(meeting.learner_means or meeting.mentor_means)
    cautions = refuse(
        unread,
        of_the_time,
        hour_rules.meeting_findings(entry, meeting_facts(plan, found)),
        month_rules.change_has_reason(reason=reason, signed=signed, voided=False),
    )
    values = row_values(entry, cautions)
    values["late"] = values["late"] and meeting.late
    if all(getattr(meeting, name) == value for name, value in values.items()):
        return Done(meeting, cautions)
    values |= {
        **place_of(plan, found, entry),
        "learner_means": "",
        "mentor_means": "",
        "disputed_at": None,
        "changed_at": clock.now(),
        "changed_after_signing": meeting.changed_after_signing or signed,
        "change_reason": read_text(reason)[:300],
        "version": meeting.version + 1,
    }
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=[name.removesuffix("_id") for name in values])
    meeting.signatures.filter(voided_at=None).update(voided_at=clock.now())
    record(
        meeting, "changed", by=by, thread=plan.public_id, day=str(entry.day), hours=entry.hours, signed=signed
    )
    return Done(meeting, cautions)


def _merged(meeting: Meeting, changes: dict[str, object]) -> dict[str, Any]:
    """The row as it stands with the changed fields in it, as `read_meeting` takes them."""
    begins, ends = meeting.starts_at.astimezone(clock.RIGA), meeting.ends_at.astimezone(clock.RIGA)
    minutes = whole_number("academic_hour_minutes", meeting.held_on) * meeting.hours
    whole = (meeting.ends_at - meeting.starts_at).total_seconds() == minutes * 60
    values: dict[str, Any] = {
        "day": meeting.held_on,
        "start": begins.time(),
        "topic": meeting.topic,
        "outcome": meeting.outcome,
        "hours": meeting.hours if whole or meeting.outcome != Outcome.HELD else None,
        "end": None if whole or meeting.outcome != Outcome.HELD else ends.time(),
    }
    if "hours" in changes and "end" not in changes:
        values["end"] = None
    if "end" in changes and "hours" not in changes:
        values["hours"] = None
    return values | {name: value for name, value in changes.items() if name in values}


@transaction.atomic
def void_meeting(*, by: User, meeting: Meeting, reason: object = "") -> Done[Meeting]:
    """[LOG-10] Void a row, with a reason; it stays to be seen and counts nothing."""
    permit_mentor_of(by, meeting)
    meeting = locked_row(meeting, VOID)
    cautions = refuse(
        month_rules.change_has_reason(
            reason=reason, signed=bool(meeting.learner_means or meeting.mentor_means), voided=True
        )
    )
    meeting.voided_at, meeting.void_reason = clock.now(), read_text(reason)[:300]
    meeting.learner_means = meeting.mentor_means = ""
    meeting.version += 1
    meeting.save(update_fields=["voided_at", "void_reason", "learner_means", "mentor_means", "version"])
    meeting.signatures.filter(voided_at=None).update(voided_at=clock.now())
    record(meeting, "voided", by=by, thread=meeting.plan.public_id, day=str(meeting.held_on))
    return Done(meeting, cautions)
