"""Kinds of groups: II as the material has it, the others as the programme enters them (SUP-2)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.pages.scope import described, keeper, trail
from celabiedrs.rules import parameters
from celabiedrs.rules.supervision import DESCRIBED
from celabiedrs.supervision.actions import keep_group_kind
from celabiedrs.supervision.facts import group_codes
from celabiedrs.supervision.forms import DescribedKindForm, KindForm, OwnKindForm
from celabiedrs.supervision.models import GroupKind
from celabiedrs.supervision.pages.scope import posted

FIELDS = ("name", "class_since", "class_until", "courses", "size_limit")


@require_safe
def kinds(request: SignedIn) -> HttpResponse:
    """All kinds; II stands there from the beginning."""
    keeper(request)
    rows = [_kind(code) for code in group_codes()]
    return page(
        request,
        "supervision/kinds.html",
        rows=rows,
        described=DESCRIBED,
        classes=parameters.whole_range("supervision_class_range", clock.today()),
        courses=parameters.whole_range("supervision_course_range", clock.today()),
        crumbs=trail((_("Supervision groups"), "")),
    )


def _kind(code: str) -> GroupKind:
    return GroupKind.objects.filter(code=code).first() or GroupKind(code=code)


@form_page
def kind_new(request: SignedIn) -> HttpResponse:
    """Enter a kind of group."""
    keeper(request)
    return _kind_page(request, KindForm(posted(request)), None, _("New supervision group"))


@form_page
def kind(request: SignedIn, code: str) -> HttpResponse:
    """Change whom a group is for and how large it is."""
    keeper(request)
    if code not in group_codes():
        raise Http404
    row = _kind(code)
    initial = {name: getattr(row, name) for name in FIELDS}
    asked = DescribedKindForm if code == DESCRIBED else OwnKindForm
    heading = _("Supervision group %(code)s") % {"code": code}
    return _kind_page(request, asked(posted(request), initial=initial), row, heading)


def _kind_page(request: SignedIn, form: KindForm, row: GroupKind | None, heading: str) -> HttpResponse:
    user, url = keeper(request), reverse("supervision:kinds")
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = {**form.cleaned_data}
        done = attempt(form, keep_group_kind, by=user, kind=row, **values)
        if done is not None:
            messages.success(request, _("Saved."))
            return redirect("supervision:kinds")
    context = described(
        form,
        heading=heading,
        lead=_(
            "A session is planned for one group. Its members work with the learners whom the group is for."
        ),
        clauses=("SUP-2", "SUP-4") if row is not None and row.code == DESCRIBED else ("SUP-2",),
        label=_("Save"),
        back=url,
        wide=False,
        crumbs=trail((_("Supervision groups"), url), (heading, "")),
    )
    return page(request, "people/keep_form.html", **context)
