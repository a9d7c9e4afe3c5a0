"""A sign-in ends after half an hour without a request, and after twelve hours whatever happens (A6)."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from celabiedrs.lib import clock

Answer = Callable[[HttpRequest], HttpResponseBase]

BEGAN, SEEN = "began", "seen"
STEP = 60
"""Seconds between two writes of "last seen", so that not every page writes the session."""


class SignedInForAWhile:
    """Signs out who was away too long; keeps when the sign-in began and when the person was last seen."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            self._look(request)
        return self.get_response(request)

    def _look(self, request: HttpRequest) -> None:
        now = int(clock.now().timestamp())
        session = request.session
        began, seen = session.setdefault(BEGAN, now), session.get(SEEN, now)
        if now - seen > settings.SESSION_IDLE_AGE or now - began > settings.SESSION_COOKIE_AGE:
            logout(request)
        elif SEEN not in session or now - seen >= STEP:
            session[SEEN] = now
