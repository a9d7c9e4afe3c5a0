"""What can be done with a plan now, each act named by its consequence; what cannot says why (PAY-5, CAL-5, DUT-2)."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from celabiedrs.lib.steps import Step
from celabiedrs.lib.workflow import open_to
from celabiedrs.people.models import User
from celabiedrs.plans.access import may_prepare
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.reading.queue import opened_by_expert
from celabiedrs.plans.words import PlanState
from celabiedrs.plans.workflow import APPROVED, PREPARED, RESUME, STEPS, SUSPEND, WITHDRAW, PlanObstacle


@dataclass(frozen=True)
class Possible:
    """One act: its name, what follows from it, where it is done, and why not now (empty: it can be done)."""

    key: str
    title: str
    consequence: str
    why_not: str
    url: str


def life_of(user: User, plan: SupportPlan) -> list[Possible]:
    """The acts of a plan's life for its preparer, those open first; nothing for others."""
    if not may_prepare(user, plan):
        return []
    steps = open_to(user, plan, STEPS)
    rows = [
        _row(plan, "amend", _("Change the plan"), _("Hours, days, ground or risks; you see first what changes at once "
             "and what waits for the expert."), _why_not_approved(plan)),
        _row(plan, "mentor", _("Another mentor takes over"), _("From that moment the new mentor meets the learner; the "
             "former one finishes their own month."), _why_not_approved(plan)),
        _row(plan, "suspend", _("Suspend"), _("No meetings from this moment; hours given before stay payable."),
             _why_not(plan, SUSPEND, steps)),
        _row(plan, "resume", _("Resume"), _("Meetings are possible again from this moment."),
             _why_not(plan, RESUME, steps)),
        _row(plan, "extend", _("Extend into the summer"), _("Meetings are possible to the last day of the head's "
             "order; no new approval is needed."), _why_not_extended(plan)),
        _row(plan, "take_back", _("Take it back"), _("You correct it and send it again; the expert has not opened it "
             "yet."), _why_not_taken_back(plan)),
        _row(plan, "withdraw", _("Withdraw"), _("The plan is over before it began; it cannot be brought back."),
             _why_not_withdrawn(plan, steps)),
    ]  # fmt: skip
    return sorted(rows, key=lambda row: bool(row.why_not))


def why_not(user: User, plan: SupportPlan, key: str) -> str:
    """Why an act cannot be done now; empty where it can."""
    return next((row.why_not for row in life_of(user, plan) if row.key == key), "")


def _row(plan: SupportPlan, key: str, title: str, consequence: str, why: str) -> Possible:
    return Possible(key, title, consequence, why, reverse(f"plans:{key}", args=[plan.public_id]))


def _state_words(plan: SupportPlan) -> str:
    return _("This plan is %(state)s now.") % {"state": plan.get_state_display()}


def _why_not_approved(plan: SupportPlan) -> str:
    if plan.state in APPROVED:
        return ""
    if plan.state in PREPARED:
        return _("A plan in preparation is changed on its own pages.")
    if plan.state == PlanState.SUBMITTED:
        return _("The plan is with the expert; it can be changed once it is decided.")
    return _state_words(plan)


def _why_not(plan: SupportPlan, step: Step, steps: list[Step]) -> str:
    if step in steps:
        return ""
    if step is RESUME and plan.state == PlanState.ACTIVE:
        return _("It is not suspended.")
    if step is SUSPEND and plan.state != PlanState.SUSPENDED:
        return _("Only an approved plan can be suspended.") + " " + _state_words(plan)
    return _state_words(plan)


def _why_not_extended(plan: SupportPlan) -> str:
    if plan.state not in APPROVED:
        return _("Only an approved plan can be extended.") + " " + _state_words(plan)
    if plan.semester != 2:
        return _("Only a plan of semester 2 can be extended.")
    return ""


def _why_not_taken_back(plan: SupportPlan) -> str:
    if plan.state != PlanState.SUBMITTED:
        return _("Only a plan that is with the expert can be taken back.") + " " + _state_words(plan)
    return str(PlanObstacle.OPENED.label) if opened_by_expert(plan) else ""


def _why_not_withdrawn(plan: SupportPlan, steps: list[Step]) -> str:
    if plan.approved_at is not None:
        return _("An approved plan is closed, not withdrawn.")
    return "" if WITHDRAW in steps else _state_words(plan)
