"""The plan of a later semester, drafted from the last one, and its papers in one go (IAP-3)."""

from typing import Any

from django.db import transaction

from celabiedrs.closing.access import may_prepare_for
from celabiedrs.closing.facts import is_evaluated
from celabiedrs.closing.workflow import RENEW
from celabiedrs.lib.acts import Done, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.workflow import check_state
from celabiedrs.people.models import User
from celabiedrs.plans.actions import attach_mentor, draft_plan, draft_text, file_request, sign_agreement
from celabiedrs.plans.facts import plan_values
from celabiedrs.plans.facts.papers import agreement_with
from celabiedrs.plans.models import Agreement, SupportPlan
from celabiedrs.plans.words.fields import RENEWED, TEXTS
from celabiedrs.rules import closing as closing_rules
from celabiedrs.rules import plan as plan_rules


@transaction.atomic
def renew_plan(*, by: User, plan: SupportPlan, semester: object, **changes: object) -> Done[SupportPlan]:
    """[IAP-3] Draft the plan of a later semester from this one, at the school where the learner is now.

    `changes`: fields as `draft_plan` takes them. Risks that are not given are carried over and marked: they must be
    assessed again (`amend_plan` with `risks`) before the plan can be submitted. The agreement's texts begin with those
    of the plan before.
    """
    require(may_prepare_for(by, plan.learner))
    check_state(RENEW, plan)
    values: dict[str, Any] = {name: value for name, value in plan_values(plan).items() if name in RENEWED}
    renewal = list(closing_rules.renewal(label=semester, previous=plan.label))
    renewal += plan_rules.previous_evaluated(evaluated=is_evaluated(plan))
    refuse(renewal)
    done = draft_plan(by=by, learner=plan.learner, semester=semester, previous=plan, **(values | changes))
    if "risks" not in changes:
        done.thing.risks.update(carried=True)
    if texts := texts_before(done.thing):
        draft_text(by=by, plan=done.thing, **texts)
    record(done.thing, "renewed", by=by, thread=done.thing.public_id, previous=plan.number)
    return Done(done.thing, (*refuse(renewal), *done.cautions))


def texts_before(plan: SupportPlan) -> dict[str, Any]:
    """What the agreement of the plan before says, where it was made at the same school; else nothing."""
    before = plan.previous
    if before is None or before.institution_id != plan.institution_id:
        return {}
    text = getattr(agreement_with(before, before.mentor_id), "text", None)
    return {field.name: field.of(text) for field in TEXTS} if text is not None else {}


@transaction.atomic
def file_papers(
    *,
    by: User,
    plan: SupportPlan,
    applicant: object,
    signed_on: object,
    request_scan: StoredFile | None,
    learner_signed_on: object,
    mentor_signed_on: object,
    agreement_scan: StoredFile | None,
    texts: dict[str, str],
) -> Done[Agreement]:
    """[IAP-3] [AGR-1] [AGR-2] [AGR-3] [CON-1] The request of a plan that follows another, the mentor of that other one,
    and their agreement: all three or none. Each is asked what it is asked alone."""
    filed = file_request(by=by, plan=plan, applicant=applicant, signed_on=signed_on, scan=request_scan)
    plan = SupportPlan.objects.select_related("previous__mentor").get(pk=plan.pk)
    mentor = plan.previous.mentor if plan.previous else None
    attached = attach_mentor(by=by, plan=plan, mentor=mentor)
    signed = sign_agreement(
        by=by,
        plan=attached.thing,
        mentor=mentor,
        learner_signed_on=learner_signed_on,
        mentor_signed_on=mentor_signed_on,
        scan=agreement_scan,
        **texts,
    )
    return Done(signed.thing, (*filed.cautions, *attached.cautions, *signed.cautions))
