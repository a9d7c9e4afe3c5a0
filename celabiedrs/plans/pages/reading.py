"""The signed request and agreements, read in the page beside the plan (DUT-1, DUT-4)."""

import base64
import uuid

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from celabiedrs.lib.acts import require
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.files.drawing import draw_page
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.serving import as_download
from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn
from celabiedrs.plans.access import may_read_papers, story_visible_to
from celabiedrs.plans.models import Agreement, SupportPlan
from celabiedrs.plans.reading.values import texts_of, values_of


def _plan(request: SignedIn, public_id: uuid.UUID) -> SupportPlan:
    user = request.user
    plans = SupportPlan.objects.filter(story_visible_to(user)).select_related(
        "learner", "institution__municipality", "request__scan"
    )
    plan = get_object_or_404(plans.distinct(), public_id=public_id)
    require(may_read_papers(user, plan))
    posts = (post.role for post in user.posts_on() if post.institution_id in (None, plan.institution_id))
    looked(user, role=next(posts), what="plan_papers", thread=plan.public_id)
    return plan


def _scan(plan: SupportPlan, mentor_id: uuid.UUID | None) -> tuple[StoredFile, Agreement | None]:
    """The paper of the agreement with a mentor, or of the request where none is named."""
    thing: object = getattr(plan, "request", None)
    agreement = None
    if mentor_id is not None:
        agreements = plan.agreements.select_related("scan", "text", "mentor__user")
        thing = agreement = agreements.filter(mentor__public_id=mentor_id).first()
    scan = getattr(thing, "scan", None)
    if scan is None:
        raise Http404
    return scan, agreement


@require_safe
def paper(request: SignedIn, public_id: uuid.UUID, mentor_id: uuid.UUID | None = None) -> HttpResponse:
    """The paper as pictures, a page at a time, and beside it what the plan says."""
    plan = _plan(request, public_id)
    scan, agreement = _scan(plan, mentor_id)
    asked = request.GET.get("page", "1")
    drawn = draw_page(scan, int(asked) if asked.isdecimal() and len(asked) < 5 else 1)
    picture = base64.b64encode(drawn.content).decode() if drawn is not None else ""
    args = [public_id, mentor_id] if mentor_id else [public_id]
    return page(
        request,
        "plans/paper.html",
        plan=plan,
        agreement=agreement,
        drawn=drawn,
        picture=f"data:{drawn.media_type};base64,{picture}" if drawn is not None else "",
        rows=values_of(plan),
        risks=plan.risks.order_by("pk"),
        signed=getattr(plan, "request", None) if agreement is None else None,
        texts=texts_of(agreement) if agreement else (),
        file_url=reverse("plans:agreement-file" if mentor_id else "plans:request-file", args=args),
    )


@require_safe
def paper_file(
    request: SignedIn, public_id: uuid.UUID, mentor_id: uuid.UUID | None = None
) -> HttpResponseBase:
    """The same paper as it came in."""
    scan, _agreement = _scan(_plan(request, public_id), mentor_id)
    return as_download(scan)
