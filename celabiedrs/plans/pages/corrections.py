"""A learner's name and birthday corrected, with what the correction breaks (GEN-2, decision 0060)."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from celabiedrs.lib.acts import Stale
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.plans.actions import correct_learner
from celabiedrs.plans.forms.learners import CorrectForm
from celabiedrs.plans.pages.scope import conflict, own_learner, posted_data


@form_page
def correct(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Name and birthday, why, and what stood there before."""
    found = own_learner(request, public_id)
    standing = {"name": found.name, "born": found.born_on, "version": found.version}
    form = CorrectForm(posted_data(request), initial=standing)
    if request.method == "POST" and form.is_valid():
        try:
            done = attempt(form, correct_learner, by=request.user, learner=found, **form.cleaned_data)
        except Stale:
            return conflict(
                request,
                url=reverse("plans:learner-correct", args=[public_id]),
                labels={"name": form.fields["name"].label},
                theirs=standing,
                mine=form.cleaned_data,
            )
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("Corrected. Papers that were issued and signed stay as they are."))
            return redirect("plans:learner", public_id)
    trace = found.corrections.select_related("corrected_by").order_by("-pk")
    return page(request, "plans/learner_correct.html", form=form, learner=found, trace=trace)
