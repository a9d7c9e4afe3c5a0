"""The door through the wall: a mentor reports danger, the school's officer acts (CNF-2).

Events of a report stand on a thread of its own, never on the plan's, where the whole school would read of it.
"""

from collections.abc import Iterable

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.outbox.jobs import send_soon
from celabiedrs.lib.steps import Step
from celabiedrs.lib.workflow import ask, move
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.rules import confidence as rules
from celabiedrs.rules.reading import read_text
from celabiedrs.safeguarding import notices
from celabiedrs.safeguarding.access import may_handle, may_report
from celabiedrs.safeguarding.models import ReportState, ReportStep, SafeguardingReport, StepKind
from celabiedrs.safeguarding.workflow import ACKNOWLEDGE, CLOSE, REFER


@transaction.atomic
def raise_report(
    *,
    by: User,
    plan: SupportPlan,
    grounds: object = None,
    text: object = "",
    services: object = (),
    leave_out: object = (),
) -> Done[SafeguardingReport]:
    """[CNF-2] Report danger or signs of radicalisation to the named officers of the learner's school.

    Whatever the state of plan, contract or month. `leave_out`: people who must not learn of it. Where no officer is
    left, it escalates at once.
    """
    require(may_report(by, plan))
    left_out = [person for person in _listed(leave_out) if isinstance(person, User)]
    report = SafeguardingReport(
        plan=plan,
        institution=plan.institution,
        author=by,
        grounds=read_text(grounds)[:15],
        text=read_text(text),
        services=[name for name in (read_text(service)[:120] for service in _listed(services)) if name],
        raised_at=clock.now(),
    )
    reached = notices.officers_but(plan.institution_id, {by.pk, *(person.pk for person in left_out)})
    cautions = refuse(
        rules.report(grounds=grounds, text=text, services=report.services, recipients=reached.count())
    )
    report.save(force_insert=True)
    report.left_out.set(left_out)
    _step(report, StepKind.RAISED, by=by)
    record(report, "report_raised", by=by, thread=report.public_id)
    _tell(report, reached)
    if not reached:
        escalate(report)
    return Done(report, cautions)


def _tell(report: SafeguardingReport, officers: Iterable[User]) -> None:
    """The step, the message, and its letter at once."""
    told = list(officers)
    for officer in told:
        _step(report, StepKind.TOLD, told=officer)
    notices.report_raised(report, told)
    send_soon("report_raised")


def _listed(raw: object) -> Iterable[object]:
    return raw if isinstance(raw, (list, tuple, set, frozenset)) else ()


def _step(
    report: SafeguardingReport,
    kind: StepKind,
    *,
    by: User | None = None,
    told: User | None = None,
    what: str = "",
) -> None:
    ReportStep.objects.create(
        report=report, at=clock.now(), by=by, told=told, kind=kind, what=what or kind.value
    )


def _locked(report: SafeguardingReport) -> SafeguardingReport:
    return SafeguardingReport.objects.select_for_update(of=("self",)).get(pk=report.pk)


@transaction.atomic
def acknowledge_report(*, by: User, report: SafeguardingReport) -> Done[SafeguardingReport]:
    """[CNF-2] An officer says that the report was read; the author gets the receipt."""
    report = _locked(report)
    ask(ACKNOWLEDGE, by, report)
    move(report, ACKNOWLEDGE, acknowledged_at=clock.now(), acknowledged_by=by)
    _step(report, StepKind.ACKNOWLEDGED, by=by)
    record(report, "report_acknowledged", by=by, thread=report.public_id)
    notices.report_acknowledged(report)
    send_soon("report_acknowledged")
    return Done(report)


def _take(step: Step, by: User, report: SafeguardingReport, what: object) -> Done[SafeguardingReport]:
    report = _locked(report)
    ask(step, by, report)
    cautions = refuse(rules.report_step(what=what))
    closing = {"closed_at": clock.now(), "closed_by": by} if step is CLOSE else {}
    move(report, step, **closing)
    _step(report, StepKind(step.target), by=by, what=read_text(what))
    record(report, f"report_{step.target}", by=by, thread=report.public_id)
    return Done(report, cautions)


@transaction.atomic
def refer_report(*, by: User, report: SafeguardingReport, what: object = "") -> Done[SafeguardingReport]:
    """[CNF-2] The officer has passed it on to a service, and says to which."""
    return _take(REFER, by, report, what)


@transaction.atomic
def close_report(*, by: User, report: SafeguardingReport, what: object = "") -> Done[SafeguardingReport]:
    """[CNF-2] Nothing more is to be done, a false alarm too, and it says why; the report stays."""
    return _take(CLOSE, by, report, what)


@transaction.atomic
def note_step(*, by: User, report: SafeguardingReport, what: object = "") -> Done[SafeguardingReport]:
    """[CNF-2] Write down what was done about a report, after its closing too."""
    require(may_handle(by, report))
    cautions = refuse(rules.report_step(what=what))
    _step(report, StepKind.NOTED, by=by, what=read_text(what))
    return Done(report, cautions)


def escalate(report: SafeguardingReport) -> None:
    """Tell those who can reach or name another officer that a report waits. They learn the fact, not the text."""
    report.escalated_at = clock.now()
    report.save(update_fields=["escalated_at"])
    for person in notices.programme_people(report):
        _step(report, StepKind.ESCALATED, told=person)
    record(report, "report_escalated", by=None, thread=report.public_id)
    notices.report_escalated(report)
    send_soon("report_unacknowledged", "report_escalated")


def escalate_due() -> int:
    """[CNF-2] Escalate each report that nobody acknowledged within the hour; says how many."""
    count = 0
    waiting = SafeguardingReport.objects.filter(state=ReportState.RAISED, escalated_at=None).order_by("pk")
    for key, raised_at in list(waiting.values_list("pk", "raised_at")):
        if rules.escalates_at(raised_at) > clock.now():
            continue
        with transaction.atomic():
            report = waiting.select_for_update(of=("self",), skip_locked=True).filter(pk=key).first()
            if report is not None:
                escalate(report)
                count += 1
    return count


def tell_new_officers() -> int:
    """[CNF-2] Tell officers who were named after a report was raised, while nobody has read it; says how many."""
    count = 0
    waiting = SafeguardingReport.objects.filter(state=ReportState.RAISED).order_by("pk")
    for key in list(waiting.values_list("pk", flat=True)):
        with transaction.atomic():
            report = waiting.select_for_update(of=("self",), skip_locked=True).filter(pk=key).first()
            if report is None:
                continue
            told = report.steps.filter(kind=StepKind.TOLD).order_by().values("told")
            new = list(notices.officers(report).exclude(pk__in=told))
            if new:
                _tell(report, new)
                count += len(new)
    return count
