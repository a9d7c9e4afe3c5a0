"""Evidence packs: of one month as a PDF at once, of a sample as a ZIP by a job."""

import uuid
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from celabiedrs.evidence.access import draws_visible_to, may_take_packs, packs_visible_to
from celabiedrs.evidence.actions import ask_packs
from celabiedrs.evidence.documents import pack_pdf
from celabiedrs.evidence.models import SampleDraw
from celabiedrs.evidence.reading.chain import chains
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.documents.typesetting import PDF
from celabiedrs.lib.files.serving import as_download
from celabiedrs.lib.once.guard import once
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role
from celabiedrs.plans.models import SupportPlan


@require_safe
def pack(request: SignedIn, public_id: uuid.UUID, month: date) -> HttpResponse:
    """The sealed pack of one month of a drawn plan."""
    user = request.user
    plans = SupportPlan.objects.filter(packs_visible_to(user))
    plan = get_object_or_404(
        plans.select_related("learner", "institution", "extension_order"), public_id=public_id
    )
    looked(user, role=Role.AUDITOR, what="pack", thread=plan.public_id)
    found = chains([plan], month)[0]
    answer = HttpResponse(pack_pdf(found), content_type=PDF)
    answer["Content-Disposition"] = f'attachment; filename="pakete-{found.plan.number}-{month:%Y-%m}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@once
def ask(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Have the packs of a whole sample made; the page of the draw shows how far it is."""
    user = request.user
    found = get_object_or_404(SampleDraw.objects.filter(draws_visible_to(user)), public_id=public_id)
    ask_packs(by=user, draw=found)
    messages.success(request, _("The packs are being made. This page says when they are ready."))
    return redirect("evidence:draw", found.public_id)


@require_safe
def as_zip(request: SignedIn, public_id: uuid.UUID) -> HttpResponseBase:
    """The packs of a sample, once they are made."""
    user = request.user
    found = get_object_or_404(SampleDraw.objects.filter(draws_visible_to(user)), public_id=public_id)
    if found.packs is None or not may_take_packs(user, found):
        raise Http404
    for row in found.plans.select_related("plan").order_by("pk"):
        looked(user, role=Role.AUDITOR, what="pack", thread=row.plan.public_id)
    return as_download(found.packs)
