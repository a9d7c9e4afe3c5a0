from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max, Q, Sum

from celabiedrs.hours import notices
from celabiedrs.hours.access import may_attach_scan, stands_by
from celabiedrs.hours.actions.payers import find_payers
from celabiedrs.hours.facts import version_of
from celabiedrs.hours.models import CooperationReview, Meeting, NoMeetings, Timesheet
from celabiedrs.hours.workflow import (
    DECLARE_NO_MEETINGS,
    REOPEN,
    RETURN,
    SUBMIT,
    SUPPLEMENT,
    VERIFY,
    MonthObstacle,
)
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, Stale, WrongState, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.codes import new_code
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.signing.models import Means
from celabiedrs.lib.steps import Step
from celabiedrs.lib.workflow import ask, check_state, move
from celabiedrs.people.models import User
from celabiedrs.places.facts import rules_edition
from celabiedrs.plans.access import may_answer_for
from celabiedrs.plans.models import MentorAssignment, SupportPlan
from celabiedrs.registry.models import Mentor
from celabiedrs.rules import month as month_rules
from celabiedrs.rules.reading import read_month, read_text


def month_parts(plan: SupportPlan, month: date | None, mentor: Mentor | int | None) -> list[Timesheet]:
    """The timesheets of a month that count now, one an employer: of the mentor named; else of the only one, or of the
    plan's mentor now. Those of the latest supplement, locked."""
    if month is None:
        return []
    sheets = (
        Timesheet.objects.filter(plan=plan, month=month)
        .select_related("plan", "mentor")
        .select_for_update(of=("self",), no_key=True)
        .order_by("-supplement", "pk")
    )
    found = list(sheets.filter(mentor=mentor) if mentor is not None else sheets)
    if mentor is None:
        found.sort(key=lambda sheet: sheet.mentor_id != plan.mentor_id)
    return [
        sheet
        for sheet in found
        if (sheet.mentor_id, sheet.supplement) == (found[0].mentor_id, found[0].supplement)
    ]


def _unchanged(parts: Sequence[Timesheet], version: int | None) -> None:
    """Stale where the month is not as the person had it before them."""
    if version is not None and version != version_of(parts):
        raise Stale


def last_day_of(sheet: Timesheet) -> date:
    """The last day on which this mentor could meet on the plan: the plan's, its end, or that of the change."""
    plan = sheet.plan
    days = [plan.last_day]
    if plan.ended_at is not None:
        days.append(clock.riga_day(plan.ended_at))
    last = (
        MentorAssignment.objects.filter(plan=plan, mentor=sheet.mentor_id).order_by("-since", "-pk").first()
    )
    if last is not None and last.until is not None:
        days.append(clock.riga_day(last.until))
    return min(days)


def rows_of(parts: Sequence[Timesheet]) -> month_rules.MonthRows:
    sheet = parts[0]
    standing = Meeting.objects.standing().filter(timesheet__in=parts)
    latest = (
        Meeting.objects.standing()
        .filter(plan=sheet.plan_id, mentor=sheet.mentor_id)
        .aggregate(Max("held_on"))
    )
    return month_rules.MonthRows(
        rows=standing.count(),
        unsigned=standing.unsigned().count(),
        later=bool(latest["held_on__max"] and latest["held_on__max"] >= clock.next_month(sheet.month)),
    )


def is_last(sheet: Timesheet) -> bool:
    """Whether it is this mentor's last timesheet on the plan, which carries the review (LOG-12)."""
    rows = rows_of([sheet])
    return month_rules.is_last_timesheet(
        month=sheet.month, last_day=last_day_of(sheet), later=rows.later, today=clock.today()
    )


