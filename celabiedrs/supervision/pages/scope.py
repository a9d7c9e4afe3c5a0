"""What the pages of supervision load, through the scopes."""

import uuid

from django.http import QueryDict
from django.shortcuts import get_object_or_404

from celabiedrs.people.access import SignedIn
from celabiedrs.supervision.access import own_sessions, sessions_visible_to
from celabiedrs.supervision.models import SupervisionSession
from celabiedrs.supervision.reading.agenda import with_names


def posted(request: SignedIn) -> QueryDict | None:
    """What a form was sent with, be it empty; None where the page is only opened."""
    return request.POST if request.method == "POST" else None


def seen_session(request: SignedIn, public_id: uuid.UUID) -> SupervisionSession:
    """A session whose day and place the person may know."""
    seen = SupervisionSession.objects.filter(sessions_visible_to(request.user)).order_by()
    sessions = SupervisionSession.objects.filter(pk__in=seen.values("pk"))
    return get_object_or_404(with_names(sessions), public_id=public_id)


def led_session(request: SignedIn, public_id: uuid.UUID) -> SupervisionSession:
    """A session that the person leads; to everybody else its pages of leading are not there."""
    sessions = SupervisionSession.objects.filter(own_sessions(request.user))
    return get_object_or_404(with_names(sessions), public_id=public_id)
