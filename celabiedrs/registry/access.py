"""Who may see which mentors, and who may write in the registry (REG-1)."""

from django.db.models import Q, QuerySet

from celabiedrs.people.models import SCHOOL_STAFF, Role, User
from celabiedrs.places.models import Institution
from celabiedrs.registry.models import Mentor

READERS = (*SCHOOL_STAFF, Role.MUNICIPALITY_COORDINATOR, Role.PROJECT_EXPERT, Role.PROGRAMME_ADMINISTRATOR)


def mentors_known_to(user: User) -> Q:
    """The mentors of whom a person may know: themselves; those of their own municipality or region; those with whom
    their own institution has to do already. The registry lists of these who has a certificate."""
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


def may_edit_own_entry(user: User, mentor: Mentor) -> bool:
    """A mentor proposes; only the programme changes the entry (REG-1)."""
    return mentor.user_id == user.pk


def may_talk(user: User, institution: Institution | None) -> bool:
    """Who looks for a mentor for the institution (REG-2, REG-3)."""
    return user.holds(Role.PREPARER, Role.HEAD, at=institution)


def may_read_registry(user: User) -> bool:
    """Whether a post lets the person into the list: mentors see their own entry only."""
    return any(post.role in READERS for post in user.posts_on())


def listed_to(user: User) -> QuerySet[Mentor]:
    """The registry as this person may read it: who has a certificate, of those of whom the person may know.
    The programme sees those too who are still in training."""
    seen = Mentor.objects.filter(mentors_known_to(user))
    if not may_keep_registry(user):
        seen = seen.filter(Q(certificate__isnull=False) | Q(user_id=user.pk))
    return Mentor.objects.filter(pk__in=seen.order_by().values("pk"))


def talks_visible_to(user: User) -> Q:
    """A school reads its own talks; the programme and other schools read none of them."""
    return Q(institution__in=user.institutions(*SCHOOL_STAFF))
