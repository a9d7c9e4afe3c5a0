"""What a plan still lacks before it can be sent, worked out from the same findings that sending asks; nothing stored.

Tasks are the steps of preparing; a task's state is computed (not started, in progress, done, returned, not needed).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from celabiedrs.places.facts import Programme
from celabiedrs.plans.facts.findings import findings_before_submitting
from celabiedrs.plans.facts.papers import agreement_with
from celabiedrs.plans.models import Agreement, AgreementDraft, PlanDecision, SupportPlan
from celabiedrs.plans.reading.difference import changed_since_sent
from celabiedrs.plans.words import DecisionKind, PlanState
from celabiedrs.plans.words.fields import (
    AGREEMENT,
    CHECK,
    GROUNDS,
    MENTOR,
    PARTS,
    REQUEST,
    RISKS,
    TASKS,
    TEXTS,
)
from celabiedrs.plans.workflow import PREPARED
from celabiedrs.rules.breach import Breach, Caution, Finding

STATES = {
    "not_started": (gettext_lazy("not started"), "grey"),
    "in_progress": (gettext_lazy("in progress"), "amber"),
    "done": (gettext_lazy("done"), "green"),
    "returned": (gettext_lazy("returned"), "red"),
    "not_needed": (gettext_lazy("not needed"), "grey"),
    "later": (gettext_lazy("comes later"), "grey"),
}


def task_of(finding: Finding) -> str:
    """The step at which a finding is put right: the one that asks for the field that it is about."""
    return PARTS[finding.field].task if finding.field in PARTS else GROUNDS


@dataclass(frozen=True)
class Missing:
    """What is missing, and where it is put right."""

    finding: Finding
    task: str
    url: str

    @property
    def where(self) -> str:
        return str(TASKS[self.task])


@dataclass(frozen=True)
class PreparationTask:
    """A step of preparing as the list shows it."""

    key: str
    state_key: str
    url: str
    text: str = ""
    missing: tuple[Finding, ...] = ()

    @property
    def title(self) -> str:
        return str(TASKS[self.key])

    @property
    def state(self) -> str:
        return str(STATES[self.state_key][0])

    @property
    def tone(self) -> str:
        return STATES[self.state_key][1]


@dataclass(frozen=True)
class Readiness:
    """What a plan lacks and of what it warns, each text once."""

    plan: SupportPlan
    missing: tuple[Missing, ...]
    cautions: tuple[Caution, ...]
    agreement: Agreement | None
    draft: AgreementDraft | None
    returned: PlanDecision | None
    asked: frozenset[str] = field(default_factory=frozenset)  # the tasks that the expert named
    mended: frozenset[str] = field(default_factory=frozenset)  # those where something differs since

    @property
    def ready(self) -> bool:
        return not self.missing and self.plan.state in PREPARED

    def lacks(self, task: str) -> tuple[Finding, ...]:
        return tuple(entry.finding for entry in self.missing if entry.task == task)


def task_url(plan: SupportPlan, task: str) -> str:
    return reverse(f"plans:{task}", args=[plan.public_id])


def readiness(plan: SupportPlan, known: Programme) -> Readiness:
    """Ask what sending asks, without sending."""
    found: dict[tuple[str, str], Finding] = {}
    for finding in findings_before_submitting(plan, known):
        if finding.clause == "CON-8" and plan.mentor_id is None:
            continue  # without a mentor there is no contract to have a copy of
        found.setdefault((finding.clause, finding.text), finding)
    order = list(TASKS)
    breaches = sorted(
        (finding for finding in found.values() if isinstance(finding, Breach)),
        key=lambda finding: order.index(task_of(finding)),
    )
    returned = last_return(plan)
    return Readiness(
        plan=plan,
        missing=tuple(
            Missing(finding, task_of(finding), task_url(plan, task_of(finding))) for finding in breaches
        ),
        cautions=tuple(finding for finding in found.values() if isinstance(finding, Caution)),
        agreement=agreement_with(plan, plan.mentor_id),
        draft=AgreementDraft.objects.filter(plan=plan, successor=None).first(),
        returned=returned,
        asked=asked_of(returned),
        mended=frozenset(PARTS[name].task for name in changed_since_sent(plan)) if returned else frozenset(),
    )


def last_return(plan: SupportPlan) -> PlanDecision | None:
    """The expert's decision that sent the plan back, while it is back."""
    if plan.state != PlanState.RETURNED:
        return None
    return plan.decisions.filter(kind=DecisionKind.RETURNED, amendment=None).order_by("-at").first()


def asked_of(decision: PlanDecision | None) -> frozenset[str]:
    """The steps that the expert named in a return; none named means that the words alone say it."""
    fields: Iterable[Any] = getattr(decision, "fields", None) or ()
    return frozenset(PARTS[name].task for name in fields if name in PARTS)


def returned_at(plan: SupportPlan, task: str) -> PlanDecision | None:
    """The expert's words, where the plan is back and this step was named or none was."""
    decision = last_return(plan)
    asked = asked_of(decision)
    return decision if decision is not None and (not asked or task in asked) else None


def tasks(state: Readiness) -> list[PreparationTask]:
    """The steps of preparing, in the order in which they can be done."""
    plan = state.plan
    computed = {
        GROUNDS: "in_progress" if state.lacks(GROUNDS) else "done",
        RISKS: _risks(state),
        REQUEST: _request(state),
        MENTOR: _mentor(state),
        AGREEMENT: _agreement(state),
        CHECK: "not_started" if state.ready else "later",
    }
    if plan.state not in PREPARED:
        computed[CHECK] = "done"
    rows = []
    for key, reached in computed.items():
        if key in state.asked - state.mended and reached == "done":
            reached = "returned"
        rows.append(
            PreparationTask(key, reached, task_url(plan, key), _words(state, key, reached), state.lacks(key))
        )
    return rows


def _risks(state: Readiness) -> str:
    if not state.plan.risks.exists():
        return "not_started"
    return "in_progress" if state.lacks(RISKS) else "done"


def _request(state: Readiness) -> str:
    request = getattr(state.plan, "request", None)
    if request is None:
        return "not_started"
    return "in_progress" if state.lacks(REQUEST) else "done"


def _mentor(state: Readiness) -> str:
    if state.plan.mentor_id is None:
        return "later" if state.lacks(REQUEST) else "not_started"
    return "in_progress" if state.lacks(MENTOR) else "done"


def _agreement(state: Readiness) -> str:
    if state.agreement is not None and not state.lacks(AGREEMENT):
        return "done"
    written = state.agreement is not None or (
        state.draft is not None and any(field.of(state.draft) for field in TEXTS)
    )
    if written:
        return "in_progress"
    return "later" if state.plan.mentor_id is None else "not_started"


def _words(state: Readiness, key: str, reached: str) -> str:
    """A word more under a step: what stands, or why it comes later."""
    plan = state.plan
    if key == GROUNDS:
        return _("%(module)s, %(hours)s hours a month") % {
            "module": plan.get_module_display(),
            "hours": plan.hours_per_month,
        }
    if key == MENTOR:
        if reached == "later":
            return _("When the signed request is in.")
        return plan.mentor.name if plan.mentor else ""
    if key == AGREEMENT and reached == "later":
        return _("The texts can be written now; it is signed when there is a mentor.")
    if key == CHECK and reached == "later":
        return _("When everything above is done.")
    return ""
