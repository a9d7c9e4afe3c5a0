"""What the pages of evidence load, and who may; to everybody else they are not there."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from celabiedrs.evidence.access import may_draw
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role, User
from celabiedrs.people.pages.scope import trail


def desk_visitor(request: SignedIn) -> User:
    """An administrator of the programme or an auditor."""
    user = request.user
    if not (may_draw(user) or user.holds(Role.AUDITOR)):
        raise Http404
    return user


def crumbs(user: User, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of the auditor's desk; the last step has no address."""
    desk = (_("Audit"), reverse("evidence:draws") if steps else "")
    return trail(desk, *steps) if may_draw(user) else [desk, *steps]
