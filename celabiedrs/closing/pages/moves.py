"""A learner changes school: one step for the learner and for the plans that are open (GEN-2, DUT-3)."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from celabiedrs.closing.actions import let_go
from celabiedrs.closing.actions.moves import open_here
from celabiedrs.closing.forms.moves import MoveForm
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.places.models import SCHOOLS, Institution
from celabiedrs.plans.pages.scope import own_learner, posted_data


@form_page
def learner_moves(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """To which school, into which class, and what becomes of the open plans."""
    found = own_learner(request, public_id)
    places = Institution.objects.still_open().filter(kind__in=SCHOOLS).exclude(pk=found.institution_id)
    schools = list(places.select_related("municipality").order_by("sort_name"))
    asked = found.transfers.filter(answered_at=None).select_related("to").first()
    chosen = str(asked.to.public_id) if asked else ""
    standing = f"class-{found.class_year}" if found.class_year else f"course-{found.course_year}"
    plans = open_here(found)
    form = MoveForm(
        schools,
        chosen,
        found.institution.kind,
        posted_data(request),
        initial={"stage": standing},
        open_plans=bool(plans),
    )
    if request.method == "POST" and form.is_valid():
        to = next(place for place in schools if str(place.public_id) == form.cleaned_data["school"])
        done = attempt(
            form,
            let_go,
            by=request.user,
            learner=found,
            institution=to,
            plans=form.cleaned_data.get("plans", ""),
            reason=form.cleaned_data.get("reason", ""),
            **form.stage_given(),
        )
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("The learner is at the other school now. Plans made here stay here."))
            return redirect("plans:learners")
    return page(request, "closing/learner_moves.html", form=form, learner=found, asked=asked, plans=plans)
