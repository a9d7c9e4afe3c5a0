"""Alive, ready, and figures: for load balancers, anyone who watches, and the supervisor's own start.

They answer by whatever address they are called, before any host name is looked at, and ask for no session.
"""

import hmac
import ipaddress
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from celabiedrs.lib.watch.checks import State, ready
from celabiedrs.lib.watch.metrics import exposition

Answer = Callable[[HttpRequest], HttpResponseBase]
LASTS = 5.0
"""Seconds for which an answer is given again: nobody makes work here by asking."""


class Probes:
    """Answers three addresses; every other request passes."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.looked = -LASTS
        self.found: tuple[bool, list[State]] = (False, [])
        self.answers = {"/veseliba": self.alive, "/gatavs": self.ready, "/metrika": self.metrics}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.answers.get(request.path_info)
        if answer is None:
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        return answer(request)

    def alive(self, request: HttpRequest) -> HttpResponse:
        """This process answers. A database that is away is no reason to start it again."""
        return _text("ok", 200)

    def ready(self, request: HttpRequest) -> HttpResponse:
        """200 where requests can be served, else 503; a word for each check, no figures."""
        serves, found = self._look()
        return _text("\n".join(f"{state.name} {state.level}" for state in found), 200 if serves else 503)

    def metrics(self, request: HttpRequest) -> HttpResponse:
        """For this machine, or with the token of CELABIEDRS_METRICS_TOKEN."""
        if not _may_measure(request):
            return _text("not found", 404)
        return _text(exposition(self._look()[1]).rstrip("\n"), 200)

    def _look(self) -> tuple[bool, list[State]]:
        if time.monotonic() - self.looked >= LASTS:
            self.found, self.looked = ready(), time.monotonic()
        return self.found


def _may_measure(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    passed_on = any(name in request.headers for name in ("X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"))
    try:
        return not passed_on and ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _text(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, content_type="text/plain; charset=utf-8", status=status)
