"""What the programme, the pay clerk, the head and the responsible person do with pay."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from celabiedrs.hours.access import stands_by
from celabiedrs.hours.actions.months import month_parts
from celabiedrs.hours.actions.payers import find_payers_in
from celabiedrs.hours.models import Meeting, SheetState, Timesheet
from celabiedrs.hours.workflow import MonthObstacle
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, Stale, WrongState, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.workflow import ask, check_state, move
from celabiedrs.pay import notices
from celabiedrs.pay.access import may_prepare_run, may_publish_rate, may_set_class
from celabiedrs.pay.facts.corrections import (
    difference_by_rate,
    hours_elsewhere,
    others_hours,
    paid_hours,
    settled_sheets,
    signed_hours,
)
from celabiedrs.pay.facts.lines import first_unrated_day, moved_since, pays_sheet_by_sheet, write_lines
from celabiedrs.pay.facts.rates import paid_by_rate_of
from celabiedrs.pay.models import (
    Correction,
    CorrectionPart,
    PayLine,
    PayrollIdentity,
    PayRun,
    RunState,
    UnitRate,
    VsaoiClass,
)
from celabiedrs.pay.workflow import APPROVE, CORRECT, PREPARE_AGAIN, SEND, WITHDRAW, RateObstacle, RunObstacle
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution
from celabiedrs.plans.access import may_answer_for
from celabiedrs.plans.models import SupportPlan
from celabiedrs.registry.models import Mentor
from celabiedrs.rules import month as month_rules
from celabiedrs.rules import naming
from celabiedrs.rules import pay as pay_rules
from celabiedrs.rules.calendar import month_end
from celabiedrs.rules.preparing import personal_code as personal_code_read
from celabiedrs.rules.reading import any_hours, read_day, read_money, read_month, read_text


@dataclass(frozen=True)
class Totals:
    """Lines, hours and amount (euros) of a run, or of what a person may see of it."""

    lines: int
    hours: int
    amount: Decimal


def totals_of(lines: object) -> Totals:
    """Sum up a queryset of pay lines."""
    found = lines.aggregate(hours=Sum("hours"), amount=Sum("amount"))  # type: ignore[attr-defined]
    return Totals(lines.count(), found["hours"] or 0, found["amount"] or Decimal("0.00"))  # type: ignore[attr-defined]


@transaction.atomic
def publish_rate(*, by: User, amount: object, since: object, source: object = "") -> Done[UnitRate]:
    """[PAY-1] [PAY-3] Publish the rate from a day on; one that exists is only succeeded."""
    require(may_publish_rate(by))
    rates = [
        pay_rules.Rate(rate.since, rate.amount)
        for rate in UnitRate.objects.select_for_update().order_by("since")
    ]
    last_month = (
        PayLine.objects.exclude(run__state=RunState.PREPARED)
        .order_by("-run__month")
        .values_list("run__month", flat=True)
    ).first()
    cautions = refuse(
        pay_rules.rate_published(
            amount=amount,
            since=since,
            rates=rates,
            last_paid_day=month_end(last_month) if last_month else None,
        )
    )
    rate = UnitRate.objects.create(
        amount=expect(read_money(amount)),
        since=expect(read_day(since)),
        source=read_text(source),
        published_by=by,
        published_at=clock.now(),
    )
    record(rate, "rate_published", by=by, since=str(rate.since), amount=str(rate.amount))
    return Done(rate, cautions)


@transaction.atomic
def withdraw_rate(*, by: User, rate: UnitRate) -> Done[None]:
    """[PAY-1] [PAY-3] Take a published rate back while nothing was paid by it; what it was stays in the events."""
    require(may_publish_rate(by))
    rates = {each.pk: each for each in UnitRate.objects.select_for_update().order_by("since")}
    if rate.pk not in rates:
        raise WrongState(None, RateObstacle.GONE)
    cautions = refuse(pay_rules.rate_withdrawn(paid=paid_by_rate_of(rate)))
    record(rate, "rate_withdrawn", by=by, since=str(rate.since), amount=str(rate.amount))
    rates[rate.pk].delete()
    return Done(None, cautions)


@transaction.atomic
def prepare_run(*, by: User, employer: Institution | None, month: object) -> Done[PayRun | None]:
    """[PAY-1] [PAY-3] [PAY-4] [LOG-8] [CON-1] Work out what the employer owes for a month that is over: of verified
    timesheets the rows that both have signed and its contract covers, at the rate of their day; and the corrections of
    earlier months. May be repeated. None where there is nothing to pay: no empty run is made."""
    require(may_prepare_run(by, employer))
    refuse(
        naming.institution_named(named=employer is not None, clause="PAY-1", field="employer"),
        pay_rules.run_month(month=month, today=clock.today()),
    )
    employer, first = expect(employer), expect(read_month(month))
    Institution.objects.select_for_update(no_key=True).get(pk=employer.pk)
    return _prepared(by, employer, first)


@transaction.atomic
def prepare_run_again(*, by: User, run: PayRun) -> Done[PayRun | None]:
    """[PAY-1] Prepare this very run again; one that was approved, sent or withdrawn meanwhile is WrongState. Where
    nothing is left to pay it is withdrawn."""
    require(may_prepare_run(by, run.employer_id))
    employer = Institution.objects.select_for_update(no_key=True).get(pk=run.employer_id)
    run.refresh_from_db()
    check_state(PREPARE_AGAIN, run)
    return _prepared(by, employer, run.month)


def _prepared(by: User, employer: Institution, month: date) -> Done[PayRun | None]:
    """The run of the month as it comes out now, in the place of the one that was prepared before."""
    find_payers_in(month)
    sheet_by_sheet = pays_sheet_by_sheet(month)
    cautions = refuse(
        pay_rules.every_day_has_a_rate(
            unrated_day=first_unrated_day(employer.pk, month, sheet_by_sheet=sheet_by_sheet)
        ),
        pay_rules.waiting(waits=waiting_sheets(employer.pk, month)),
    )
    run, made = PayRun.objects.update_or_create(
        employer=employer,
        month=month,
        state=RunState.PREPARED,
        defaults={"prepared_by": by, "prepared_at": clock.now()},
    )
    write_lines(run, sheet_by_sheet=sheet_by_sheet)
    if not run.lines.exists():
        if made:
            run.delete()
        else:
            _withdraw(by, run)
        return Done(None, cautions)
    record(run, "prepared", by=by, month=str(month))
    notices.run_prepared(run)
    return Done(run, cautions)


def _withdraw(by: User, run: PayRun) -> None:
    run.lines.all().delete()
    move(run, WITHDRAW, withdrawn_by=by, withdrawn_at=clock.now())
    record(run, "withdrawn", by=by, month=str(run.month))


@transaction.atomic
def withdraw_run(*, by: User, run: PayRun) -> Done[PayRun]:
    """Take a prepared run back before it is approved: its months are free for another."""
    ask(WITHDRAW, by, run)
    Institution.objects.select_for_update(no_key=True).get(pk=run.employer_id)
    run.refresh_from_db()
    ask(WITHDRAW, by, run)
    _withdraw(by, run)
    return Done(run)


def waiting_sheets(employer: int, month: date) -> dict[str, int]:
    """How many timesheets with meetings of that month are not verified yet, by state."""
    waits: dict[str, int] = {}
    sheets = Timesheet.objects.filter(
        employer=employer, month=month, meetings__in=Meeting.objects.standing().order_by()
    ).exclude(state=SheetState.VERIFIED)
    for state in sheets.order_by("pk").distinct().values_list("state", flat=True):
        waits[state] = waits.get(state, 0) + 1
    return waits


@transaction.atomic
def approve_run(*, by: User, run: PayRun, seen: str = "") -> Done[PayRun]:
    """[DUT-1] [PAY-4] The head approves a prepared run, another person than who prepared it, without an own line.

    From here on its months take no change: only a correction line in a later run. `seen`: when the run that the head
    looked at was prepared (ISO); a run prepared again meanwhile is Stale. A run of which a line would come out
    otherwise now – a month opened again, another rate – is WrongState: it is prepared again first.
    """
    ask(APPROVE, by, run)
    Institution.objects.select_for_update(no_key=True).get(pk=run.employer_id)
    run.refresh_from_db()
    if seen and seen != run.prepared_at.isoformat():
        raise Stale
    fresh = run.lines.filter(correction=None)
    locked = Timesheet.objects.filter(pk__in=fresh.values("timesheet")).order_by("pk")
    list(locked.select_for_update(no_key=True).values_list("pk", flat=True))
    if any(line.in_run for line in moved_since(run, sheet_by_sheet=pays_sheet_by_sheet(run.month))):
        raise WrongState(APPROVE, RunObstacle.MOVED, run)
    own = run.lines.filter(mentor__user_id=by.pk).exists()
    cautions = refuse(
        pay_rules.no_own_line(own_line=own), pay_rules.not_who_prepared(prepared=run.prepared_by_id == by.pk)
    )
    now = clock.now()
    move(run, APPROVE, approved_by=by, approved_at=now)
    Timesheet.objects.filter(pk__in=fresh.values("timesheet"), settled_at=None).update(settled_at=now)
    record(run, "approved", by=by, month=str(run.month))
    notices.run_approved(run)
    return Done(run, cautions)


@transaction.atomic
def send_run(*, by: User, run: PayRun) -> Done[PayRun]:
    """Hand an approved run over to payroll."""
    ask(SEND, by, run)
    move(run, SEND, sent_by=by, sent_at=clock.now())
    record(run, "sent", by=by, month=str(run.month))
    notices.run_sent(run)
    return Done(run)


@transaction.atomic
def correct_month(
    *,
    by: User,
    plan: SupportPlan,
    month: object,
    hours: object,
    reason: object = "",
    mentor: Mentor | None = None,
) -> Done[Correction]:
    """[DUT-1] [PAY-3] [LOG-8] Say what a month in an approved run rightly comes to. That run stays as it is: the
    difference goes into the employer's next run of a later month, at the rate of the days that it corrects."""
    require(may_answer_for(by, plan))
    parts = month_parts(plan, read_month(month), mentor)
    sheet = parts[0] if parts else None
    sheets = settled_sheets(plan=plan.pk, mentor=sheet.mentor_id, month=sheet.month) if sheet else []
    if sheet is None:
        raise WrongState(CORRECT, MonthObstacle.NO_SHEET)
    if not sheets:
        raise WrongState(CORRECT, MonthObstacle.NOT_PAID, sheet)
    elsewhere = hours_elsewhere(sheets)
    before = paid_hours(sheets) + elsewhere
    cautions = refuse(
        month_rules.another_verifies(is_mentor=stands_by(by, plan)),
        month_rules.decision_has_reason(reason=reason),
        month_rules.correction(
            hours=hours,
            month=sheet.month,
            paid_hours=before,
            signed_hours=signed_hours(sheets) + elsewhere,
            others_hours=others_hours(sheets),
            hours_elsewhere=elsewhere,
        ),
    )
    read = any_hours(hours)
    rightly = read if isinstance(read, int) else 0
    correction = Correction.objects.create(
        timesheet=sheets[0],
        hours_before=before,
        hours=rightly,
        reason=read_text(reason)[:500],
        made_by=by,
        made_at=clock.now(),
    )
    CorrectionPart.objects.bulk_create(
        CorrectionPart(correction=correction, timesheet=own, rate=rate, hours=change)
        for own, rate, change in difference_by_rate(sheets, rightly - before)
    )
    record(
        correction,
        "corrected",
        by=by,
        thread=plan.public_id,
        month=str(sheet.month),
        before=before,
        hours=rightly,
    )
    return Done(correction, cautions)


