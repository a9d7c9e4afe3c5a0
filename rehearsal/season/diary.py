"""Meetings of a season in the order of the file, then the months of every plan, then one pay run an
employer and month.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import transaction

from celabiedrs.closing.actions import review_cooperation
from celabiedrs.hours.actions import record_meeting, sign_meeting, submit_month, verify_month
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Refused
from celabiedrs.lib.signing.models import Means
from celabiedrs.lib.tables.reading import Row
from celabiedrs.pay.actions import prepare_run, totals_of
from celabiedrs.people.models import Role
from celabiedrs.places.facts import programme
from celabiedrs.places.models import Institution
from celabiedrs.plans.models import SupportPlan
from celabiedrs.rules import month as month_rules
from celabiedrs.rules.reading import read_day
from rehearsal.season.files import Season
from rehearsal.season.people import Staff
from rehearsal.season.report import Report

WRITTEN_AT = time(23, 0)
SUBMITTED_AT, VERIFIED_AT, PREPARED_AT = time(8, 0), time(9, 0), time(10, 0)
SUBMITTED_AFTER, VERIFIED_AFTER, PREPARED_AFTER = timedelta(0), timedelta(days=1), timedelta(days=4)
"""After the first day of the next month."""
REVIEW = "Sadarbība izdevās, tikšanās bija regulāras."


@dataclass
class Month:
    """One month of one plan: what its rows signed on paper add up to, None where no row was."""

    plan: SupportPlan
    first: date
    paper: int | None = None


@dataclass
class Diary:
    season: Season
    staff: Staff
    report: Report
    plans: Mapping[str, SupportPlan]
    progress: Callable[[str, int, int], None]
    known: dict[tuple[str, date], Month] = field(default_factory=dict)

    def meetings(self) -> None:
        rows = self.season.of("meetings")
        at = clock.now()
        for number, row in enumerate(rows, 1):
            day = read_day(row["on"])
            at = clock.moment_of(day, WRITTEN_AT) if day else at
            plan = self.plans.get(row["plan"])
            reasons = ["IAP-1"] if plan is None else self._meeting(row, plan, at)
            if reasons:
                self.report.refuse("meetings", row.line_no, reasons)
            else:
                self.report.meetings += 1
            self.progress("meetings", number, len(rows))

    def _meeting(self, row: Row, plan: SupportPlan, at: datetime) -> list[str]:
        """Record a row and sign it as marked; the clauses where it was refused."""
        assert plan.mentor is not None  # an accepted plan has one
        by = plan.mentor.user
        reasons: list[str] = []
        party = signed_by(row)
        with clock.at(at), transaction.atomic():
            try:
                meeting = record_meeting(
                    by=by,
                    plan=plan,
                    day=row["on"],
                    start=row["start"],
                    hours=row["hours"],
                    topic=row["topic"],
                    outcome=row["outcome"],
                ).thing
                meeting.mentor = plan.mentor  # the same row, known already
                if party:
                    sign_meeting(by=by, meeting=meeting, party=party, means=row["means"])
            except Refused as refused:
                reasons += refused.clauses
            if reasons and party:
                reasons += self._means(row, party)
            if reasons:
                transaction.set_rollback(True)
                return reasons
        month = self.known.setdefault(
            (row["plan"], clock.month_of(meeting.held_on)), Month(plan, clock.month_of(meeting.held_on))
        )
        if party and row["means"] == Means.PAPER and meeting.outcome == "held":
            month.paper = (month.paper or 0) + meeting.hours
        return []

    def _means(self, row: Row, party: str) -> list[str]:
        """A row that cannot be recorded is asked for its signatures all the same: all the reasons are listed."""
        allowed = programme().setting("signature_means", clock.today())
        asked = month_rules.signature(party=party, means=row["means"], means_allowed=allowed)
        return [finding.clause for finding in asked]

    def months(self) -> None:
        """Submit and verify month by month; before the last of a plan its cooperation is reviewed."""
        last: dict[str, date] = {}
        for key, first in self.known:
            last[key] = max(last.get(key, first), first)
        place = {key: number for number, key in enumerate(self.plans)}
        ordered = sorted(self.known.items(), key=lambda item: (item[0][1], place[item[0][0]]))
        for number, ((key, first), month) in enumerate(ordered, 1):
            self._month(month, is_last=last[key] == first)
            self.progress("months", number, len(ordered))

    def _month(self, month: Month, *, is_last: bool) -> None:
        plan, following = month.plan, clock.next_month(month.first)
        assert plan.mentor is not None
        by, name = plan.mentor.user, f"{month.first:%Y-%m}"
        with clock.at(clock.moment_of(following + SUBMITTED_AFTER, SUBMITTED_AT)):
            if is_last:
                review_cooperation(by=by, plan=plan, text=REVIEW, recommendation="continue")
            submit_month(by=by, plan=plan, month=name, no_double_funding=True)
        with clock.at(clock.moment_of(following + VERIFIED_AFTER, VERIFIED_AT)):
            responsible = self.staff.at(Role.RESPONSIBLE_PERSON, plan.institution)
            verify_month(by=responsible, plan=plan, month=name, paper_hours=month.paper)

    def pay(self, institutions: Mapping[str, Institution]) -> None:
        """One run for each employer and month with meetings; one without a line is not listed."""
        wanted: dict[int, set[date]] = defaultdict(set)
        for month in self.known.values():
            assert month.plan.contract is not None
            wanted[month.plan.contract.employer_id].add(month.first)
        runs = [
            (key, employer, first)
            for key, employer in institutions.items()
            for first in sorted(wanted.get(employer.pk, ()))
        ]
        for number, (key, employer, first) in enumerate(runs, 1):
            self._run(key, employer, first)
            self.progress("pay", number, len(runs))

    def _run(self, key: str, employer: Institution, first: date) -> None:
        name = f"{first:%Y-%m}"
        with clock.at(clock.moment_of(clock.next_month(first) + PREPARED_AFTER, PREPARED_AT)):
            clerk = self.staff.at(Role.PAY_CLERK, employer)
            try:
                run = prepare_run(by=clerk, employer=employer, month=name).thing
            except Refused as refused:
                self.report.unpaid.append((key, name, list(refused.clauses)))
                return
        if run is not None:
            totals = totals_of(run.lines)
            self.report.pay.append((key, name, totals.hours, totals.amount))


def signed_by(row: Row) -> str:
    """Who signed, as `sign_meeting` calls it; empty for nobody."""
    learner, mentor = row["learner_signed"] == "yes", row["mentor_signed"] == "yes"
    return "both" if learner and mentor else "learner" if learner else "mentor" if mentor else ""
