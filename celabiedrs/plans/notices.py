"""One function for each message that a plan's acts post. No names, no texts: numbers, days and public ids."""

from celabiedrs.lib.outbox.posting import post, post_to_all
from celabiedrs.people.models import Role, User
from celabiedrs.people.reading.audience import holders
from celabiedrs.plans.models import Learner, LearnerTransfer, PlanQuestion, SupportPlan
from celabiedrs.plans.words import QuestionSide


def _context(plan: SupportPlan) -> dict[str, str | int | bool | None]:
    return {"plan": str(plan.public_id), "number": plan.number}


def _experts(plan: SupportPlan, kind: str) -> None:
    region = plan.institution.municipality.region_id
    post_to_all(holders(Role.PROJECT_EXPERT, region=region), kind=kind, context=_context(plan))


def _preparers(plan: SupportPlan, kind: str, template: str = "") -> None:
    people = holders(Role.PREPARER, institution=plan.institution_id)
    post_to_all(people, kind=kind, template=template, context=_context(plan))


def _mentor(plan: SupportPlan, kind: str, template: str = "") -> None:
    if plan.mentor is not None:
        post(to=plan.mentor.user, kind=kind, template=template, context=_context(plan))


def plan_submitted(plan: SupportPlan) -> None:
    _experts(plan, "plan_submitted")


def amendment_waits(plan: SupportPlan) -> None:
    _experts(plan, "amendment_waits")


def plan_decided(plan: SupportPlan, *, approved: bool, change: bool) -> None:
    """The plan itself, or a change of it, was decided on: to the mentor the first means "you may start"."""
    if not approved:
        _preparers(plan, "plan_returned", template="change_returned" if change else "plan_returned")
        return
    _preparers(plan, "plan_approved", template="change_approved" if change else "plan_approved")
    _mentor(plan, "plan_approved", template="mentor_change_approved" if change else "mentor_plan_approved")


def mentor_attached(plan: SupportPlan) -> None:
    _mentor(plan, "mentor_attached")


def plan_suspended(plan: SupportPlan) -> None:
    _mentor(plan, "plan_suspended")


def plan_resumed(plan: SupportPlan) -> None:
    _mentor(plan, "plan_resumed")


def plan_extended(plan: SupportPlan) -> None:
    _mentor(plan, "plan_extended")


def preparing_handed_over(plan: SupportPlan, to: User) -> None:
    post(to=to, kind="preparing_handed_over", context=_context(plan))


def transfer_asked(transfer: LearnerTransfer) -> None:
    people = holders(Role.PREPARER, institution=transfer.learner.institution_id)
    post_to_all(people, kind="transfer_asked", context={"transfer": str(transfer.public_id)})


def learner_came(learner: Learner) -> None:
    people = holders(Role.PREPARER, institution=learner.institution_id)
    post_to_all(people, kind="learner_came", context={"learner": str(learner.public_id)})


def question_asked(question: PlanQuestion) -> None:
    """To the other side, without a word of it."""
    if question.side == QuestionSide.SCHOOL:
        _mentor(question.plan, "question_asked")
    else:
        _preparers(question.plan, "question_asked")


def question_answered(question: PlanQuestion) -> None:
    post(to=question.asked_by, kind="question_answered", context=_context(question.plan))
