"""Who has not come in yet, and letters to many of them at once (CNF-1)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.actions.accounts import invite_all
from celabiedrs.people.pages.scope import keeper, trail
from celabiedrs.people.reading.invitations import Standing, outside, standing, valid_for

PAGE = 100
SENDABLE = (Standing.NEW, Standing.RAN_OUT, Standing.INVITED)


@form_page
def invitations(request: SignedIn) -> HttpResponse:
    """By standing; the letters go to the ticked, or to everybody of the standing shown."""
    user = keeper(request)
    show = request.GET.get("show", "")
    rows = standing(show).order_by("sort_name", "pk")
    if request.method == "POST":
        ticked = [key for key in request.POST.getlist("person") if key.isdecimal()]
        every = request.POST.get("do") == "all" and show in SENDABLE
        sent = invite_all(by=user, people=rows if every else rows.filter(pk__in=ticked)).thing
        messages.success(
            request,
            ngettext("%(n)s letter goes out within a minute.", "%(n)s letters go out within a minute.", sent)
            % {"n": sent},
        )
        return redirect(request.get_full_path())
    pager = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "people/invitations.html",
        page=pager,
        rows=[outside(person) for person in pager.object_list],
        may_send_all=show in SENDABLE and pager.paginator.count > 0,
        tabs=_tabs(show),
        days=valid_for().days,
        crumbs=trail((_("People and posts"), reverse("people:accounts")), (_("Not yet in"), "")),
    )


def _tabs(show: str) -> list[dict[str, object]]:
    url = reverse("people:invitations")
    every = {"url": url, "label": _("all"), "current": not show, "count": standing("").count()}
    return [
        every,
        *(
            {
                "url": f"{url}?show={each.value}",
                "label": each.label,
                "current": each.value == show,
                "count": standing(each.value).count(),
            }
            for each in Standing
        ),
    ]
