"""Who keeps and who disposes: the programme's administrators, two at a time (ARC-1). A school answers those who ask it
to erase what it keeps of its own learners."""

from typing import Any

from django.db.models import Q

from celabiedrs.people.models import SCHOOL_STAFF, Role, User


def may_keep(user: User) -> bool:
    return user.is_active and user.holds(Role.PROGRAMME_ADMINISTRATOR)


def may_enter_requests(user: User) -> bool:
    return may_keep(user) or (user.is_active and user.holds(*SCHOOL_STAFF))


def requests_visible_to(user: User) -> Q:
    """Requests to erase: all for an administrator, those about its own learners for a school."""
    if may_keep(user):
        return Q()
    return Q(institution__in=user.institutions(*SCHOOL_STAFF)) if may_enter_requests(user) else Q(pk__in=())


def may_answer(user: Any, request: Any) -> bool:
    """Who sees a request may answer it."""
    return may_keep(user) or (
        request.institution_id is not None and request.institution_id in user.institutions(*SCHOOL_STAFF)
    )
