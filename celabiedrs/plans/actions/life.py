from datetime import date

from django.db import transaction
from django.db.models import Max

from celabiedrs.contracts.facts import span_of
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, WrongState, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.workflow import ask, check_state, move
from celabiedrs.people.models import Role, User
from celabiedrs.places.facts import new_edition, programme
from celabiedrs.places.models import Institution, SemesterOverride
from celabiedrs.plans import notices
from celabiedrs.plans.access import may_answer_for, may_override_semester, may_prepare
from celabiedrs.plans.facts import semester_of
from celabiedrs.plans.models import MonthlyTalk, SupportPlan, Suspension
from celabiedrs.plans.workflow import EXTEND, LOG_TALK, RESUME, SUSPEND, PlanObstacle
from celabiedrs.rules import month as month_rules
from celabiedrs.rules import naming
from celabiedrs.rules import plan as plan_rules
from celabiedrs.rules.calendar import Period, Stage, parse_label
from celabiedrs.rules.reading import read_day, read_text


@transaction.atomic
def suspend_plan(*, by: User, plan: SupportPlan, reason: object = "") -> Done[SupportPlan]:
    """[PAY-5] Suspend: no meetings from this moment; hours given before stay payable."""
    ask(SUSPEND, by, plan)
    cautions = refuse(plan_rules.suspension_has_reason(reason=reason))
    now = clock.now()
    move(plan, SUSPEND, suspended_at=now)
    Suspension.objects.create(plan=plan, since=now, reason=read_text(reason))
    record(plan, "suspended", by=by, thread=plan.public_id)
    notices.plan_suspended(plan)
    return Done(plan, cautions)


@transaction.atomic
def resume_plan(*, by: User, plan: SupportPlan, reason: object = "") -> Done[SupportPlan]:
    """Resume a suspended plan: meetings are possible again from this moment."""
    ask(RESUME, by, plan)
    move(plan, RESUME, suspended_at=None)
    plan.suspensions.filter(until=None).update(until=clock.now())
    record(plan, "resumed", by=by, thread=plan.public_id)
    notices.plan_resumed(plan)
    return Done(plan)


@transaction.atomic
def extend_plan(
    *, by: User, plan: SupportPlan, order_until: object, order_scan: StoredFile | None
) -> Done[SupportPlan]:
    """[CAL-5] Extend a plan of semester 2 into the summer by the head's order; needs no new approval."""
    require(may_prepare(by, plan))
    plan = (
        SupportPlan.objects.select_for_update(of=("self",))
        .select_related("institution", "contract")
        .get(pk=plan.pk)
    )
    check_state(EXTEND, plan)
    known = programme()
    period = semester_of(plan, known) or Period(plan.label, plan.starts_on, plan.ends_on)
    span = span_of(plan.contract, known, school=plan.institution_id) if plan.contract else None
    cautions = refuse(
        plan_rules.extension(
            label=plan.label,
            ends_on=plan.ends_on,
            order_until=order_until,
            order_scan=order_scan is not None,
            contract_until=span.until if span else None,
            period=period,
            calendar=known.calendar,
            last_met_on=_last_met_on(plan),
        )
    )
    plan.extended_until, plan.extension_order = read_day(order_until), order_scan
    plan.extended_at = plan.extended_at or clock.now()  # of the first order: the days since it stay open
    plan.version += 1
    plan.save(update_fields=["extended_until", "extension_order", "extended_at", "version"])
    record(plan, "extended", by=by, thread=plan.public_id, until=str(plan.extended_until))
    notices.plan_extended(plan)
    return Done(plan, cautions)


def _last_met_on(plan: SupportPlan) -> date | None:
    """The latest day with a meeting that was held."""
    latest: date | None = plan.meetings.filter(voided_at=None, outcome="held").aggregate(
        latest=Max("held_on")
    )["latest"]
    return latest


@transaction.atomic
def log_talk(*, by: User, plan: SupportPlan, day: object) -> Done[MonthlyTalk]:
    """[DUT-6] Note that the school and the mentor talked on a day. No content; a day is noted once."""
    require(may_answer_for(by, plan))
    cautions = refuse(month_rules.talk(day=read_day(day), today=clock.today()))
    talked_on = expect(read_day(day))
    if plan.talks.filter(talked_on=talked_on).exists():
        raise WrongState(LOG_TALK, PlanObstacle.TALK_RECORDED, plan)
    talk = MonthlyTalk.objects.create(plan=plan, talked_on=talked_on, logged_by=by, logged_at=clock.now())
    record(talk, "talked", by=by, thread=plan.public_id, day=talked_on.isoformat())
    return Done(talk, cautions)


@transaction.atomic
def override_semester(
    *,
    by: User,
    institution: Institution | None,
    semester: object,
    starts_on: object,
    ends_on: object,
    order_scan: StoredFile | None,
) -> Done[SemesterOverride]:
    """[CAL-2] The head of a vocational school sets the school's own semester, by an order."""
    require(may_override_semester(by, institution.pk) if institution else by.holds(Role.HEAD))
    refuse(naming.institution_named(named=institution is not None, clause="CAL-2"))
    institution = expect(institution)
    Institution.objects.select_for_update().get(pk=institution.pk)
    calendar = programme().calendar
    label = parse_label(semester)
    others = [calendar.semester_for(name, Stage(course=1), institution.pk) for name in calendar.labels()]
    cautions = refuse(
        plan_rules.own_semester(
            institution_kind=institution.kind,
            label=semester,
            starts_on=starts_on,
            ends_on=ends_on,
            order_scan=order_scan is not None,
            neighbours=[period for period in others if period is not None and not period.assumed],
            calendar=calendar,
        )
    )
    label = expect(label)
    now = clock.now()
    SemesterOverride.objects.filter(
        institution=institution, year=label.year, number=label.number, succeeded_at=None
    ).update(succeeded_at=now)
    override = SemesterOverride.objects.create(
        institution=institution,
        year=label.year,
        number=label.number,
        since=expect(read_day(starts_on)),
        until=expect(read_day(ends_on)),
        order=order_scan,
        set_by=by,
        set_at=now,
    )
    new_edition()
    record(override, "semester_set", by=by, semester=str(label))
    return Done(override, cautions)
