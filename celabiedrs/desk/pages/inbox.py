"""The page of messages. Looking at it marks nothing: what was read is said by a POST."""

import uuid
from datetime import datetime

from django.contrib import messages as said
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from celabiedrs.desk.actions.inbox import choose_digest
from celabiedrs.desk.reading.inbox import notices
from celabiedrs.lib import clock
from celabiedrs.lib.look import shown
from celabiedrs.lib.outbox.posting import mark_read, messages_to, unread_by
from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn
from celabiedrs.rules.reminding import last_digest

PAGE_LENGTH = 50


@require_safe
def inbox(request: SignedIn) -> HttpResponse:
    """What a person has been told, the newest first, and the choice of the week's letter."""
    user = request.user
    pages = Paginator(messages_to(user), PAGE_LENGTH)
    drawn = pages.get_page(request.GET.get("page"))
    return page(
        request,
        "desk/notices.html",
        rows=notices(user, drawn.object_list),
        page=drawn,
        total=pages.count,
        unread=unread_by(user),
        until=clock.now().isoformat(),
        digest=user.weekly_digest,
        digest_day=shown.day_words(clock.riga_day(last_digest(clock.now()))).split(",")[0],
        digest_at=shown.clock(last_digest(clock.now())),
    )


@require_POST
def read(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Open a message: it is read, and the page to which it leads comes."""
    user = request.user
    row = get_object_or_404(messages_to(user), public_id=public_id)
    mark_read(user, only=public_id)
    return redirect(notices(user, [row])[0].url or "desk:notices")


@require_POST
def read_all(request: SignedIn) -> HttpResponse:
    """Mark as read what had come when the page was drawn; what came since stays unread."""
    until = _moment(request.POST.get("until", ""))
    mark_read(request.user, until=until)
    return redirect("desk:notices")


def _moment(raw: str) -> datetime:
    try:
        moment = parse_datetime(raw)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Http404
    return moment


@require_POST
def digest(request: SignedIn) -> HttpResponse:
    """Have the week's letter, or not."""
    done = choose_digest(by=request.user, weekly=request.POST.get("weekly") == "yes")
    text = (
        _("The week's letter comes when something waits.")
        if done.thing.weekly_digest
        else _("The week's letter is off.")
    )
    said.success(request, text)
    return redirect("desk:notices")
