"""A form that is sent twice has one effect and one answer.

The act and its key go into the database together, or neither does. The key goes in last, so that an ordinary
sending costs one INSERT; of two sendings at once, the second waits on that INSERT until the first is through,
is then undone as a whole, and answers as the first did. Anyone who fails because of what the first has done (its
hours are used up, its state has moved) sees the first's key as well, since both became visible in one commit.
"""

import hmac
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.contrib.messages import get_messages
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from celabiedrs.lib import clock
from celabiedrs.lib.once.models import PostedKey

METHODS = ["GET", "HEAD", "POST"]
FIELD = "once"
ARRIVED, ARRIVED_SECONDS = "arrived", 300
NOT_CONTENT = {FIELD, "csrfmiddlewaretoken"}
TOLD_BY = ("Location", "HX-Redirect", "HX-Location")

P = ParamSpec("P")
Request = TypeVar("Request", bound=HttpRequest)


class _Repeated(Exception):
    """Somebody was first: undo all of this."""


def form_page(
    view: Callable[Concatenate[Request, P], HttpResponseBase],
) -> Callable[Concatenate[Request, P], HttpResponseBase]:
    """A page with a form: GET and HEAD show it, POST has its effect once. Any other method is refused first."""
    limited: Callable[Concatenate[Request, P], HttpResponseBase] = require_http_methods(METHODS)(once(view))
    return limited


def once(
    view: Callable[Concatenate[Request, P], HttpResponseBase],
) -> Callable[Concatenate[Request, P], HttpResponseBase]:
    """Let a view's POST have its effect once for each form key, person and content.

    Done means that the view redirects (also by htmx's headers) or says so with `mark_done`; its other
    answers – a form with errors – leave no key. A POST without a key, or by nobody signed in, runs as it is.
    """

    @wraps(view)
    def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        key = _key(request)
        if key is None or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        content = _content(request)
        try:
            with transaction.atomic():
                answer = view(request, *args, **kwargs)
                location = _location(answer)
                if location and not _store(request, key, content, answer.status_code, location):
                    raise _Repeated
        except _Repeated:
            answer = _first_answer(request, key, content) or HttpResponse(status=409)
        except Exception:
            first = _first_answer(request, key, content)
            if first is None:
                raise
            answer = first
        else:
            if not location:
                answer = _first_answer(request, key, content) or answer
        return _arrived(answer, key) if _location(answer) else answer

    return guarded


def _arrived(answer: HttpResponseBase, key: uuid.UUID) -> HttpResponseBase:
    """Tell the page's script that this form has had its effect: only now its copy on the device goes."""
    secure = settings.SESSION_COOKIE_SECURE
    name = f"__Host-{ARRIVED}" if secure else ARRIVED
    answer.set_cookie(name, str(key), max_age=ARRIVED_SECONDS, secure=secure, samesite="Lax")
    return answer


def mark_done(answer: HttpResponseBase, location: str) -> HttpResponseBase:
    """An answer without redirect (a fragment for htmx) is of a done act; a repeat goes to `location`."""
    answer.once_location = location  # type: ignore[attr-defined]
    return answer


def _key(request: HttpRequest) -> uuid.UUID | None:
    if request.method != "POST":
        return None
    try:
        return uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def _content(request: HttpRequest) -> bytes:
    """A hash of where the form went and of all that was in it, pictures and papers included.

    Under the service's own key: who holds the table alone cannot try out what a form may have said.
    """
    digest = hmac.new(settings.SECRET_KEY.encode(), request.path.encode(), "sha256")
    for name in sorted(request.POST.keys() - NOT_CONTENT):
        for value in request.POST.getlist(name):
            digest.update(repr((name, value)).encode())
    for name in sorted(request.FILES):
        for upload in request.FILES.getlist(name):
            digest.update(repr((name, upload.name, upload.size)).encode())
            for chunk in upload.chunks():
                digest.update(chunk)
            upload.seek(0)
    return digest.digest()


def _location(answer: HttpResponseBase) -> str:
    if answer.status_code >= 400:
        return ""
    marked: str = getattr(answer, "once_location", "")
    return marked or next((answer[name] for name in TOLD_BY if answer.has_header(name)), "")


def _store(request: HttpRequest, key: uuid.UUID, content: bytes, status: int, location: str) -> bool:
    """Store the key; False where it is there already. Waits for a transaction that is just storing it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {PostedKey._meta.db_table} (user_id, key, content, made_at, status, location)"
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [request.user.pk, key, content, clock.now(), status, location[:500]],
        )
        return bool(cursor.rowcount == 1)


def _first_answer(request: HttpRequest, key: uuid.UUID, content: bytes) -> HttpResponse | None:
    """What the first sending was answered, without the words that this one has left for the next page."""
    stored: Any = PostedKey.objects.filter(user=request.user.pk, key=key, content=content).first()
    if stored is None:
        return None
    if hasattr(request, "_messages"):
        get_messages(request)._queued_messages.clear()  # type: ignore[union-attr]
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": stored.location})
    answer = HttpResponseRedirect(stored.location)
    answer.status_code = stored.status if 300 <= stored.status < 400 else 302
    return answer
