"""The request and the agreement: texts, prints, signatures, scans (AGR-*)."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, Stale, permit
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.files.serving import as_download
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.plans.access import may_print, story_visible_to
from celabiedrs.plans.actions import (
    draft_text,
    file_request,
    keep_original,
    sign_agreement,
    sign_agreement_here,
)
from celabiedrs.plans.documents import agreement_pdf, plan_pdf, request_pdf
from celabiedrs.plans.facts.papers import agreement_with
from celabiedrs.plans.forms.papers import AgreementTextForm, BothSignForm, PaperSignedForm, RequestForm
from celabiedrs.plans.models import Agreement, AgreementDraft, SupportPlan, SupportRequest
from celabiedrs.plans.pages.preparation import elsewhere
from celabiedrs.plans.pages.scope import conflict, own_plan, typed, uploaded
from celabiedrs.plans.reading.readiness import returned_at
from celabiedrs.plans.words import Applicant
from celabiedrs.plans.words.fields import TEXTS
from celabiedrs.plans.workflow import APPROVED, PREPARED
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
    form = RequestForm(typed(request), request.FILES or None, initial=initial)
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
    permit(may_print(user, plan))
    posts = (post.role for post in user.posts_on() if post.institution_id in (None, plan.institution_id))
    looked(user, role=next(posts), what="plan_printed", thread=plan.public_id)
    return pdf(plan_pdf(plan), f"plans-{plan.number}.pdf")


def draft_of(plan: SupportPlan) -> AgreementDraft | None:
    return AgreementDraft.objects.select_related("saved_by").filter(plan=plan).first()


def texts_of(plan: SupportPlan) -> dict[str, str]:
    """The agreement's texts as they are written now: the draft's, else those signed."""
    source: Any = draft_of(plan)
    if source is None:
        agreement = agreement_with(plan, plan.mentor_id)
        source = getattr(agreement, "text", None)
    return {field.name: getattr(source, field.name, "") for field in TEXTS}


@form_page
def agreement(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The four fields of the agreement, kept while they are written; below, the ways of signing."""
    plan = own_plan(request, public_id)
    if plan.state not in (*PREPARED, *APPROVED):
        return elsewhere(request, plan) or redirect("desk:plan", public_id)
    draft = draft_of(plan)
    initial = texts_of(plan) | {"version": draft.version if draft else 0}
    form = AgreementTextForm(typed(request), initial=initial)
    if request.method == "POST":
        form.is_valid()
        try:
            done = attempt(
                form,
                draft_text,
                by=request.user,
                plan=plan,
                version=form.cleaned_data.get("version"),
                **form.texts(),
            )
        except Stale:
            return conflict(
                request,
                url=reverse("plans:agreement", args=[public_id]),
                labels={field.name: field.label for field in TEXTS},
                theirs=texts_of(plan),
                mine=form.texts(),
            )
        if done is not None and not form.errors:
            return redirect(f"{reverse('plans:agreement', args=[public_id])}#sign")
    signed = agreement_with(plan, plan.mentor_id)
    return page(
        request,
        "plans/agreement.html",
        plan=plan,
        form=form,
        draft=draft,
        empty=[field.label for field in TEXTS if not initial[field.name]],
        signed=signed,
        changed=_changed(signed, draft),
        returned=returned_at(plan, "agreement"),
    )


def _changed(signed: Agreement | None, draft: AgreementDraft | None) -> bool:
    """Whether what is written now differs from what was signed."""
    text = getattr(signed, "text", None)
    return (
        text is not None and draft is not None and any(field.of(text) != field.of(draft) for field in TEXTS)
    )


@require_POST
def agreement_keep(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Keep the texts while they are typed (htmx); the answer is when they were kept."""
    plan = own_plan(request, public_id)
    form = AgreementTextForm(request.POST)
    form.is_valid()
    context: dict[str, Any] = {"name": "version", "id": "id_version"}
    try:
        kept = draft_text(
            by=request.user, plan=plan, version=form.cleaned_data.get("version"), **form.texts()
        )
        context |= {"saved_at": kept.thing.saved_at, "version": kept.thing.version}
    except Stale:
        context["stale"] = True
    return render(request, "plans/_kept.html", context)


@require_safe
def agreement_print(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The agreement as written now, to be signed in ink."""
    plan = own_plan(request, public_id)
    return pdf(agreement_pdf(plan, texts_of(plan)), f"vienosanas-{plan.number}.pdf")


@require_safe
def agreement_scan(request: SignedIn, public_id: uuid.UUID) -> HttpResponseBase:
    signed = agreement_with(own_plan(request, public_id), own_plan(request, public_id).mentor_id)
    if signed is None or signed.scan is None:
        raise Http404
    return as_download(signed.scan)


@form_page
def agreement_paper(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """It was signed in ink: the days beside the signatures, the scan, where the original lies."""
    plan = own_plan(request, public_id)
    if plan.state not in (*PREPARED, *APPROVED):
        return elsewhere(request, plan) or redirect("desk:plan", public_id)
    standing = agreement_with(plan, plan.mentor_id)
    names = ("learner_signed_on", "mentor_signed_on", "original")
    initial = {name: getattr(standing, name) for name in names} if standing else {}
    form = PaperSignedForm(typed(request), request.FILES or None, initial=initial)
    if request.method == "POST" and _sign_on_paper(request, plan, form) is not None:
        messages.success(request, _("The agreement is entered with both signatures."))
        return redirect("plans:prepare", public_id)
    return page(request, "plans/agreement_paper.html", plan=plan, form=form, standing=standing)


@transaction.atomic
def _sign_on_paper(request: SignedIn, plan: SupportPlan, form: PaperSignedForm) -> Done[Agreement] | None:
    """Take the scan, enter both days, say where the original lies: all or nothing."""
    form.is_valid()
    standing = agreement_with(plan, plan.mentor_id)
    scan = uploaded(
        form, "scan", by=request.user, kind="agreement", standing=standing.scan if standing else None
    )
    done = None
    if not form.errors:
        done = attempt(
            form,
            sign_agreement,
            by=request.user,
            plan=plan,
            mentor=plan.mentor,
            learner_signed_on=form["learner_signed_on"].value() or "",
            mentor_signed_on=form["mentor_signed_on"].value() or "",
            scan=scan,
            **texts_of(plan),
        )
    if done is None:
        transaction.set_rollback(True)
        return None
    keep_original(by=request.user, agreement=done.thing, place=form.cleaned_data["original"])
    return done


@form_page
def agreement_sign(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Both sign on this device, one after the other, in each other's presence; the day is today."""
    plan = own_plan(request, public_id)
    if plan.state not in (*PREPARED, *APPROVED):
        return elsewhere(request, plan) or redirect("desk:plan", public_id)
    form = BothSignForm(typed(request))
    texts = texts_of(plan)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            sign_agreement_here,
            by=request.user,
            plan=plan,
            mentor=plan.mentor,
            signatures=form.signatures(),
            **texts,
        )
        if done is not None:
            messages.success(request, _("Both have signed. The agreement holds from today."))
            return redirect("plans:prepare", public_id)
    return page(
        request,
        "plans/agreement_sign.html",
        plan=plan,
        form=form,
        texts=[(field.label, texts[field.name]) for field in TEXTS],
        empty=not all(texts.values()),
        today=clock.today(),
    )
