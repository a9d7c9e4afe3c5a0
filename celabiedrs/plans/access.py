"""Who may see which plans and which parts of them, and who may do what. Written once, as queries.

Meetings, timesheets and agreements follow the plan. Nothing is copied onto rows: when a post ends, so does
what it showed.
"""

from django.db.models import Q

from celabiedrs.people.models import SCHOOL_STAFF, Role, User
from celabiedrs.plans.models import Learner, MentorAssignment, PlanQuestion, SupportPlan
from celabiedrs.plans.words import QuestionSide


def plans_visible_to(user: User) -> Q:
    """Plans of whose dates and state a person may know."""
    seen = story_visible_to(user)
    for post in user.posts_on():
        if post.role == Role.MUNICIPALITY_COORDINATOR:
            seen |= Q(institution__municipality=post.municipality_id)
    return seen


def story_visible_to(user: User) -> Q:
    """Plans whose learner, situation and agreement a person may read: not the coordinator, who sees numbers."""
    seen = Q(pk__in=MentorAssignment.objects.filter(mentor__user_id=user.pk).values("plan"))
    for post in user.posts_on():
        match post.role:
            case role if role in SCHOOL_STAFF:
                seen |= Q(institution=post.institution_id)
            case Role.PROJECT_EXPERT:
                seen |= Q(institution__municipality__region=post.region_id, first_submitted_at__isnull=False)
            case Role.AUDITOR:
                seen |= Q(pk__in=post.sample.values("plan"))
    return seen


def learners_visible_to(user: User) -> Q:
    """Learners of their own school, and those of plans whose story one may read."""
    return Q(institution__in=user.institutions(*SCHOOL_STAFF)) | Q(
        plans__in=SupportPlan.objects.filter(story_visible_to(user)).values("pk")
    )


def may_enrol(user: User, institution_id: int) -> bool:
    return user.holds(Role.PREPARER, at=institution_id)


def may_prepare(user: User, plan: SupportPlan) -> bool:
    """Only a preparer of the learner's school (REG-2); who stands in holds the same post for that time."""
    return user.holds(Role.PREPARER, at=plan.institution_id)


def may_prepare_for(user: User, learner: Learner) -> bool:
    return user.holds(Role.PREPARER, at=learner.institution_id)


def may_decide(user: User, plan: SupportPlan) -> bool:
    """The project expert of the region in which the school lies (IAP-1)."""
    region = plan.institution.municipality.region_id
    return any(post.role == Role.PROJECT_EXPERT and post.region_id == region for post in user.posts_on())


def may_answer_for(user: User, plan: SupportPlan) -> bool:
    """The responsible person of the learner's school, regardless of the employer (DUT-1)."""
    return user.holds(Role.RESPONSIBLE_PERSON, at=plan.institution_id)


def may_print(user: User, plan: SupportPlan) -> bool:
    """Those who prepare it, answer for it or decide on it; the mentor has the agreement."""
    return may_prepare(user, plan) or may_answer_for(user, plan) or may_decide(user, plan)


def may_read_papers(user: User, plan: SupportPlan) -> bool:
    """The signed request and agreements: the staff of the school that answers for them, the expert who decides, and
    the auditor in whose sample the plan is (DUT-1, DUT-4)."""
    if user.holds(*SCHOOL_STAFF, at=plan.institution_id) or may_decide(user, plan):
        return True
    return any(
        post.role == Role.AUDITOR and post.sample.filter(plan=plan.pk).exists() for post in user.posts_on()
    )


def may_override_semester(user: User, institution_id: int) -> bool:
    return user.holds(Role.HEAD, at=institution_id)


def side_of(user: User, plan: SupportPlan) -> QuestionSide | None:
    """On which side of a plan's questions a person stands: its mentor of now, or the staff of its school (DUT-8)."""
    if plan.mentor is not None and plan.mentor.user_id == user.pk:
        return QuestionSide.MENTOR
    return QuestionSide.SCHOOL if user.holds(*SCHOOL_STAFF, at=plan.institution_id) else None


def questioned_by(user: User) -> Q:
    """Plans whose questions a person reads and asks: the mentor of now and the school's staff, nobody else (DUT-8)."""
    return Q(mentor__user_id=user.pk) | Q(institution__in=user.institutions(*SCHOOL_STAFF))


def may_ask(user: User, plan: SupportPlan) -> bool:
    return side_of(user, plan) is not None


def may_answer(user: User, question: PlanQuestion) -> bool:
    """The side that did not ask."""
    return side_of(user, question.plan) not in (None, question.side)


def may_close_question(user: User, question: PlanQuestion) -> bool:
    """The side that asked: it knows whether the answer helps."""
    return side_of(user, question.plan) == question.side


def may_read_story(user: User, plan: SupportPlan) -> bool:
    """Whether the learner, the situation and the agreement are theirs to read: one truth, the scope's."""
    return SupportPlan.objects.filter(story_visible_to(user), pk=plan.pk).exists()