@transaction.atomic
def submit_month(
    *, by: User, plan: SupportPlan, month: object, no_double_funding: object, version: int | None = None
) -> Done[Timesheet]:
    """[LOG-9] [LOG-11] [LOG-12] [CON-9] [LOG-8] The mentor submits a month with the declaration: the timesheets of all
    its employers together."""
    require(stands_by(by, plan))
    first = read_month(month)
    parts = find_payers(month_parts(plan, first, by.mentor))
    for part in parts:
        check_state(SUBMIT, part)
    if not parts or first is None:
        refuse(month_rules.month_given(month=month))
        first = expect(first)
        refuse(
            month_rules.has_meetings(rows=0, month=first),
            month_rules.no_double_funding(declared=no_double_funding),
        )
    sheet = parts[0]
    ask(SUBMIT, by, sheet)
    _unchanged(parts, version)
    cautions = refuse(
        month_rules.submission_findings(
            month=sheet.month,
            rows=rows_of(parts),
            last_day=last_day_of(sheet),
            declared=no_double_funding,
            reviewed=CooperationReview.objects.filter(plan=plan, mentor=sheet.mentor_id).exists(),
            today=clock.today(),
        )
    )
    now = clock.now()
    for part in parts:
        move(part, SUBMIT, submitted_at=now, declared_at=now, returned_reason="", version=part.version + 1)
        record(part, "submitted", by=by, thread=plan.public_id, month=str(part.month))
    notices.month_submitted(sheet)
    return Done(sheet, cautions)


@transaction.atomic
def declare_no_meetings(*, by: User, plan: SupportPlan, month: object) -> Done[NoMeetings]:
    """[LOG-9] The mentor says that a month had no meetings, so that nobody waits for it."""
    require(stands_by(by, plan))
    refuse(month_rules.month_given(month=month))
    first = expect(read_month(month))
    parts = month_parts(plan, first, by.mentor)
    if Meeting.objects.standing().filter(timesheet__in=parts).exists():
        raise WrongState(DECLARE_NO_MEETINGS, MonthObstacle.HAS_MEETINGS, plan)
    said, _ = NoMeetings.objects.get_or_create(
        plan=plan, mentor=by.mentor, month=first, defaults={"said_at": clock.now()}
    )
    record(said, "no_meetings", by=by, thread=plan.public_id, month=str(first))
    return Done(said)


def paper_sum(*parts: Timesheet) -> tuple[int, bool]:
    """Hours of the rows that were signed on paper, and whether there is any such row (LOG-10)."""
    paper = Meeting.objects.held().filter(
        Q(learner_means=Means.PAPER) | Q(mentor_means=Means.PAPER), timesheet__in=parts
    )
    hours = paper.aggregate(Sum("hours"))["hours__sum"]
    return hours or 0, hours is not None


def _for_school(
    by: User, plan: SupportPlan, month: object, mentor: Mentor | None, step: Step
) -> list[Timesheet]:
    """The locked timesheets of the month that the school decides on together, in a state from which the step is
    taken."""
    require(may_answer_for(by, plan))
    parts = month_parts(plan, read_month(month), mentor)
    if not parts:
        raise WrongState(step, MonthObstacle.NO_SHEET)
    for part in parts:
        check_state(step, part)
    return parts


@transaction.atomic
def verify_month(
    *,
    by: User,
    plan: SupportPlan,
    month: object,
    mentor: Mentor | None = None,
    paper_hours: object = None,
    version: int | None = None,
) -> Done[Timesheet]:
    """[DUT-1] [LOG-10] The learner's school verifies a submitted month; signed paper and diary agree. `paper_hours` is
    the sum over the timesheets of all its employers."""
    parts = find_payers(_for_school(by, plan, month, mentor, VERIFY))
    _unchanged(parts, version)
    signed_on_paper, any_paper = paper_sum(*parts)
    cautions = refuse(
        month_rules.another_verifies(is_mentor=_is_mentor(by, parts[0])),
        month_rules.paper_agrees(paper_hours=paper_hours, paper_sum=signed_on_paper, any_paper=any_paper),
    )
    now = clock.now()
    for part in parts:
        move(
            part,
            VERIFY,
            verified_at=now,
            verified_by=by,
            paper_hours=paper_sum(part)[0] if paper_hours not in (None, "") else None,
            version=part.version + 1,
        )
        record(part, "verified", by=by, thread=plan.public_id, month=str(part.month), edition=rules_edition())
    notices.month_verified(parts[0])
    return Done(parts[0], cautions)


def _is_mentor(by: User, sheet: Timesheet) -> bool:
    """Who is, or was, the plan's mentor does not decide on its months, whatever post they hold (DUT-1)."""
    return stands_by(by, sheet.plan) or sheet.mentor.user_id == by.pk