@transaction.atomic
def set_vsaoi_class(
    *, by: User, employer: Institution, mentor: Mentor, kind: object, since: object
) -> Done[VsaoiClass]:
    """[PAY-2] Say by which class of social insurance an employer counts a mentor, from a day on.

    It serves only the aid beside the lines; no line and no amount depends on it. One said for the same day is replaced.
    """
    require(may_set_class(by, employer))
    cautions = refuse(pay_rules.vsaoi_class(kind=kind, since=since))
    row, _ = VsaoiClass.objects.update_or_create(
        employer=employer, mentor=mentor, since=expect(read_day(since)), defaults={"kind": str(kind)}
    )
    record(row, "vsaoi_class_set", by=by, since=str(row.since))
    return Done(row, cautions)


@transaction.atomic
def set_payroll_identity(
    *, by: User, employer: Institution, mentor: Mentor, employee_number: object, personal_code: object
) -> Done[PayrollIdentity]:
    """[PAY-1] Say by what the employer's payroll knows a mentor; an empty value takes it away."""
    require(may_set_class(by, employer))
    number, code = read_text(employee_number), read_text(personal_code)
    cautions = refuse(
        naming.fits(text=number, clause="PAY-1", characters=40, field="employee_number"),
        personal_code_read(code=code) if code else (),
    )
    known, _ = PayrollIdentity.objects.update_or_create(
        employer=employer,
        mentor=mentor,
        defaults={
            "employee_number": number or None,
            "personal_code": code or None,
            "entered_by": by,
            "entered_at": clock.now(),
        },
    )
    record(known, "payroll_identity_set", by=by)
    return Done(known, cautions)
