"""Who may see what is said at a plan's end, and who may say it (EVA-1 to EVA-4, DUT-3, ARC-1)."""

from django.db.models import Q

from celabiedrs.closing.access.keepers import keepers
from celabiedrs.hours.access import stands_by
from celabiedrs.people.models import SCHOOL_STAFF, Role, User
from celabiedrs.plans.access import (
    may_answer_for,
    may_prepare,
    may_prepare_for,
    story_visible_to,
)
from celabiedrs.plans.models import SupportPlan

__all__ = ["may_close", "may_evaluate", "may_prepare", "may_prepare_for"]


def answers_visible_to(user: User) -> Q:
    """Evaluations whose five answers a person may read: their own, the region's expert, the programme (EVA-3).

    The school only sees that they are in: that follows the plan.
    """
    seen = Q(mentor__user_id=user.pk)
    for post in user.posts_on():
        match post.role:
            case Role.PROGRAMME_ADMINISTRATOR:
                return Q(pk__isnull=False)
            case Role.PROJECT_EXPERT:
                seen |= Q(plan__institution__municipality__region=post.region_id)
    return seen


def feedback_visible_to(user: User) -> Q:
    """Feedback of preparers: their own school, the region's expert, the programme (EVA-3). Not the mentor of whom it
    may speak."""
    seen = Q(pk__in=())
    for post in user.posts_on():
        match post.role:
            case Role.PROGRAMME_ADMINISTRATOR:
                return Q(pk__isnull=False)
            case role if role in SCHOOL_STAFF:
                seen |= Q(plan__institution=post.institution_id)
            case Role.PROJECT_EXPERT:
                seen |= Q(plan__institution__municipality__region=post.region_id)
    return seen


def hand_overs_visible_to(user: User) -> Q:
    """Acts of handing over: the mentor who handed over, the school that keeps, and who reads the plan's story."""
    return (
        Q(mentor__user_id=user.pk)
        | Q(
            plan__in=SupportPlan.objects.filter(story_visible_to(user))
            .exclude(assignments__mentor__user_id=user.pk)
            .order_by()
            .values("pk")
        )
        | Q(plan__institution__in=keepers().kept_by(user.institutions(*SCHOOL_STAFF)))
    )


def may_evaluate(user: User, plan: SupportPlan) -> bool:
    """Anyone who stands or stood by the plan as its mentor, whatever became of the contract (EVA-1)."""
    return stands_by(user, plan)


def may_close(user: User, plan: SupportPlan) -> bool:
    return may_prepare(user, plan)


def may_ask_to_evaluate(user: User, plan: SupportPlan) -> bool:
    """The preparer and the responsible person make sure that the mentor evaluates (DUT-3)."""
    return may_prepare(user, plan) or may_answer_for(user, plan)


def may_call(user: User, plan: SupportPlan) -> bool:
    """Any member of the school's staff who has called the learner says so."""
    return user.holds(*SCHOOL_STAFF, at=plan.institution_id)


def may_publish_questions(user: User) -> bool:
    return user.holds(Role.PROGRAMME_ADMINISTRATOR)


def plans_listed_for(user: User) -> Q:
    """Plans whose end is the matter of a person's school."""
    return Q(institution__in=user.institutions(*SCHOOL_STAFF))


def calls_listed_for(user: User) -> Q:
    """Early ends after which their own school calls the learner."""
    return Q(plan__institution__in=user.institutions(*SCHOOL_STAFF), call_due_on__isnull=False)


def evaluations_listed_for(user: User) -> Q:
    """Plans of which the project looks whether the evaluation is in: the region's expert, the programme (EVA-1)."""
    seen = Q(pk__in=())
    for post in user.posts_on():
        if post.role == Role.PROGRAMME_ADMINISTRATOR:
            return Q(first_submitted_at__isnull=False)
        if post.role == Role.PROJECT_EXPERT:
            seen |= Q(institution__municipality__region=post.region_id, first_submitted_at__isnull=False)
    return seen


def papers_visible_to(user: User) -> Q:
    """Plans whose originals a person may know of: their own school's, the region's, the drawn sample's, and those that
    their own institution keeps for one that closed (decision 0033). Not the mentor, not the coordinator."""
    seen = Q(institution__in=keepers().kept_by(user.institutions(*SCHOOL_STAFF)))
    for post in user.posts_on():
        match post.role:
            case role if role in SCHOOL_STAFF:
                seen |= Q(institution=post.institution_id)
            case Role.PROJECT_EXPERT:
                seen |= Q(institution__municipality__region=post.region_id, first_submitted_at__isnull=False)
            case Role.AUDITOR:
                seen |= Q(pk__in=post.sample.values("plan"))
    return seen


def contract_papers_visible_to(user: User) -> Q:
    """Contracts whose originals a person may know of: the employer's staff, its keeper, the sample."""
    own = user.institutions(*SCHOOL_STAFF)
    return Q(employer__in=[*own, *keepers().kept_by(own)]) | Q(plans__in=_sampled(user))


def _sampled(user: User) -> list[int]:
    posts = [post for post in user.posts_on() if post.role == Role.AUDITOR]
    return [pk for post in posts for pk in post.sample.order_by().values_list("plan", flat=True)]


def may_place(user: User, keeper_id: int) -> bool:
    """The staff of the institution that keeps the paper now."""
    return user.holds(*SCHOOL_STAFF, at=keeper_id)