@transaction.atomic
def return_month(
    *,
    by: User,
    plan: SupportPlan,
    month: object,
    mentor: Mentor | None = None,
    reason: object = "",
    version: int | None = None,
) -> Done[Timesheet]:
    """[DUT-1] Give a submitted month back to the mentor, and say why."""
    parts = _for_school(by, plan, month, mentor, RETURN)
    _unchanged(parts, version)
    cautions = refuse(
        month_rules.another_verifies(is_mentor=_is_mentor(by, parts[0])),
        month_rules.decision_has_reason(reason=reason),
    )
    for part in parts:
        move(part, RETURN, returned_reason=read_text(reason)[:500], version=part.version + 1)
        record(part, "returned", by=by, thread=plan.public_id, month=str(part.month))
    notices.month_returned(parts[0])
    return Done(parts[0], cautions)


@transaction.atomic
def reopen_month(
    *,
    by: User,
    plan: SupportPlan,
    month: object,
    mentor: Mentor | None = None,
    reason: object = "",
    version: int | None = None,
) -> Done[Timesheet]:
    """[DUT-1] Open a verified month again, until one of its timesheets lies in an approved pay run; then only a
    correction is left."""
    parts = _for_school(by, plan, month, mentor, REOPEN)
    _unchanged(parts, version)
    for part in parts:
        if part.settled_at is not None:
            raise WrongState(REOPEN, MonthObstacle.PAID, part)
    cautions = refuse(
        month_rules.another_verifies(is_mentor=_is_mentor(by, parts[0])),
        month_rules.decision_has_reason(reason=reason),
    )
    for part in parts:
        move(
            part,
            REOPEN,
            verified_at=None,
            verified_by=None,
            paper_hours=None,
            reopened_at=clock.now(),
            returned_reason=read_text(reason)[:500],
            version=part.version + 1,
        )
        record(part, "reopened", by=by, thread=plan.public_id, month=str(part.month))
    notices.month_returned(parts[0])
    return Done(parts[0], cautions)


@transaction.atomic
def open_supplement(
    *, by: User, plan: SupportPlan, month: object, mentor: Mentor | None = None, reason: object = ""
) -> Done[Timesheet]:
    """[DUT-1] [LOG-8] For a month that is paid: open a sheet beside it, for meetings that were forgotten.

    The paid sheet stays as it is; what is signed and verified here is paid by a later run of that month.
    """
    parts = _for_school(by, plan, month, mentor, SUPPLEMENT)
    sheet = next((part for part in parts if part.settled_at is not None), None)
    if sheet is None:
        raise WrongState(SUPPLEMENT, MonthObstacle.NOT_PAID, parts[0])
    refuse(
        month_rules.another_verifies(is_mentor=_is_mentor(by, sheet)),
        month_rules.decision_has_reason(reason=reason),
    )
    supplement = Timesheet.objects.create(
        code=new_code("SK"),
        plan=plan,
        mentor=sheet.mentor,
        employer_id=sheet.employer_id,
        month=sheet.month,
        supplement=sheet.supplement + 1,
        returned_reason=read_text(reason)[:500],
    )
    record(supplement, "supplement_opened", by=by, thread=plan.public_id, month=str(sheet.month))
    notices.month_returned(supplement)
    return Done(supplement)


@transaction.atomic
def attach_paper_scan(*, by: User, sheet: Timesheet, scan: StoredFile) -> Done[Timesheet]:
    """[LOG-7] [LOG-10] Put the signed paper sheet beside the diary. An earlier scan is kept and named in the event."""
    require(may_attach_scan(by, sheet))
    sheet = (
        Timesheet.objects.select_related("plan").select_for_update(of=("self",), no_key=True).get(pk=sheet.pk)
    )
    before, sheet.paper_scan = sheet.paper_scan_id, scan
    sheet.save(update_fields=["paper_scan"])
    record(
        sheet,
        "scan_attached",
        by=by,
        thread=sheet.plan.public_id,
        month=str(sheet.month),
        file=scan.pk,
        before=before,
    )
    return Done(sheet)
