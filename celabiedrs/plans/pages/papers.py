"""The request: who signs it, its print and its paper; and the print of the whole plan (AGR-1, AGR-2, IAP-2)."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, require
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.files.serving import as_download
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.plans.access import may_print, story_visible_to
from celabiedrs.plans.actions import file_request
from celabiedrs.plans.documents import plan_pdf, request_pdf
from celabiedrs.plans.forms.papers import RequestForm
from celabiedrs.plans.models import SupportPlan, SupportRequest
from celabiedrs.plans.pages.preparation import elsewhere
from celabiedrs.plans.pages.scope import own_plan, posted_data, uploaded
from celabiedrs.plans.reading.readiness import returned_at
from celabiedrs.plans.words import Applicant
from celabiedrs.rules.calendar import birthday, of_age
from celabiedrs.rules.parameters import whole


def pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


@form_page
def request_(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The request: who must sign it by the age of today, the print, the signed paper."""
    plan = own_plan(request, public_id)
    if (gone := elsewhere(request, plan)) is not None:
        return gone
    standing = getattr(plan, "request", None)
    today = clock.today()
    adult = whole("adult_age_years", today)
    is_adult, comes_of_age = (
        of_age(plan.learner.born_on, adult, today),
        birthday(plan.learner.born_on, adult),
    )
    initial = {"applicant": Applicant.LEARNER if is_adult else Applicant.GUARDIAN}
    if standing is not None:
        initial = {"applicant": standing.applicant, "signed_on": standing.signed_on}
    form = RequestForm(posted_data(request), request.FILES or None, initial=initial)
    if request.method == "POST" and (done := _file(request, plan, form)) is not None:
        warn(request, done.cautions)
        if done.thing.scan is None:
            messages.info(request, _("Entered. The request counts when its signed paper is here."))
            return redirect("plans:request", public_id)
        return redirect("plans:prepare", public_id)
    return page(
        request,
        "plans/request.html",
        plan=plan,
        form=form,
        standing=standing,
        is_adult=is_adult,
        comes_of_age=comes_of_age if not is_adult and comes_of_age <= plan.ends_on else None,
        returned=returned_at(plan, "request"),
    )


@transaction.atomic
def _file(request: SignedIn, plan: SupportPlan, form: RequestForm) -> Done[SupportRequest] | None:
    """Take the scan and enter the request: both or neither."""
    form.is_valid()
    standing = getattr(plan, "request", None)
    scan = uploaded(
        form, "scan", by=request.user, kind="request", standing=standing.scan if standing else None
    )
    done = None
    if not form.errors:
        done = attempt(
            form,
            file_request,
            by=request.user,
            plan=plan,
            applicant=form["applicant"].value() or "",
            signed_on=form["signed_on"].value() or "",
            scan=scan,
        )
    if done is None:
        transaction.set_rollback(True)
    return done


@require_safe
def request_print(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The request to be signed in ink, from the data."""
    plan = own_plan(request, public_id)
    return pdf(request_pdf(plan), f"iesniegums-{plan.number}.pdf")


@require_safe
def request_scan(request: SignedIn, public_id: uuid.UUID) -> HttpResponseBase:
    plan = own_plan(request, public_id)
    standing = getattr(plan, "request", None)
    if standing is None or standing.scan is None:
        raise Http404
    return as_download(standing.scan)


@require_safe
def plan_print(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The whole plan on paper, for those who prepare it, answer for it or decide on it."""
    user = request.user
    plans = SupportPlan.objects.filter(story_visible_to(user)).select_related(
        "learner", "institution__municipality", "mentor__user", "approved_by", "request"
    )
    plan = get_object_or_404(plans.distinct(), public_id=public_id)
    require(may_print(user, plan))
    posts = (post.role for post in user.posts_on() if post.institution_id in (None, plan.institution_id))
    looked(user, role=next(posts), what="plan_printed", thread=plan.public_id)
    return pdf(plan_pdf(plan), f"plans-{plan.number}.pdf")
