"""One function for each message that the acts of the end post. Numbers, days and public ids only."""

from celabiedrs.closing.models import HandOver, KeeperChange
from celabiedrs.lib.outbox.posting import post, post_to_all
from celabiedrs.people.models import SCHOOL_STAFF, Role
from celabiedrs.people.reading.audience import holders
from celabiedrs.plans.models import SupportPlan


def _context(plan: SupportPlan) -> dict[str, str | int | bool | None]:
    return {"plan": str(plan.public_id), "number": plan.number}


def _preparers(plan: SupportPlan, kind: str) -> None:
    people = holders(Role.PREPARER, institution=plan.institution_id)
    post_to_all(people, kind=kind, context=_context(plan))


def plan_evaluated(plan: SupportPlan) -> None:
    """The school learns that the evaluation is in, not what it says (EVA-3)."""
    _preparers(plan, "plan_evaluated")


def evaluation_asked(plan: SupportPlan) -> None:
    """The school asks the mentor for the evaluation (EVA-1)."""
    if plan.mentor is not None:
        post(to=plan.mentor.user, kind="evaluation_asked", context=_context(plan))


def way_chosen(plan: SupportPlan) -> None:
    if plan.mentor is not None:
        post(to=plan.mentor.user, kind="way_chosen", context=_context(plan))


def plan_ended(plan: SupportPlan) -> None:
    if plan.mentor is not None:
        post(to=plan.mentor.user, kind="plan_ended", context=_context(plan))


def handed_over(hand_over: HandOver) -> None:
    _preparers(hand_over.plan, "sheets_handed_over")


def received(hand_over: HandOver) -> None:
    post(to=hand_over.mentor.user, kind="sheets_received", context=_context(hand_over.plan))


def keeper_named(change: KeeperChange) -> None:
    """The new keeper's staff learn that papers come to them."""
    people = holders(*SCHOOL_STAFF, institution=change.to_id)
    post_to_all(people, kind="keeper_named", context={"since": change.since.isoformat()})
