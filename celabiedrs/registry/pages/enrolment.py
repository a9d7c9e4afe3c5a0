"""The programme enters one mentor, and the certificate when the training is complete (REG-1, MEN-2, MEN-6)."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from celabiedrs.lib import clock
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.registry.actions import enrol_mentor, record_certificate
from celabiedrs.registry.forms import CertificateForm, MentorForm
from celabiedrs.registry.models import Mentor, TrainingCertificate
from celabiedrs.registry.pages.scope import keeper
from celabiedrs.rules.parameters import whole


@form_page
def mentor_new(request: SignedIn) -> HttpResponse:
    """Enter one person; a whole round comes in from a table."""
    user = keeper(request)
    form = MentorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, enrol_mentor, by=user, **form.entry())
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("Entered. Schools see the mentor once the certificate is here."))
            return redirect("registry:certificate", done.thing.public_id)
    return page(request, "registry/mentor_new.html", form=form)


@form_page
def certificate(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Enter or correct the certificate of the training; its number is one person's alone (MEN-6)."""
    user = keeper(request)
    found = get_object_or_404(
        Mentor.objects.select_related("user", "certificate__round"), public_id=public_id
    )
    form = CertificateForm(request.POST or None, initial=_standing(getattr(found, "certificate", None)))
    if request.method == "POST" and form.is_valid():
        done = attempt(form, record_certificate, by=user, mentor=found, **form.cleaned_data)
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("The certificate is entered; the registry lists the mentor."))
            return redirect("registry:mentor", public_id)
    return page(request, "registry/certificate.html", mentor=found, form=form)


def _standing(certificate: TrainingCertificate | None) -> dict[str, object]:
    if certificate is None:
        return {"hours": whole("training_hours", clock.today())}
    return {
        "number": certificate.number,
        "issued_on": certificate.issued_on,
        "hours": certificate.hours,
        "training_round": certificate.round.number if certificate.round else "",
    }
