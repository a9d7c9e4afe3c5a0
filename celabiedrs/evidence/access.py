"""Who draws a sample, and who sees how far the proof of a month is: states and days; names and rows follow the scopes
of the stages they come from."""

from django.db.models import Q

from celabiedrs.evidence.models import SampleDraw
from celabiedrs.people.models import Role, User
from celabiedrs.plans.access import plans_visible_to
from celabiedrs.plans.models import MentorAssignment, SupportPlan


def may_draw(user: User) -> bool:
    return user.holds(Role.PROGRAMME_ADMINISTRATOR)


def draws_visible_to(user: User) -> Q:
    """All for an administrator; an auditor's own."""
    if may_draw(user):
        return Q()
    return Q(post__in=[post.pk for post in user.posts_on() if post.role == Role.AUDITOR])


def chains_visible_to(user: User) -> Q:
    """Approved plans of whose proof a person may know the states: those one may see; an employer's, for its clerk and
    head; all, by number, for the programme."""
    seen = plans_visible_to(user)
    employed = MentorAssignment.objects.filter(
        contract__employer__in=user.institutions(Role.PAY_CLERK, Role.HEAD)
    )
    seen |= Q(pk__in=employed.order_by().values("plan"))
    if may_draw(user):
        seen = Q(pk__isnull=False)
    plans = SupportPlan.objects.filter(seen, approved_at__isnull=False).order_by()
    return Q(pk__in=plans.values("pk"))


def packs_visible_to(user: User) -> Q:
    """Plans whose whole pack a person may take along: those drawn for an auditor, who alone reads all of it."""
    return Q(
        pk__in=[
            plan
            for post in user.posts_on()
            if post.role == Role.AUDITOR
            for plan in post.sample.order_by().values_list("plan", flat=True)
        ]
    )


def may_take_packs(user: User, draw: SampleDraw) -> bool:
    """The auditor for whose post it was drawn, while the post lasts."""
    return any(post.pk == draw.post_id and post.role == Role.AUDITOR for post in user.posts_on())


def sees_chains(user: User) -> bool:
    """Whether a person has a post from which months are followed: the school, the expert, the employer, the programme,
    the municipality, an auditor."""
    return user.holds(
        Role.PREPARER,
        Role.RESPONSIBLE_PERSON,
        Role.HEAD,
        Role.PAY_CLERK,
        Role.MUNICIPALITY_COORDINATOR,
        Role.PROJECT_EXPERT,
        Role.PROGRAMME_ADMINISTRATOR,
        Role.AUDITOR,
    )
