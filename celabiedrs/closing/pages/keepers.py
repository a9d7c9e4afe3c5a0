"""The programme names who keeps the originals of an institution that closed or merged (ARC-1)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from celabiedrs.closing.actions import name_keeper
from celabiedrs.closing.forms.originals import KeeperForm
from celabiedrs.closing.models import KeeperChange
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.people.pages.scope import keeper
from celabiedrs.places.models import Institution

CONFIRMED = "confirmed"


@form_page
def keepers(request: SignedIn) -> HttpResponse:
    """All changes of keeper, and the form for another one; what it means is shown before it is done."""
    user = keeper(request)
    form = KeeperForm(request.POST or None)
    meant: list[str] = []
    if request.method == "POST" and form.is_valid():
        if CONFIRMED in request.POST or not all(form.cleaned_data[name] for name in ("institution", "to")):
            done = attempt(form, name_keeper, by=user, **form.cleaned_data)
            if done is not None:
                warn(request, done.cautions)
                messages.success(request, _("The new keeper is named and told."))
                return redirect("closing:keepers")
        else:
            meant = _meaning(form.cleaned_data)
    changes = KeeperChange.objects.select_related("institution", "to", "named_by").order_by(
        "-named_at", "-pk"
    )
    return page(request, "closing/keepers.html", form=form, meant=meant, changes=changes)


def _meaning(given: dict[str, Any]) -> list[str]:
    """What the change does, counted; no plan and no contract is named."""
    place, to = given["institution"], given["to"]
    assert isinstance(place, Institution) and isinstance(to, Institution)
    counts = {"plans": place.plans.count(), "contracts": place.contracts.exclude(state="draft").count()}
    return [
        _("%(to)s keeps the papers from now on. Plans: %(plans)s, work contracts: %(contracts)s.")
        % {"to": to.name, **counts},
        _(
            "Its staff reads the register of these papers and the acts of handing over, and nothing else of the plans."
        ),
        _("Where each paper lies has to be said again by the new keeper; the old place stays visible."),
        _("Who reads the plans does not change."),
    ]
