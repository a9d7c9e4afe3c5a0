"""The agreement: its texts, its print, both signatures, its paper (AGR-3 … AGR-10). With the plan's own mentor, or on
an approved plan with the one who is to follow: that agreement comes before the change."""

import uuid
from dataclasses import dataclass
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
from celabiedrs.lib.acts import Done, Stale
from celabiedrs.lib.files.serving import as_download
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page
from celabiedrs.people.access import SignedIn
from celabiedrs.plans.actions import draft_text, keep_original, sign_agreement, sign_agreement_here
from celabiedrs.plans.documents import agreement_pdf
from celabiedrs.plans.facts.papers import agreement_with
from celabiedrs.plans.forms.papers import AgreementTextForm, BothSignForm, PaperSignedForm
from celabiedrs.plans.models import Agreement, AgreementDraft, SupportPlan
from celabiedrs.plans.pages.papers import pdf
from celabiedrs.plans.pages.preparation import elsewhere
from celabiedrs.plans.pages.scope import conflict, eligible_mentor, own_plan, posted_data, uploaded
from celabiedrs.plans.reading.readiness import returned_at
from celabiedrs.plans.words.fields import TEXTS
from celabiedrs.plans.workflow import APPROVED, PREPARED
from celabiedrs.registry.models import Mentor


@dataclass(frozen=True)
class Pact:
    """Whose agreement the pages are about. `successor`: the mentor who is to follow; None: the plan's own mentor."""

    plan: SupportPlan
    successor: Mentor | None = None

    @property
    def mentor(self) -> Mentor | None:
        return self.successor or self.plan.mentor

    @property
    def signed(self) -> Agreement | None:
        return agreement_with(self.plan, self.mentor)

    @property
    def draft(self) -> AgreementDraft | None:
        drafts = AgreementDraft.objects.filter(plan=self.plan, successor=self.successor)
        return drafts.select_related("saved_by").first()

    @property
    def texts(self) -> dict[str, str]:
        """As they are written now: the draft's, else those signed, else for a successor those of the mentor of now."""
        source: Any = self.draft or getattr(self.signed, "text", None)
        if source is None and self.successor is not None:
            return Pact(self.plan).texts
        return {field.name: getattr(source, field.name, "") for field in TEXTS}

    @property
    def changed(self) -> bool:
        """Whether what is written now differs from what was signed."""
        text, draft = getattr(self.signed, "text", None), self.draft
        return text is not None and draft is not None and any(f.of(text) != f.of(draft) for f in TEXTS)

    def url(self, matter: str = "") -> str:
        """The page of the agreement, or of one `matter` of it."""
        name = "agreement" if self.successor is None else "successor"
        args = [self.plan.public_id] + ([self.successor.public_id] if self.successor else [])
        return reverse(f"plans:{name}-{matter}" if matter else f"plans:{name}", args=args)

    @property
    def urls(self) -> dict[str, str]:
        return {
            matter or "texts": self.url(matter) for matter in ("", "keep", "print", "paper", "sign", "scan")
        }

    @property
    def back(self) -> str:
        """Where it leads once both have signed: to preparing, or to the change of mentor."""
        plan = self.plan
        if self.successor is not None:
            return reverse("plans:attach", args=[plan.public_id, self.successor.public_id])
        return reverse("plans:prepare", args=[plan.public_id])


def _pact(request: SignedIn, public_id: uuid.UUID, mentor_id: uuid.UUID | None) -> Pact | HttpResponse:
    """The agreement that the address names, or where the page leads while there is none to be written."""
    plan = own_plan(request, public_id)
    successor = eligible_mentor(request.user, mentor_id) if mentor_id else None
    if plan.state not in (*PREPARED, *APPROVED):
        return elsewhere(request, plan) or redirect("desk:plan", public_id)
    if successor is not None and (plan.state in PREPARED or successor.pk == plan.mentor_id):
        return redirect("plans:agreement", public_id)
    return Pact(plan, successor)


@form_page
def agreement(request: SignedIn, public_id: uuid.UUID, mentor_id: uuid.UUID | None = None) -> HttpResponse:
    """The four fields of the agreement, kept while they are written; below, the ways of signing."""
    pact = _pact(request, public_id, mentor_id)
    if isinstance(pact, HttpResponse):
        return pact
    plan, draft, texts = pact.plan, pact.draft, pact.texts
    form = AgreementTextForm(posted_data(request), initial=texts | {"version": draft.version if draft else 0})
    if request.method == "POST":
        form.is_valid()
        version = form.cleaned_data.get("version")
        try:
            done = attempt(
                form,
                draft_text,
                by=request.user,
                plan=plan,
                successor=pact.successor,
                version=version,
                **form.texts(),
            )
        except Stale:
            labels = {field.name: field.label for field in TEXTS}
            return conflict(request, url=pact.url(), labels=labels, theirs=pact.texts, mine=form.texts())
        if done is not None and not form.errors:
            return redirect(f"{pact.url()}#sign")
    return page(
        request,
        "plans/agreement.html",
        plan=plan,
        pact=pact,
        urls=pact.urls,
        form=form,
        draft=draft,
        empty=[field.label for field in TEXTS if not texts[field.name]],
        returned=returned_at(plan, "agreement"),
    )


