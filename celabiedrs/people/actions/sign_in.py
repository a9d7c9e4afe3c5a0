"""Signing in by a link that works once (A6): for a person's first sign-in, and for the demonstration's people."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import WrongState
from celabiedrs.lib.audit.record import record
from celabiedrs.people.models import LinkPurpose, OneTimeLink, User
from celabiedrs.people.workflow import LinkObstacle

LASTS = timedelta(hours=24)
KEPT = timedelta(days=7)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _open(token: str) -> OneTimeLink | None:
    """The link of a token, where it may still be used by a person who may sign in."""
    links = OneTimeLink.objects.select_related("person").filter(
        digest=_digest(token), used_at=None, expires_at__gt=clock.now(), person__is_active=True
    )
    return links.first()


@transaction.atomic
def make_one_time_link(
    *,
    person: User,
    by: User | None = None,
    lasts: timedelta = LASTS,
    purpose: LinkPurpose = LinkPurpose.FIRST,
) -> str:
    """Make a way in for a person; returns the token, which is known to nobody afterwards. Links of old are
    forgotten.
    """
    now = clock.now()
    OneTimeLink.objects.filter(expires_at__lt=now - KEPT).delete()
    token = secrets.token_urlsafe(32)
    link = OneTimeLink.objects.create(
        person=person, digest=_digest(token), purpose=purpose, made_at=now, expires_at=now + lasts
    )
    record(link, "link_made", by=by)
    return token


def person_of_link(token: str) -> User | None:
    """Whom a link lets in; None when it was used, is too old or never was."""
    link = _open(token)
    return link.person if link else None


@transaction.atomic
def use_one_time_link(*, token: str) -> User:
    """Use the link up and say whom it lets in. WrongState when it was used, is too old or never was; of two at the same
    moment one gets in."""
    link = _open(token)
    if link is None or not OneTimeLink.objects.filter(pk=link.pk, used_at=None).update(used_at=clock.now()):
        raise WrongState(None, LinkObstacle.USED)
    record(link, "link_used", by=link.person)
    if link.purpose == LinkPurpose.NEW_PASSWORD:
        link.person.set_unusable_password()  # the old one ends with its sessions; a new one is chosen next
        link.person.save(update_fields=["password"])
    return link.person
