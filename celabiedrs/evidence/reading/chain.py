"""The chain of one month of a plan, from the registry to pay, for many plans in a bounded number of statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from celabiedrs.closing.models import Evaluation
from celabiedrs.evidence.words import STEPS, TURNS
from celabiedrs.hours.models import Meeting, NoMeetings, Timesheet
from celabiedrs.lib import clock
from celabiedrs.lib.clock import riga_day
from celabiedrs.pay.models import PayLine, RunState
from celabiedrs.plans.models import Agreement, MentorAssignment, SupportPlan, SupportRequest
from celabiedrs.registry.models import SuitabilityCheck, TrainingCertificate
from celabiedrs.rules.calendar import month_end
from celabiedrs.rules.completeness import MISSING, THERE, MonthPapers, Standing, standings


@dataclass(frozen=True)
class Step:
    """A step of the chain as a page shows it."""

    standing: Standing

    @property
    def label(self) -> str:
        return str(STEPS[self.standing.name])

    @property
    def turn(self) -> str:
        return str(TURNS[self.standing.turn]) if self.standing.turn else ""


@dataclass(frozen=True)
class Chain:
    """One month of one plan with one mentor: its steps, and the rows that prove them."""

    plan: SupportPlan
    month: date
    assignment: MentorAssignment | None
    sheets: tuple[Timesheet, ...]
    meetings: tuple[Meeting, ...]
    lines: tuple[PayLine, ...]
    steps: tuple[Step, ...]

    @property
    def missing(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.standing.state == MISSING)

    @property
    def complete(self) -> bool:
        return all(step.standing.state == THERE for step in self.steps)

    @property
    def mentor_name(self) -> str:
        return self.assignment.mentor.user.name if self.assignment else ""


class _Rows:
    """Everything about some plans in one month, by plan: eight statements whatever their number."""

    def __init__(self, plans: Sequence[SupportPlan], month: date) -> None:
        keys = [plan.pk for plan in plans]
        last = month_end(month)
        stands = MentorAssignment.objects.filter(plan__in=keys).select_related(
            "mentor__user", "contract__employer", "contract__scan"
        )
        self.stands = _by_plan(row for row in stands.order_by("since", "pk") if riga_day(row.since) <= last)
        sheets = Timesheet.objects.filter(plan__in=keys, month=month)
        self.sheets = _by_plan(
            sheets.select_related("employer", "verified_by", "paper_scan", "mentor__user").order_by(
                "supplement", "pk"
            )
        )
        meetings = Meeting.objects.standing().filter(timesheet__plan__in=keys, timesheet__month=month)
        self.meetings = _by_plan(meetings.select_related("contract").order_by("starts_at", "pk"))
        lines = PayLine.objects.filter(plan__in=keys, timesheet__month=month)
        lines = lines.exclude(run__state=RunState.WITHDRAWN).select_related("run__employer", "correction")
        self.lines = _by_plan(lines.order_by("run__month", "pk"))
        self.requests = _by_plan(
            SupportRequest.objects.filter(plan__in=keys).select_related("scan").order_by("pk")
        )
        agreements = Agreement.objects.filter(plan__in=keys).select_related("scan")
        self.agreements = _by_plan(agreements.prefetch_related("signatures").order_by("pk"))
        self.evaluations = _by_plan(Evaluation.objects.filter(plan__in=keys).order_by("pk"))
        self.said_none = _by_plan(NoMeetings.objects.filter(plan__in=keys, month=month).order_by("pk"))
        mentors = [row.mentor_id for rows in self.stands.values() for row in rows]
        certificates = TrainingCertificate.objects.filter(mentor__in=mentors).order_by("pk")
        self.certificates = {row.mentor_id: row for row in certificates}
        self.checks: dict[tuple[int, int], list[SuitabilityCheck]] = defaultdict(list)
        for check in SuitabilityCheck.objects.filter(mentor__in=mentors).order_by("checked_on", "pk"):
            self.checks[check.mentor_id, check.employer_id].append(check)


def _by_plan(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.plan_id].append(row)
    return found


def chains(plans: Sequence[SupportPlan], month: date) -> list[Chain]:
    """The chain of each plan in a month, in the order of the plans."""
    rows = _Rows(plans, month)
    return [_chain(plan, month, rows) for plan in plans]


def _chain(plan: SupportPlan, month: date, rows: _Rows) -> Chain:
    sheets = rows.sheets[plan.pk]
    mentor = sheets[0].mentor_id if sheets else None
    stands = [row for row in rows.stands[plan.pk] if mentor is None or row.mentor_id == mentor]
    stand = stands[-1] if stands else None
    papers = _facts(plan, month, stand, rows)
    return Chain(
        plan=plan,
        month=month,
        assignment=stand,
        sheets=tuple(sheets),
        meetings=tuple(rows.meetings[plan.pk]),
        lines=tuple(rows.lines[plan.pk]),
        steps=tuple(Step(one) for one in standings(papers, clock.today())),
    )


def _day(moment: Any) -> date | None:
    return riga_day(moment) if moment is not None else None


def _facts(plan: SupportPlan, month: date, stand: MentorAssignment | None, rows: _Rows) -> MonthPapers:
    """What the rule asks of one month."""
    contract = stand.contract if stand else None
    mentor = stand.mentor_id if stand else 0
    certificate = rows.certificates.get(mentor)
    request = next(iter(rows.requests[plan.pk]), None)
    agreement = next((row for row in rows.agreements[plan.pk] if row.mentor_id == mentor), None)
    held = [row for row in rows.meetings[plan.pk] if row.outcome == "held"]
    unsigned = [row.held_on for row in held if not row.signed_by_both]
    sheets = rows.sheets[plan.pk]
    paid = [
        row.run.approved_at for row in rows.lines[plan.pk] if row.run.approved_at and not row.correction_id
    ]
    return MonthPapers(
        month=month,
        approved_on=_day(plan.approved_at),
        certificate_on=certificate.issued_on if certificate else None,
        checked=_checked(rows, mentor, contract),
        contract_on=contract.signed_on if contract else None,
        contract_copy=bool(contract and contract.scan_id),
        request_on=request.signed_on if request else None,
        request_copy=bool(request and request.scan_id),
        agreed_on=agreement and agreement.learner_signed_on and agreement.mentor_signed_on,
        proved=bool(agreement and (agreement.scan_id or len(agreement.signatures.all()) >= 2)),
        meetings=len(rows.meetings[plan.pk]),
        unsigned_since=min(unsigned, default=None),
        said_none=bool(rows.said_none[plan.pk]),
        submitted_on=_last([sheet.submitted_at for sheet in sheets]),
        verified_on=_last([sheet.verified_at for sheet in sheets]),
        on_paper=any("paper" in (row.learner_means, row.mentor_means) for row in held),
        paper_copy=any(sheet.paper_scan_id for sheet in sheets),
        payable=sum(row.hours for row in held if row.signed_by_both and row.covered),
        paid_on=_last(paid),
        ended_on=_day(plan.ended_at),
        evaluated=any(row.mentor_id == mentor for row in rows.evaluations[plan.pk]),
    )


def _last(moments: Sequence[Any]) -> date | None:
    """The day of the last of them; None where one is missing, or all are."""
    return _day(max(moments)) if moments and all(moments) else None


def _checked(rows: _Rows, mentor: int, contract: Any) -> int:
    """How many grounds the employer had checked without an obstacle by the day of the contract."""
    if contract is None:
        return 0
    done = [row for row in rows.checks[mentor, contract.employer_id] if row.checked_on <= contract.signed_on]
    return len({row.ground for row in done if row.outcome != "obstacle"})
