"""Themes without a name: sending one, and taking one off the list (decision 0036).

The page that sends has no key against double posting: such a key is kept with the person, the moment and a hash of
what was sent, and would say whose theme it is. The same theme sent twice is one theme by its text.
"""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from celabiedrs.lib.acts import require
from celabiedrs.lib.once.guard import once
from celabiedrs.lib.web import attempt, page
from celabiedrs.people.access import SignedIn
from celabiedrs.supervision.access import may_send_theme, themes_readable_by
from celabiedrs.supervision.actions import send_theme, take_theme_away
from celabiedrs.supervision.forms import ThemeForm
from celabiedrs.supervision.models import Theme
from celabiedrs.supervision.pages.scope import led_session, posted, seen_session

FEW = 3
"""With fewer who could have sent it, the supervisor may guess; the page says so."""


@require_http_methods(["GET", "HEAD", "POST"])
def theme(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """A mentor sends a theme; nobody sees whose it is."""
    found, user = seen_session(request, public_id), request.user
    require(may_send_theme(user, found))
    form = ThemeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        done = attempt(form, send_theme, by=user, session=found, text=form.cleaned_data["text"])
        if done is not None:
            messages.success(request, _("The theme is sent. Nobody can see that it is yours."))
            return redirect("supervision:session", public_id)
    few = found.interests.count() < FEW
    return page(request, "supervision/theme.html", form=form, session=found, few=few)


@once
@require_POST
def take_away(request: SignedIn, public_id: uuid.UUID, theme_id: uuid.UUID) -> HttpResponse:
    """The supervisor takes a theme off the list."""
    found, user = led_session(request, public_id), request.user
    theme = get_object_or_404(Theme.objects.filter(themes_readable_by(user), session=found), pk=theme_id)
    take_theme_away(by=user, session=found, theme=theme)
    messages.success(request, _("The theme is taken off the list."))
    return redirect("supervision:session", public_id)
