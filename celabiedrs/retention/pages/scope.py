"""What the pages of keeping load, and who may; to everybody else they are not there."""

import uuid

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import User
from celabiedrs.people.pages.scope import trail
from celabiedrs.retention.access import may_enter_requests, may_keep, requests_visible_to
from celabiedrs.retention.models import ErasureRequest


def keeper(request: SignedIn) -> User:
    """The programme administrator."""
    user = request.user
    if not may_keep(user):
        raise Http404
    return user


def enters_requests(request: SignedIn) -> User:
    """An administrator, or somebody of a school's staff."""
    user = request.user
    if not may_enter_requests(user):
        raise Http404
    return user


def visible_request(request: SignedIn, public_id: uuid.UUID) -> ErasureRequest:
    user = enters_requests(request)
    seen = ErasureRequest.objects.filter(requests_visible_to(user)).select_related(
        "institution", "answered_by"
    )
    return get_object_or_404(seen, public_id=public_id)


def crumbs(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of keeping; the last step has no address."""
    return trail((_("Keeping"), reverse("retention:keeping") if steps else ""), *steps)
