"""What a preparer does before there is something to send: sketches, unfinished texts, checked changes, handing over."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, Stale, WrongState, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.documents import originals
from celabiedrs.lib.signing import content_hash
from celabiedrs.lib.signing.models import Means
from celabiedrs.lib.workflow import check_state
from celabiedrs.people.models import Role, User
from celabiedrs.plans import notices
from celabiedrs.plans.access import may_prepare, may_prepare_for
from celabiedrs.plans.actions.amendment import amend_plan
from celabiedrs.plans.actions.draft import draft_plan
from celabiedrs.plans.actions.papers import sign_agreement
from celabiedrs.plans.models import (
    Agreement,
    AgreementDraft,
    AgreementSignature,
    Learner,
    PlanSketch,
    SupportPlan,
)
from celabiedrs.plans.words import AgreementParty
from celabiedrs.plans.words.fields import BY_NAME, TEXTS
from celabiedrs.plans.workflow import DRAFT_TEXT, HAND_TO_PREPARER, PREPARE, PlanObstacle
from celabiedrs.registry.models import Mentor
from celabiedrs.rules import preparing as preparing_rules
from celabiedrs.rules.reading import read_text

A_MOMENT = timedelta(seconds=20)


@transaction.atomic
def sketch_plan(
    *, by: User, learner: Learner, answers: Mapping[str, Any], version: int | None = None
) -> Done[PlanSketch]:
    """Keep what has been answered so far on the way to a plan, valid or not. Nothing else belongs to it.

    `version`: the one that the person had before them (0 where there was none); Stale where it moved on.
    """
    require(may_prepare_for(by, learner))
    Learner.objects.select_for_update(of=("self",)).get(pk=learner.pk)
    sketch = PlanSketch.objects.filter(learner=learner).first()
    if version is not None and version != (sketch.version if sketch else 0) and not _overtaken(sketch, by):
        raise Stale
    if sketch is None:
        sketch = PlanSketch(learner=learner, version=0)
    sketch.answers = {**sketch.answers, **answers}
    sketch.version += 1
    sketch.saved_by, sketch.saved_at = by, clock.now()
    sketch.save()
    return Done(sketch)


def _overtaken(standing: PlanSketch | AgreementDraft | None, by: User) -> bool:
    """Whether what stands was kept by the page of the same person a moment ago: it overtook the person's own sending,
    and nobody else was first."""
    return (
        standing is not None and standing.saved_by_id == by.pk and clock.now() - standing.saved_at < A_MOMENT
    )


@transaction.atomic
def draft_from_sketch(*, by: User, learner: Learner) -> Done[SupportPlan]:
    """[IAP-2] [MOD-1] [TG-2] Make the plan of what was answered; the sketch has served."""
    sketch = PlanSketch.objects.filter(learner=learner).first()
    given = dict(sketch.answers) if sketch else {}
    risks = [{"kind": kind, "reason": reason} for kind, reason in (given.get("risks") or {}).items()]
    answers = {name: given.get(name) or None for name in BY_NAME} | {"risks": risks}
    done = draft_plan(by=by, learner=learner, **answers)
    PlanSketch.objects.filter(learner=learner).delete()
    return done


@transaction.atomic
def correct_draft(
    *, by: User, plan: SupportPlan, version: int | None = None, **changes: object
) -> Done[SupportPlan]:
    """[R4] Change a plan in preparation as `amend_plan` does, but only the edition that the person had before them."""
    require(may_prepare(by, plan))
    plan = SupportPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    check_state(PREPARE, plan)
    if version is not None and version != plan.version:
        raise Stale
    return amend_plan(by=by, plan=plan, **changes)


@transaction.atomic
def draft_text(
    *,
    by: User,
    plan: SupportPlan,
    successor: Mentor | None = None,
    version: int | None = None,
    **texts: object,
) -> Done[AgreementDraft]:
    """[AGR-10] Keep the agreement's texts as far as they are written. Not an agreement: nobody has signed it.

    `successor`: the mentor who is to follow, on an approved plan; none: the plan's own.
    `version`: the draft's that the person had before them, 0 where there was none; Stale where it moved on.
    """
    require(may_prepare(by, plan))
    plan = SupportPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    check_state(DRAFT_TEXT, plan)
    draft = AgreementDraft.objects.filter(plan=plan, successor=successor).first()
    if version is not None and version != (draft.version if draft else 0) and not _overtaken(draft, by):
        raise Stale
    if draft is None:
        draft = AgreementDraft(plan=plan, successor=successor, version=0)
    for field in TEXTS:
        if field.name in texts:
            setattr(draft, field.name, field.read(texts[field.name]))
    draft.version += 1
    draft.saved_by, draft.saved_at = by, clock.now()
    draft.save()
    return Done(draft)


@transaction.atomic
def sign_agreement_here(
    *,
    by: User,
    plan: SupportPlan,
    mentor: Mentor | None,
    signatures: Mapping[str, tuple[str, bytes | None]],
    **texts: str,
) -> Done[Agreement]:
    """[AGR-4] Both sign on the school's device, in each other's presence, today.

    `signatures`: party → (typed name, drawn PNG); a party that gave neither has not signed.
    """
    today = clock.today()
    given = {party: any(signatures.get(party, ("", None))) for party in AgreementParty.values}
    done = sign_agreement(
        by=by,
        plan=plan,
        mentor=mentor,
        learner_signed_on=today if given[AgreementParty.LEARNER] else None,
        mentor_signed_on=today if given[AgreementParty.MENTOR] else None,
        scan=None,
        **texts,
    )
    signed = signed_content(done.thing)
    for party in AgreementParty.values:
        typed, drawing = signatures[party]
        AgreementSignature.objects.create(
            agreement=done.thing,
            party=party,
            means=Means.DEVICE,
            content_hash=content_hash(signed),
            signed_at=clock.now(),
            taken_by=by,
            typed_name=typed[:120],
            drawing=drawing,
        )
    return done


def signed_content(agreement: Agreement) -> dict[str, str]:
    """What the signatures on an agreement are over."""
    return {
        "plan": agreement.plan.number,
        "learner": str(agreement.plan.learner.public_id),
        "mentor": str(agreement.mentor.public_id),
        **{field.name: field.of(agreement.text) for field in TEXTS},
    }


@transaction.atomic
def keep_original(*, by: User, agreement: Agreement, place: object) -> Done[Agreement]:
    """[AGR-9] Write down where the school keeps the paper of an agreement."""
    require(may_prepare(by, agreement.plan))
    originals.keep_original(
        subject_kind="Agreement", subject_id=agreement.pk, place=read_text(place)[:200], by=by
    )
    record(agreement, "original_kept", by=by, thread=agreement.plan.public_id)
    return Done(agreement)


@transaction.atomic
def hand_over_preparing(*, by: User, plan: SupportPlan, to: User) -> Done[SupportPlan]:
    """[REG-2] Another preparer of the school looks after the plan from now on. Any preparer may still open it."""
    require(may_prepare(by, plan))
    plan = SupportPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    check_state(HAND_TO_PREPARER, plan)
    if plan.preparer_id == to.pk:
        raise WrongState(HAND_TO_PREPARER, PlanObstacle.OWN_PREPARER, plan)
    refuse(preparing_rules.successor_prepares(holds_post=to.holds(Role.PREPARER, at=plan.institution_id)))
    plan.preparer = to
    plan.save(update_fields=["preparer"])
    record(plan, "handed_to_preparer", by=by, thread=plan.public_id)
    notices.preparing_handed_over(plan, to)
    return Done(plan)
