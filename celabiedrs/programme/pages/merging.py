"""Entries that look like one: found by the system, previewed, merged by the programme (REG-1, GEN-2, CON-3)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.lib.look import shown
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.people.pages.scope import keeper, trail
from celabiedrs.programme.actions.merging import merge
from celabiedrs.programme.forms.merging import MergeForm, TwoInstitutionsForm
from celabiedrs.programme.models import Merge, MergedKind
from celabiedrs.programme.reading.doubles import MODELS, Side, doubles, preview
from celabiedrs.programme.words import counted
from celabiedrs.rules.breach import Breach, Caution


@require_safe
def doubles_page(request: SignedIn) -> HttpResponse:
    """Pairs of one name and birthday; of learners the programme reads schools and numbers, no name."""
    keeper(request)
    chosen = TwoInstitutionsForm(request.GET) if "keep" in request.GET else TwoInstitutionsForm()
    if chosen.is_bound and chosen.is_valid():
        pair = chosen.cleaned_data["keep"], chosen.cleaned_data["gone"]
        return redirect("programme:merge", "institution", *(each.public_id for each in pair))
    groups = [
        (MergedKind(kind).label, kind, [(side(kind, one), side(kind, two)) for one, two in doubles(kind)])
        for kind in MODELS
    ]
    done = Merge.objects.select_related("merged_by").order_by("-pk")[:50]
    return page(
        request,
        "programme/doubles.html",
        groups=groups,
        form=chosen,
        done=done,
        crumbs=trail((_("Entered twice"), "")),
    )


def side(kind: str, entry: Any) -> Side:
    """An entry in words. A learner has no name here: the school, the class, the numbers of the plans."""
    if kind == "mentor":
        number = getattr(getattr(entry, "certificate", None), "number", "") or _("no certificate")
        return Side(entry, entry.name, f"{shown.day(entry.born_on)}, {number}, {entry.reachable or '–'}")
    if kind == "institution":
        return Side(entry, entry.name, str(entry.municipality))
    numbers = ", ".join(entry.plans.order_by("number").values_list("number", flat=True)) or _("no plan yet")
    return Side(entry, entry.institution.name, f"{shown.moment(entry.enrolled_at)}; {numbers}")


@form_page
def merge_page(request: SignedIn, kind: str, keep: uuid.UUID, gone: uuid.UUID) -> HttpResponse:
    """What moves, what it breaks, and the button."""
    user = keeper(request)
    if kind not in MODELS:
        raise Http404
    pair = [get_object_or_404(MODELS[kind]._base_manager.all(), public_id=key) for key in (keep, gone)]
    if keep == gone:
        return redirect("programme:doubles")
    form = MergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form, merge, by=user, kind=kind, keep=pair[0], gone=pair[1], reason=form.cleaned_data["reason"]
        )
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("The two entries are one now."))
            return redirect("programme:doubles")
    seen = preview(kind, *pair)
    url = reverse("programme:doubles")
    return page(
        request,
        "programme/merge.html",
        kind=kind,
        keep=side(kind, pair[0]),
        gone=side(kind, pair[1]),
        moves=counted(seen.moves),
        breaches=[finding for finding in seen.findings if isinstance(finding, Breach)],
        cautions=[finding for finding in seen.findings if isinstance(finding, Caution)],
        form=form,
        crumbs=trail((_("Entered twice"), url), (_("Merge"), "")),
    )
