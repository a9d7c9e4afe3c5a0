"""What can be done to many plans at once, and why a plan cannot join (DUT-7)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from celabiedrs.people.models import User
from celabiedrs.places.facts import Programme
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.reading.readiness import Readiness, readiness
from celabiedrs.plans.words import PlanState
from celabiedrs.plans.words.fields import TASKS
from celabiedrs.plans.workflow import NOT_OVER, PREPARED, SUSPEND

SEND, SUSPEND_ALL, HAND_OVER = "send", "suspend", "hand_over"
ACTS = {
    SEND: gettext_lazy("Send to the expert"),
    SUSPEND_ALL: gettext_lazy("Suspend"),
    HAND_OVER: gettext_lazy("Hand over to another preparer"),
}


URGENCY = (
    PlanState.DRAFT, PlanState.RETURNED, PlanState.SUSPENDED, PlanState.SUBMITTED, PlanState.ACTIVE, PlanState.ENDED,
    PlanState.WITHDRAWN,
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A plan in the preparer's list, with what it lacks and why it cannot join each act (empty: it can)."""

    plan: SupportPlan
    state: Readiness | None
    why_not: dict[str, str]

    @property
    def lacks(self) -> list[str]:
        """The steps that are not done, by their titles."""
        if self.state is None:
            return []
        return [str(TASKS[task]) for task in dict.fromkeys(entry.task for entry in self.state.missing)]

    @property
    def tasks(self) -> set[str]:
        return {entry.task for entry in self.state.missing} if self.state else set()

    @property
    def untouched(self) -> bool:
        """Whether the expert returned it and nothing differs since."""
        return self.state is not None and self.state.returned is not None and not self.state.mended

    @property
    def urgency(self) -> int:
        """Work first: returned, ready to send, being prepared, then what others do or what runs."""
        if self.plan.state == PlanState.RETURNED:
            return 0
        if self.ready:
            return 1
        return 2 + URGENCY.index(self.plan.state)

    @property
    def ready(self) -> bool:
        return self.state is not None and self.state.ready


def row_of(plan: SupportPlan, known: Programme) -> Row:
    state = readiness(plan, known) if plan.state in PREPARED else None
    reasons: dict[str, Callable[[SupportPlan, Readiness | None], str]] = {
        SEND: _not_sent,
        SUSPEND_ALL: _not_suspended,
        HAND_OVER: _not_handed_over,
    }
    return Row(plan, state, {act: why(plan, state) for act, why in reasons.items()})


def _not_sent(plan: SupportPlan, state: Readiness | None) -> str:
    if state is None:
        return _("it is %(state)s already") % {"state": plan.get_state_display()}
    if state.ready:
        return ""
    titles = dict.fromkeys(str(TASKS[entry.task]) for entry in state.missing)
    return _("not done yet: %(steps)s") % {"steps": ", ".join(titles)}


def _not_suspended(plan: SupportPlan, state: Readiness | None) -> str:
    if plan.state in SUSPEND.sources:
        return ""
    if plan.state == PlanState.SUSPENDED:
        return _("it is suspended already")
    return _("only an approved plan can be suspended; this one is %(state)s") % {
        "state": plan.get_state_display()
    }


def _not_handed_over(plan: SupportPlan, state: Readiness | None) -> str:
    if plan.state not in NOT_OVER:
        return _("it is %(state)s already") % {"state": plan.get_state_display()}
    return ""


def prepares(user: User, plan: SupportPlan) -> bool:
    """Whether this preparer looks after the plan: it was given to them, or to nobody."""
    return plan.preparer_id in (None, user.pk)
