"""Who may see which contracts and checks, and who may make them (CON-3, CON-6)."""

from django.db.models import Q, QuerySet

from celabiedrs.people.models import SCHOOL_STAFF, Role, User
from celabiedrs.places.models import Institution, InstitutionKind
from celabiedrs.registry.access import mentors_known_to
from celabiedrs.registry.models import Mentor, SuitabilityCheck


def contracts_visible_to(user: User) -> Q:
    """Contracts that a person may read whole: the mentor's own, the employer's, the drawn sample's."""
    seen = Q(mentor__user_id=user.pk)
    for post in user.posts_on():
        match post.role:
            case role if role in (*SCHOOL_STAFF, Role.PAY_CLERK):
                seen |= Q(employer=post.institution_id)
            case Role.MUNICIPALITY_COORDINATOR:
                seen |= Q(
                    employer__municipality=post.municipality_id,
                    employer__kind=InstitutionKind.EDUCATION_BOARD,
                )
            case Role.AUDITOR:
                seen |= Q(plans__in=post.sample.values("plan"))
    return seen


def contract_states_visible_to(user: User) -> Q:
    """Contracts of which a person may know the state: those above, those of the plans that are theirs, and a school
    those of the mentors whom it may attach."""
    seen = contracts_visible_to(user)
    for post in user.posts_on():
        match post.role:
            case Role.PROGRAMME_ADMINISTRATOR:
                return Q(pk__isnull=False)
            case role if role in SCHOOL_STAFF:
                seen |= Q(plans__institution=post.institution_id)
                seen |= Q(mentor__in=Mentor.objects.filter(mentors_known_to(user)).order_by().values("pk"))
            case Role.PROJECT_EXPERT:
                seen |= Q(employer__municipality__region=post.region_id)
                seen |= Q(plans__institution__municipality__region=post.region_id)
    return seen


def may_check(user: User, employer: Institution | None) -> bool:
    """At the employer, or at any where none is named yet."""
    return user.holds(Role.PREPARER, Role.RESPONSIBLE_PERSON, Role.HEAD, at=employer)


def may_contract(user: User, employer: Institution | None) -> bool:
    """At the employer, or at any where none is named yet."""
    return user.holds(Role.PREPARER, Role.HEAD, at=employer)


def checks_readable_by(user: User, mentor: Mentor) -> QuerySet[SuitabilityCheck]:
    """The checks of a mentor that a person reads whole – day, source, outcome, permission and its limits: the mentor
    all of them, who may make checks those of their own institution. Everybody else reads the state at most (CON-6)."""
    checks = SuitabilityCheck.objects.filter(mentor=mentor)
    if mentor.user_id == user.pk:
        return checks
    return checks.filter(employer__in=user.institutions(*SCHOOL_STAFF))


def reads_states(user: User) -> bool:
    """Whether a post lets a person know that a mentor is checked, without reading what was found."""
    return user.holds(*SCHOOL_STAFF, Role.PROJECT_EXPERT, Role.PROGRAMME_ADMINISTRATOR)
