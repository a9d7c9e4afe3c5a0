"""Who may see which mentors, and who may write in the registry (REG-1)."""

from django.db.models import Q

from celabiedrs.people.models import SCHOOL_STAFF, Role, User


def mentors_known_to(user: User) -> Q:
    """The mentors of whom a person may know: themselves; those of the own municipality or region; those with whom
    the own institution has to do already. The registry lists of these who has a certificate."""
    known = Q(user_id=user.pk)
    for post in user.posts_on():
        match post.role:
            case Role.PROGRAMME_ADMINISTRATOR:
                return Q(pk__isnull=False)
            case Role.PROJECT_EXPERT:
                known |= Q(municipalities__region=post.region_id)
            case Role.MUNICIPALITY_COORDINATOR:
                known |= Q(municipalities=post.municipality_id)
            case role if role in SCHOOL_STAFF and post.institution is not None:
                known |= Q(municipalities=post.institution.municipality_id)
                known |= Q(contracts__employer=post.institution_id)
                known |= Q(checks__employer=post.institution_id)
                known |= Q(assignments__plan__institution=post.institution_id)
    return known


def may_keep_registry(user: User) -> bool:
    return user.holds(Role.PROGRAMME_ADMINISTRATOR)
