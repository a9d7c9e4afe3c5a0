from collections.abc import Collection

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, Stale, WrongState, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.workflow import check_state, move
from celabiedrs.people.models import User
from celabiedrs.places.facts import programme, rules_edition
from celabiedrs.plans import notices
from celabiedrs.plans.access import may_decide
from celabiedrs.plans.actions.amendment import apply_amendment
from celabiedrs.plans.facts.papers import approval_findings
from celabiedrs.plans.models import Amendment, PlanDecision, SupportPlan
from celabiedrs.plans.words import DecisionKind
from celabiedrs.plans.words.fields import PARTS
from celabiedrs.plans.workflow import APPROVE, APPROVED, RETURN
from celabiedrs.rules import plan as plan_rules
from celabiedrs.rules import support as support_rules
from celabiedrs.rules.reading import read_text


def _amendment_to_decide(plan: SupportPlan) -> Amendment | None:
    """The amendment that waits, where the plan is one that was approved."""
    if plan.state not in APPROVED:
        return None
    return plan.amendments.filter(decision=None, superseded=False).first()


def what_waits(plan: SupportPlan) -> str:
    """Which sending or which change waits for the expert, as a word to compare; empty where nothing does."""
    waiting = _amendment_to_decide(plan)
    if waiting is not None:
        return f"change-{waiting.pk}"
    if plan.state not in APPROVE.sources or plan.submitted_at is None:
        return ""
    return f"sending-{plan.submitted_at.isoformat()}"


def _seen(plan: SupportPlan, seen: str | None) -> None:
    """[R4] Nobody decides on what they have not seen."""
    if seen is not None and seen != what_waits(plan):
        raise Stale


def _decide(
    plan: SupportPlan, by: User, kind: DecisionKind, reason: object, fields: Collection[str] = ()
) -> PlanDecision:
    return PlanDecision.objects.create(
        plan=plan, kind=kind, by=by, at=clock.now(), reason=read_text(reason)[:1000], fields=sorted(fields)
    )


@transaction.atomic
def approve_plan(
    *, by: User, plan: SupportPlan, reason: object = "", seen: str | None = None
) -> Done[SupportPlan]:
    """[IAP-1] [MEN-4] [MEN-5] The expert of the region approves a submitted plan, or the change that waits on an
    approved one.

    `seen`: `what_waits` as it was when the expert read it; Stale where something else waits now.
    """
    require(may_decide(by, plan))
    plan = SupportPlan.objects.select_for_update(of=("self",)).select_related("learner").get(pk=plan.pk)
    _seen(plan, seen)
    waiting = _amendment_to_decide(plan)
    if waiting is None:
        check_state(APPROVE, plan)
    else:
        apply_amendment(plan, waiting)
    cautions = refuse(
        approval_findings(plan, programme()),
        support_rules.thirteen_within_plan(
            born=plan.learner.born_on, starts_on=plan.starts_on, ends_on=plan.ends_on, submitting=False
        ),
    )
    if waiting is not None:
        waiting.decision = _decide(plan, by, DecisionKind.APPROVED, reason)
        waiting.save(update_fields=["decision"])
        record(plan, "amendment_approved", by=by, thread=plan.public_id, edition=rules_edition())
    else:
        move(plan, APPROVE, approved_at=clock.now(), approved_by=by)
        _decide(plan, by, DecisionKind.APPROVED, reason)
        record(plan, "approved", by=by, thread=plan.public_id, edition=rules_edition())
    notices.plan_decided(plan, approved=True, change=waiting is not None)
    return Done(plan, cautions)


@transaction.atomic
def return_plan(
    *,
    by: User,
    plan: SupportPlan,
    reason: object = "",
    fields: Collection[str] = (),
    seen: str | None = None,
) -> Done[SupportPlan]:
    """[IAP-1] The expert returns a plan, or the change that waits, and says what is missing.

    `fields`: what is to be put right, names of `words.fields.PARTS`; the preparer sees these marked and nothing else.
    """
    require(may_decide(by, plan))
    plan = SupportPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    _seen(plan, seen)
    waiting = _amendment_to_decide(plan)
    if waiting is None and plan.state not in RETURN.sources:
        raise WrongState(RETURN, plan.state, plan)
    refuse(plan_rules.return_has_reason(reason=reason))
    decision = _decide(plan, by, DecisionKind.RETURNED, reason, [name for name in fields if name in PARTS])
    if waiting is not None:
        waiting.decision = decision
        waiting.save(update_fields=["decision"])
        record(plan, "amendment_returned", by=by, thread=plan.public_id, edition=rules_edition())
    else:
        move(plan, RETURN)
        record(plan, "returned", by=by, thread=plan.public_id, edition=rules_edition())
    notices.plan_decided(plan, approved=False, change=waiting is not None)
    return Done(plan)
