"""Who may see which supervision sessions and whom in them. A supervisor sees mentors, never learners (SUP-*)."""

from django.db.models import F, Q

from celabiedrs.people.models import SCHOOL_STAFF, Role, User
from celabiedrs.registry.models import Mentor
from celabiedrs.supervision.models import SupervisionSession


def sessions_visible_to(user: User) -> Q:
    """Sessions whose day and place a person may know: every mentor and responsible person all of them (SUP-3)."""
    if is_mentor(user) or user.holds(Role.RESPONSIBLE_PERSON, Role.PROGRAMME_ADMINISTRATOR):
        return Q(pk__isnull=False)
    seen = Q(supervisor=user)
    for post in user.posts_on():
        match post.role:
            case Role.MUNICIPALITY_COORDINATOR:
                seen |= Q(municipality=post.municipality_id)
            case Role.PROJECT_EXPERT:
                seen |= Q(municipality__region=post.region_id)
            case role if role in SCHOOL_STAFF:
                seen |= Q(nominations__institution=post.institution_id)
                seen |= Q(members__mentor__contracts__employer=post.institution_id)
    return seen


def members_visible_to(user: User) -> Q:
    """Members of groups whom a person may know by name: a school those whom it nominated itself (SUP-7).

    For `Member`; `Nomination` and `Interest` have the same columns.
    """
    seen = Q(mentor__user_id=user.pk) | Q(session__supervisor=user)
    for post in user.posts_on():
        match post.role:
            case Role.PROGRAMME_ADMINISTRATOR:
                return Q(pk__isnull=False)
            case Role.MUNICIPALITY_COORDINATOR:
                seen |= Q(session__municipality=post.municipality_id)
            case Role.PROJECT_EXPERT:
                seen |= Q(session__municipality__region=post.region_id)
            case role if role in SCHOOL_STAFF:
                seen |= Q(
                    session__nominations__institution=post.institution_id,
                    session__nominations__mentor=F("mentor"),
                )
    return seen


def certificates_readable_by(user: User) -> Q:
    """Members whose certificate of attendance a person may have: their own one, and a responsible person those of the
    mentors whom their own institution nominated."""
    return Q(mentor__user_id=user.pk) | Q(
        session__nominations__institution__in=user.institutions(Role.RESPONSIBLE_PERSON),
        session__nominations__mentor=F("mentor"),
    )


def themes_readable_by(user: User) -> Q:
    """Themes of sessions that the person leads. Nobody else reads them, their senders neither."""
    return Q(session__supervisor=user) if user.holds(Role.SUPERVISOR) else Q(pk__in=())


def own_sessions(user: User) -> Q:
    """Sessions that a supervisor leads."""
    return Q(supervisor=user) if user.holds(Role.SUPERVISOR) else Q(pk__in=())


def counted_to(user: User) -> Q | None:
    """Sessions over which a person has an eye, by municipality; None where that is nobody's business of theirs."""
    seen, watches = Q(pk__in=()), False
    for post in user.posts_on():
        match post.role:
            case Role.PROGRAMME_ADMINISTRATOR:
                return Q(pk__isnull=False)
            case Role.MUNICIPALITY_COORDINATOR:
                seen, watches = seen | Q(municipality=post.municipality_id), True
            case Role.PROJECT_EXPERT:
                seen, watches = seen | Q(municipality__region=post.region_id), True
    return seen if watches else None


def may_send_theme(user: User, session: SupervisionSession) -> bool:
    """A mentor who has shown interest in the session, and so is or may become one of its group."""
    return session.interests.filter(mentor__user_id=user.pk).exists()


def is_mentor(user: User) -> bool:
    return Mentor.objects.filter(user=user).exists()


def may_plan(user: User) -> bool:
    return user.holds(Role.SUPERVISOR)


def may_lead(user: User, session: SupervisionSession) -> bool:
    """Anyone who planned it and is still a supervisor."""
    return session.supervisor_id == user.pk and user.holds(Role.SUPERVISOR)
