"""Who may see which meetings and timesheets. They follow the plan, with an eye of their own for each reader."""

import uuid

from django.db import connection
from django.db.models import Q

from celabiedrs.hours.models import SheetState, Timesheet
from celabiedrs.people.models import SCHOOL_STAFF, Role, User
from celabiedrs.places.models import Institution
from celabiedrs.plans.access import may_answer_for, plans_visible_to
from celabiedrs.plans.models import MentorAssignment, SupportPlan

TO_WRITE_IN = """
SELECT p.id FROM plans_supportplan p
WHERE p.public_id = %s AND p.approved_at IS NOT NULL AND p.state <> 'withdrawn' AND EXISTS (
  SELECT 1 FROM plans_mentorassignment a JOIN registry_mentor m ON m.id = a.mentor_id
  WHERE a.plan_id = p.id AND m.user_id = %s)
"""
SHOWN_TO_SCHOOL = (SheetState.SUBMITTED, SheetState.VERIFIED)


def rows_visible_to(user: User) -> Q:
    """Timesheets whose rows (day, hours, topic) a person may read.

    The mentor reads their own; the school those that the mentor has submitted, no draft row (LOG-11); the expert
    those of the region; the auditor those of the drawn plans.
    """
    seen = Q(mentor__user_id=user.pk)
    for post in user.posts_on():
        match post.role:
            case role if role in SCHOOL_STAFF:
                seen |= Q(plan__institution=post.institution_id, state__in=SHOWN_TO_SCHOOL)
            case Role.PROJECT_EXPERT:
                seen |= Q(plan__institution__municipality__region=post.region_id)
            case Role.AUDITOR:
                seen |= Q(plan__in=post.sample.values("plan"))
    return seen


def hours_visible_to(user: User) -> Q:
    """Timesheets of which a person may know days and hours, without the topic and the learner: the pay clerk's."""
    seen = rows_visible_to(user)
    for employer in user.institutions(Role.PAY_CLERK):
        seen |= Q(employer=employer, state=SheetState.VERIFIED)
    return seen


def sheets_visible_to(user: User) -> Q:
    """Timesheets of which a person may know the state and the sum: those above and those of plans that one may see."""
    plans = SupportPlan.objects.filter(plans_visible_to(user)).order_by()
    return hours_visible_to(user) | Q(plan__in=plans.values("pk"), plan__institution__in=_places(user))


def _places(user: User) -> list[int]:
    """Institutions whose plans' months a person may know to exist."""
    places = Q(pk__in=user.institutions(*SCHOOL_STAFF))
    for post in user.posts_on():
        if post.role == Role.MUNICIPALITY_COORDINATOR:
            places |= Q(municipality=post.municipality_id)
        elif post.role == Role.PROJECT_EXPERT:
            places |= Q(municipality__region=post.region_id)
    return list(Institution.objects.filter(places).order_by("pk").values_list("pk", flat=True))


def stands_by(user: User, plan: SupportPlan) -> bool:
    """Whether this person is, or was, the plan's mentor."""
    return MentorAssignment.objects.filter(plan=plan, mentor__user_id=user.pk).exists()


def may_write(user: User, sheet: Timesheet) -> bool:
    """Only the mentor whose month it is."""
    return sheet.mentor.user_id == user.pk


def may_verify(user: User, sheet: Timesheet) -> bool:
    """The responsible person of the learner's school, regardless of the employer (DUT-1)."""
    return may_answer_for(user, sheet.plan)


def may_attach_scan(user: User, sheet: Timesheet) -> bool:
    """The signed paper sheet is scanned by its mentor or by the learner's school."""
    return may_write(user, sheet) or user.holds(*SCHOOL_STAFF, at=sheet.plan.institution_id)


def own_plans(user: User) -> Q:
    """Plans by which this person stands or stood as mentor: those whose diary they keep."""
    return Q(pk__in=MentorAssignment.objects.filter(mentor__user_id=user.pk).values("plan"))


def plan_to_write_in(user: User, public_id: uuid.UUID) -> SupportPlan | None:
    """The plan with this id if it is among `own_plans`, was approved and is not withdrawn: its ids and nothing more.

    In SQL, because it is asked before each meeting that is written down.
    """
    with connection.cursor() as cursor:
        cursor.execute(TO_WRITE_IN, [public_id, user.pk])
        found = cursor.fetchone()
    return SupportPlan(pk=found[0], public_id=public_id) if found else None


def own_rows(user: User) -> Q:
    """Meetings of this person's own diary, no matter who is the plan's mentor now."""
    return Q(mentor__user_id=user.pk)
