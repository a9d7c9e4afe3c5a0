"""The state of the system for who keeps the programme: checks, failed jobs, alarms. Nothing of a person."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.lib.watch.alarms import open_alarms, said
from celabiedrs.lib.watch.checks import BAD, OK, WARNING, failed_jobs, ready
from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.pages.scope import keeper, trail

TONES = {OK: "green", WARNING: "amber", BAD: "red"}


@require_safe
def system(request: SignedIn) -> HttpResponse:
    """The same as `celabiedrs status`, for who has no shell."""
    keeper(request)
    serves, found = ready()
    levels = {OK: _("in order"), WARNING: _("look at it"), BAD: _("does not work")}
    return page(
        request,
        "programme/system.html",
        serves=serves,
        states=[(state, levels[state.level], TONES[state.level]) for state in found],
        jobs=failed_jobs(),
        alarms=[(alarm, said(alarm)) for alarm in open_alarms()],
        crumbs=trail((_("State of the system"), "")),
    )
