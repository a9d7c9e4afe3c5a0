"""A sign-in ends after half an hour without a request, and after twelve hours whatever happens (A6)."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from celabiedrs.lib import clock

Answer = Callable[[HttpRequest], HttpResponseBase]

BEGAN, SEEN = "began", "seen"
STEP = 60
"""Seconds between two writes of "last seen", so that not every page writes the session."""


def ends_in(request: HttpRequest) -> int:
    """Seconds until the sign-in ends if nothing is asked for any more."""
    began = request.session.get(BEGAN, int(clock.now().timestamp()))
    whole = began + settings.SESSION_COOKIE_AGE - int(clock.now().timestamp())
    return max(0, min(int(settings.SESSION_IDLE_AGE), int(whole)))


@require_safe
def stay(request: HttpRequest) -> JsonResponse:
    """Being asked for is all that keeps a sign-in; this asks for nothing else."""
    return JsonResponse({"ends_in": ends_in(request)})


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


def session(request: HttpRequest) -> dict[str, int | None]:
    """Context of the base page: when the sign-in ends, for the warning before it."""
    user = getattr(request, "user", None)
    return {"session_ends_in": ends_in(request) if user is not None and user.is_authenticated else None}
