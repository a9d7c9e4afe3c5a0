"""Who keeps the programme: its calendar, places, settings and accounts.

Permissions for the acts of `places` stand here: a role is a post, and posts are known from this stage on.
"""

from django.db.models import Q
from django.http import HttpRequest

from celabiedrs.people.models import AccountReset, PostProposal, Role, User
from celabiedrs.places.models import Institution


class SignedIn(HttpRequest):
    """A request as every page gets it that is not open to strangers: its user is one of ours.

    The middleware sends strangers to the sign-in before a page is reached, so this is a type, and nothing is asked
    again. A test holds the pages that are open to strangers to the plain request.
    """

    user: User


def may_keep_programme(user: User) -> bool:
    """The programme administrator keeps calendar, settings, places, contacts and accounts."""
    return user.holds(Role.PROGRAMME_ADMINISTRATOR)


def may_give_post(user: User, person: User | None) -> bool:
    """The programme administrator, to somebody else: nobody appoints themselves (decision 0061)."""
    return may_keep_programme(user) and (person is None or person.pk != user.pk)


def may_second(user: User, *, giver: User, person: User | None, institution: Institution | None) -> bool:
    """Who agrees to a post that nobody gives alone: another administrator, or the head of its institution; neither
    who gives it nor who gets it."""
    if user.pk == giver.pk or (person is not None and person.pk == user.pk) or not user.is_active:
        return False
    return may_keep_programme(user) or (institution is not None and user.holds(Role.HEAD, at=institution))


def may_agree_to(user: User, proposal: PostProposal) -> bool:
    return may_second(
        user, giver=proposal.proposed_by, person=proposal.person, institution=proposal.institution
    )


def may_decline(user: User, proposal: PostProposal) -> bool:
    """Who may agree; and who proposed it takes it back so."""
    return may_agree_to(user, proposal) or (may_keep_programme(user) and user.pk == proposal.proposed_by_id)


def proposals_visible_to(user: User) -> Q:
    """Proposed posts that a person answers or may know of: all for an administrator, their own institutions' for a
    head."""
    if may_keep_programme(user):
        return Q()
    return Q(institution__in=user.institutions(Role.HEAD))


def may_agree_to_reset(user: User, reset: AccountReset) -> bool:
    """Another administrator than the one who proposed it, and not the person."""
    return may_keep_programme(user) and user.pk not in (reset.proposed_by_id, reset.person_id)


def may_decline_reset(user: User, reset: AccountReset) -> bool:
    """Any administrator, and the person: nobody's account is reset against their will while they can say so."""
    return may_keep_programme(user) or user.pk == reset.person_id


def resets_visible_to(user: User) -> Q:
    """All for an administrator; one's own for its person."""
    return Q() if may_keep_programme(user) else Q(person=user.pk)
