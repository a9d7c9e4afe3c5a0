"""A mentor's name and birthday corrected by the programme, with what the correction breaks (REG-1, MEN-1)."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from celabiedrs.contracts.actions import correct_mentor
from celabiedrs.contracts.forms import CorrectMentorForm
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.registry.models import Mentor
from celabiedrs.registry.pages.scope import keeper


@form_page
def correct(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Name and birthday, why, and what stood there before."""
    user = keeper(request)
    found = get_object_or_404(Mentor.objects.select_related("user"), public_id=public_id)
    form = CorrectMentorForm(request.POST or None, initial={"name": found.name, "born": found.born_on})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, correct_mentor, by=user, mentor=found, **form.cleaned_data)
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("Corrected. Papers that were issued and signed stay as they are."))
            return redirect("registry:mentor", public_id)
    trace = found.user.corrections.select_related("corrected_by").order_by("-pk")
    return page(request, "contracts/mentor_correct.html", form=form, mentor=found, trace=trace)
