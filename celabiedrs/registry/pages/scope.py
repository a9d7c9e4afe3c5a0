"""What the registry's pages load, through the scopes."""

import uuid

from django.http import Http404
from django.shortcuts import get_object_or_404

from celabiedrs.lib.audit.record import looked
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import User
from celabiedrs.registry.access import READERS, listed_to, may_keep_registry
from celabiedrs.registry.models import Mentor


def keeper(request: SignedIn) -> User:
    """Who keeps the registry; for everybody else these pages are not there."""
    user = request.user
    if not may_keep_registry(user):
        raise Http404
    return user


def role_of(user: User) -> str:
    """Under which role a person looks into the registry; empty for a mentor at their own entry."""
    return next((str(post.role) for post in user.posts_on() if post.role in READERS), "")


def listed_mentor(request: SignedIn, public_id: uuid.UUID) -> Mentor:
    """A mentor of whom the person may read; each look is written down (REG-1)."""
    user = request.user
    listed = listed_to(user).select_related("user", "certificate__round").prefetch_related("municipalities")
    mentor = get_object_or_404(listed, public_id=public_id)
    if request.method == "GET" and mentor.user_id != user.pk:
        looked(user, role=role_of(user), what="mentor", thread=mentor.public_id)
    return mentor


def own_entry(request: SignedIn) -> Mentor:
    """The mentor who is looking; for everybody else this page is not there."""
    try:
        return request.user.mentor
    except Mentor.DoesNotExist:
        raise Http404 from None
