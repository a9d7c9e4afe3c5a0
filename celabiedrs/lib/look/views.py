"""The style guide, and the page for a form whose token had grown too old."""

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from celabiedrs.lib.look.styleguide import samples

NOT_SHOWN = ("csrfmiddlewaretoken", "once", "next")
SECRET_PARTS = ("password", "code", "signature", "_image", "_typed", "secret", "token")
LONGEST_SHOWN = 4000


@login_not_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with made-up people; mounted in DEBUG and in the demonstration only."""
    return render(request, "styleguide.html", samples(request))


def _came_from_here(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.get_host()


def _typed(request: HttpRequest) -> list[str]:
    """What the person wrote, without secrets; nothing when another site sent the form."""
    if request.method != "POST" or not _came_from_here(request):
        return []
    words = []
    for name, values in request.POST.lists():
        if name in NOT_SHOWN or any(part in name.lower() for part in SECRET_PARTS):
            continue
        words += [value[:LONGEST_SHOWN] for value in values if isinstance(value, str) and value.strip()]
    return words


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: refuses like Django's own, but shows that nothing typed is lost and how to go on.

    It never offers to send the same data again under a fresh token: that would undo the protection.
    """
    referer = urlsplit(request.headers.get("Referer", ""))
    again = referer.path if referer.netloc == request.get_host() and referer.path else "/"
    if referer.query and again != "/":
        again = f"{again}?{referer.query}"
    return render(request, "csrf.html", {"typed": _typed(request), "again": again}, status=403)