@require_POST
def agreement_keep(
    request: SignedIn, public_id: uuid.UUID, mentor_id: uuid.UUID | None = None
) -> HttpResponse:
    """Keep the texts while they are typed (htmx); the answer is when they were kept."""
    plan = own_plan(request, public_id)
    form = AgreementTextForm(request.POST)
    form.is_valid()
    context: dict[str, Any] = {"name": "version", "id": "id_version"}
    try:
        kept = draft_text(
            by=request.user,
            plan=plan,
            successor=eligible_mentor(request.user, mentor_id) if mentor_id else None,
            version=form.cleaned_data.get("version"),
            **form.texts(),
        )
        context |= {"saved_at": kept.thing.saved_at, "version": kept.thing.version}
    except Stale:
        context["stale"] = True
    return render(request, "plans/_kept.html", context)


@require_safe
def agreement_print(
    request: SignedIn, public_id: uuid.UUID, mentor_id: uuid.UUID | None = None
) -> HttpResponse:
    """The agreement as written now, to be signed in ink."""
    plan = own_plan(request, public_id)
    pact = Pact(plan, eligible_mentor(request.user, mentor_id) if mentor_id else None)
    return pdf(agreement_pdf(plan, pact.mentor, pact.texts), f"vienosanas-{plan.number}.pdf")


@require_safe
def agreement_scan(
    request: SignedIn, public_id: uuid.UUID, mentor_id: uuid.UUID | None = None
) -> HttpResponseBase:
    plan = own_plan(request, public_id)
    signed = Pact(plan, get_object_or_404(Mentor, public_id=mentor_id) if mentor_id else None).signed
    if signed is None or signed.scan is None:
        raise Http404
    return as_download(signed.scan)


@form_page
def agreement_paper(
    request: SignedIn, public_id: uuid.UUID, mentor_id: uuid.UUID | None = None
) -> HttpResponse:
    """It was signed in ink: the days beside the signatures, the scan, where the original lies."""
    pact = _pact(request, public_id, mentor_id)
    if isinstance(pact, HttpResponse):
        return pact
    plan, standing = pact.plan, pact.signed
    names = ("learner_signed_on", "mentor_signed_on", "original")
    initial = {name: getattr(standing, name) for name in names} if standing else {}
    form = PaperSignedForm(posted_data(request), request.FILES or None, initial=initial)
    if request.method == "POST" and _sign_on_paper(request, pact, form) is not None:
        messages.success(request, _("The agreement is entered with both signatures."))
        return redirect(pact.back)
    return page(
        request, "plans/agreement_paper.html", plan=plan, urls=pact.urls, form=form, standing=standing
    )


@transaction.atomic
def _sign_on_paper(request: SignedIn, pact: Pact, form: PaperSignedForm) -> Done[Agreement] | None:
    """Take the scan, enter both days, say where the original lies: all or nothing."""
    form.is_valid()
    standing = pact.signed
    scan = uploaded(
        form, "scan", by=request.user, kind="agreement", standing=standing.scan if standing else None
    )
    done = None
    if not form.errors:
        done = attempt(
            form,
            sign_agreement,
            by=request.user,
            plan=pact.plan,
            mentor=pact.mentor,
            learner_signed_on=form["learner_signed_on"].value() or "",
            mentor_signed_on=form["mentor_signed_on"].value() or "",
            scan=scan,
            **pact.texts,
        )
    if done is None:
        transaction.set_rollback(True)
        return None
    keep_original(by=request.user, agreement=done.thing, place=form.cleaned_data["original"])
    return done


@form_page
def agreement_sign(
    request: SignedIn, public_id: uuid.UUID, mentor_id: uuid.UUID | None = None
) -> HttpResponse:
    """Both sign on this device, one after the other, in each other's presence; the day is today."""
    pact = _pact(request, public_id, mentor_id)
    if isinstance(pact, HttpResponse):
        return pact
    form, texts = BothSignForm(posted_data(request)), pact.texts
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            sign_agreement_here,
            by=request.user,
            plan=pact.plan,
            mentor=pact.mentor,
            signatures=form.signatures(),
            **texts,
        )
        if done is not None:
            messages.success(request, _("Both have signed. The agreement holds from today."))
            return redirect(pact.back)
    return page(
        request,
        "plans/agreement_sign.html",
        plan=pact.plan,
        mentor=pact.mentor,
        urls=pact.urls,
        form=form,
        texts=[(field.label, texts[field.name]) for field in TEXTS],
        empty=not all(texts.values()),
        today=clock.today(),
    )
