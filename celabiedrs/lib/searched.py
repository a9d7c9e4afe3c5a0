"""Searching for people without a name in an address: what was typed stays in the session (T3).

The address carries its key, so that back and forward, the pages of a list and a filter beside the search go on working;
who is handed such an address sees the list without the search.
"""

import secrets
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

FIELD, KEY = "q", "s"
KEPT = 20
NOT_ASKED = {FIELD, KEY, "csrfmiddlewaretoken"}
_SESSION = "searched"


def words_of(request: HttpRequest) -> str:
    """What is searched for on the page of this address; empty where nothing is, or the session is another one."""
    kept: dict[str, str] = request.session.get(_SESSION, {})
    return kept.get(request.GET.get(KEY, ""), "")


def search(request: HttpRequest) -> HttpResponse:
    """Answer a search form: put its words away and lead to the list, with the form's other fields in the address."""
    asked = {name: value for name, value in request.POST.items() if name not in NOT_ASKED and value}
    words = " ".join(request.POST.get(FIELD, "").split())[:100]
    if words:
        kept: dict[str, str] = request.session.get(_SESSION, {})
        key = secrets.token_urlsafe(6)
        request.session[_SESSION] = dict([*kept.items(), (key, words)][-KEPT:])
        asked[KEY] = key
    return redirect(request.path + (f"?{urlencode(asked)}" if asked else ""))
