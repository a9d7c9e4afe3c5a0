"""Plans of a season, in the order in which they were submitted: draft, papers, mentor, submission, approval."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Refused
from celabiedrs.lib.tables.reading import Row
from celabiedrs.people.models import Role, User
from celabiedrs.plans.actions import (
    approve_plan,
    attach_mentor,
    draft_plan,
    file_request,
    sign_agreement,
    submit_plan,
)
from celabiedrs.plans.models import Learner, SupportPlan
from celabiedrs.registry.models import Mentor
from rehearsal.season.files import Season
from rehearsal.season.people import Staff
from rehearsal.season.report import Report
from rehearsal.stories.papers import scan

REASON = "Pēc izglītības iestādes ierakstiem"
TEXTS = {
    "situation": "Nepieciešams atbalsts mācībās un ikdienā.",
    "way_forward": "Regulāras tikšanās visa semestra garumā.",
    "mentor_undertakes": "Tikties, uzklausīt un atbalstīt.",
    "learner_undertakes": "Ierasties uz tikšanos un piedalīties.",
}
STAND_IN = {
    "module": "II",
    "ground": "social_exclusion",
    "risks": [{"kind": "learning_difficulties", "reason": REASON}],
    "hours_per_month": 1,
}
"""What a draft that was refused is drafted with, so that its papers can be asked too; it is undone afterwards."""
ECHOES = {
    "request": {"AGR-2"},
    "agreement": {"AGR-3", "AGR-4", "AGR-10"},
    "mentor": {"REG-2", "CON-8", "AGR-3", "AGR-4"},
    "submission": {"IAP-1"},
}
"""What later acts say only because an earlier one was refused already."""


@dataclass
class Planning:
    """`plans` by their keys: those that went in."""

    season: Season
    staff: Staff
    report: Report
    learners: dict[str, Learner]
    mentors: dict[str, Mentor]
    reasons: dict[tuple[str, str], list[str]]

    def __post_init__(self) -> None:
        self.plans: dict[str, SupportPlan] = {}

    def ordered(self) -> list[Row]:
        """By the moment of submission; rows without one come last, in the order of the file."""
        return sorted(
            self.season.of("plans"),
            key=lambda row: (moment(row["submitted_at"]) is None, row["submitted_at"]),
        )

    def take(self, row: Row) -> None:
        reasons = list(self.reasons.get(("learners", row["learner"]), ()))
        if row["mentor"] not in self.mentors:
            reasons += self.reasons[("mentors", row["mentor"])]
        if not reasons:
            reasons = self._prepared(row)
        if reasons:
            self.report.refuse("plans", row.line_no, reasons)
        else:
            self.report.plans += 1

    def _prepared(self, row: Row) -> list[str]:
        """Draft, papers, mentor, submission and approval; all that was refused, and then nothing is left of it."""
        reasons: list[str] = []
        echoes: set[str] = set()

        def ask(part: str, act: Callable[..., Any], **values: Any) -> Any:
            try:
                with transaction.atomic():
                    return act(**values).thing
            except Refused as refused:
                reasons.extend(clause for clause in refused.clauses if clause not in echoes)
                echoes.update(ECHOES.get(part, set()))
                return None

        learner = self.learners[row["learner"]]
        preparer = self.staff.at(Role.PREPARER, learner.institution)
        submitted = moment(row["submitted_at"])
        with transaction.atomic():
            with clock.at(submitted or clock.now()):
                fields = self._fields(row)
                plan = ask("draft", draft_plan, by=preparer, learner=learner, **fields)
                if plan is None:
                    plan = ask("", draft_plan, by=preparer, learner=learner, **(fields | STAND_IN))
                if plan is not None:
                    self._papers(ask, row, preparer, plan)
                    sent = ask("submission", submit_plan, by=preparer, plan=plan) if submitted else None
            approved = moment(row["approved_at"])
            if plan is not None and submitted and approved:
                self._approve(ask, plan, submitted, approved, reasons, sent=sent is not None)
            if reasons:
                transaction.set_rollback(True)
            elif plan is not None:
                self.plans[row["key"]] = SupportPlan.objects.select_related(
                    "mentor__user", "contract", "institution__municipality"
                ).get(pk=plan.pk)
        return reasons

    def _fields(self, row: Row) -> dict[str, Any]:
        risks = [{"kind": kind.strip(), "reason": REASON} for kind in row["risks"].split(";") if kind.strip()]
        return {
            "semester": row["semester"],
            "module": row["module"],
            "ground": row["ground"],
            "risks": risks,
            "hours_per_month": row["hours_per_month"],
        }

    def _papers(self, ask: Callable[..., Any], row: Row, preparer: User, plan: SupportPlan) -> None:
        mentor = self.mentors[row["mentor"]]
        ask(
            "request",
            file_request,
            by=preparer,
            plan=plan,
            applicant=row["request_applicant"],
            signed_on=row["request_signed_on"],
            scan=scan("request", by=preparer),
        )
        ask(
            "agreement",
            sign_agreement,
            by=preparer,
            plan=plan,
            mentor=mentor,
            learner_signed_on=row["agreement_learner_signed_on"],
            mentor_signed_on=row["agreement_mentor_signed_on"],
            **TEXTS,
        )
        ask("mentor", attach_mentor, by=preparer, plan=plan, mentor=mentor)

    def _approve(
        self,
        ask: Callable[..., Any],
        plan: SupportPlan,
        submitted: datetime,
        approved: datetime,
        reasons: list[str],
        *,
        sent: bool,
    ) -> None:
        """By an expert of the region; an approval dated before the submission is none."""
        if approved < submitted:
            reasons.append("IAP-1")
        elif sent:
            expert = self.staff.of(Role.PROJECT_EXPERT, plan.institution.municipality.region_id)
            with clock.at(approved):
                ask("", approve_plan, by=expert, plan=plan)


def moment(cell: str) -> datetime | None:
    """A Riga moment as 2026-09-07 12:00; None where there is none."""
    try:
        read = datetime.fromisoformat(cell)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=clock.RIGA)
