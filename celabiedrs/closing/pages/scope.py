"""What the pages of a plan's end load, through the scopes: a stranger gets 404, a reader who may not act 403."""

import uuid

from django.shortcuts import get_object_or_404

from celabiedrs.closing.access import plans_listed_for
from celabiedrs.hours.access import own_plans
from celabiedrs.lib.acts import require
from celabiedrs.lib.audit.record import looked
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role, User
from celabiedrs.plans.access import may_prepare, story_visible_to
from celabiedrs.plans.models import SupportPlan

WITH_PEOPLE = ("learner__institution", "institution__municipality", "mentor__user", "previous__mentor__user")


def mentors_plan(request: SignedIn, public_id: uuid.UUID) -> SupportPlan:
    """A plan by which the person stands or stood."""
    plans = SupportPlan.objects.filter(own_plans(request.user)).select_related(*WITH_PEOPLE)
    return get_object_or_404(plans, public_id=public_id)


def pairs_plan(request: SignedIn, public_id: uuid.UUID) -> SupportPlan:
    """A plan whose end is the matter of its mentor and its school; each look is written down."""
    user = request.user
    sides = own_plans(user) | plans_listed_for(user)
    plans = SupportPlan.objects.filter(sides, approved_at__isnull=False).select_related(*WITH_PEOPLE)
    plan = get_object_or_404(plans, public_id=public_id)
    if request.method == "GET":
        looked(user, role=role_in(user, plan), what="plan_ending", thread=plan.public_id)
    return plan


def prepared_plan(request: SignedIn, public_id: uuid.UUID) -> SupportPlan:
    """A plan that its preparer ends: who may read it and does not prepare gets 403."""
    user = request.user
    plans = SupportPlan.objects.filter(story_visible_to(user)).select_related(*WITH_PEOPLE)
    plan = get_object_or_404(plans, public_id=public_id)
    require(may_prepare(user, plan))
    if request.method == "GET":
        looked(user, role=Role.PREPARER, what="plan_ending", thread=plan.public_id)
    return plan


def role_in(user: User, plan: SupportPlan) -> str:
    """As whom a person looks at a plan: the post that shows it, else its mentor."""
    region = plan.institution.municipality.region_id
    for post in user.posts_on():
        if post.institution_id == plan.institution_id or post.region_id == region:
            return str(post.role)
        if post.role == Role.PROGRAMME_ADMINISTRATOR:
            return str(post.role)
    return "mentor"


def is_id(raw: str) -> bool:
    """Whether it can be a public id at all."""
    try:
        uuid.UUID(raw)
    except ValueError:
        return False
    return True
