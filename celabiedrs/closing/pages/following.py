"""The papers of a plan that follows another, on one page: the request, the mentor of before, the agreement (IAP-3)."""

import io
import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from pypdf import PdfWriter

from celabiedrs.closing.actions import file_papers
from celabiedrs.closing.forms.following import FollowingForm
from celabiedrs.closing.pages.scope import prepared_plan
from celabiedrs.closing.pages.semester import own_school
from celabiedrs.closing.pages.series import onward
from celabiedrs.closing.reading.following import papers_to_file
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, require
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role
from celabiedrs.places.facts import programme
from celabiedrs.plans.actions import keep_original
from celabiedrs.plans.actions.papers import contract_for
from celabiedrs.plans.documents import agreement_pdf, request_pdf
from celabiedrs.plans.facts.papers import mentor_findings
from celabiedrs.plans.models import Agreement, SupportPlan
from celabiedrs.plans.pages.agreement import Pact
from celabiedrs.plans.pages.papers import pdf
from celabiedrs.plans.pages.scope import posted_data, uploaded
from celabiedrs.plans.reading.mentors import contract_choices
from celabiedrs.plans.words import Applicant
from celabiedrs.plans.words.fields import TEXTS
from celabiedrs.plans.workflow import PREPARED
from celabiedrs.rules.breach import Breach
from celabiedrs.rules.calendar import of_age
from celabiedrs.rules.parameters import whole


@form_page
def following(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Print both papers, have them signed, enter them; the mentor of the plan before stays."""
    plan = prepared_plan(request, public_id)
    before = plan.previous
    if plan.state not in PREPARED or before is None or before.mentor is None or plan.mentor_id is not None:
        return redirect("plans:prepare", public_id)
    on, known = onward(request, "closing:next_papers", public_id), programme()
    texts, today = Pact(plan).texts, clock.today()
    adult = of_age(plan.learner.born_on, whole("adult_age_years", today), today)
    initial = {"applicant": Applicant.LEARNER if adult else Applicant.GUARDIAN}
    form = FollowingForm(posted_data(request), request.FILES or None, initial=initial)
    if request.method == "POST" and (done := _filed(request, plan, form, texts)) is not None:
        warn(request, done.cautions)
        messages.success(request, _("The request, the mentor and the agreement are entered."))
        query = f"?{urlencode({'back': on})}" if on else ""
        return redirect(reverse("plans:check", args=[public_id]) + query)
    contracts = contract_choices(before.mentor, plan, known)
    contract = contract_for(plan, before.mentor, known)
    found = mentor_findings(plan, before.mentor, contract, changes_mentor=False, known=known)
    return page(
        request,
        "closing/following.html",
        plan=plan,
        mentor=before.mentor,
        contracts=[words for _key, words in contracts],
        against=[each for each in found if isinstance(each, Breach) and each.clause != "AGR-2"],
        form=form,
        texts=[(field.label, texts[field.name]) for field in TEXTS],
        empty=not all(texts.values()),
        adult=adult,
        on=on,
    )


@transaction.atomic
def _filed(
    request: SignedIn, plan: SupportPlan, form: FollowingForm, texts: dict[str, str]
) -> Done[Agreement] | None:
    """Take both scans and enter everything, or nothing."""
    form.is_valid()
    by = request.user
    scans = {kind: uploaded(form, f"{kind}_scan", by=by, kind=kind) for kind in ("request", "agreement")}
    done = None
    if not form.errors:
        done = attempt(
            form,
            file_papers,
            by=by,
            plan=plan,
            request_scan=scans["request"],
            agreement_scan=scans["agreement"],
            texts=texts,
            **form.days(),
        )
    if done is None:
        transaction.set_rollback(True)
        return None
    if place := form.cleaned_data["original"]:
        keep_original(by=by, agreement=done.thing, place=place)
    return done


@require_safe
def following_print(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The request and the agreement of one plan in one file."""
    plan = prepared_plan(request, public_id)
    return pdf(_both([plan]), f"dokumenti-{plan.number}.pdf")


@require_safe
def following_prints(request: SignedIn) -> HttpResponse:
    """The requests and agreements of every plan that waits for them, in one file, by the learners' names."""
    user = request.user
    school, _schools = own_school(request)
    require(user.holds(Role.PREPARER, at=school))
    plans = list(papers_to_file(user, school))
    if not plans:
        return redirect("closing:semester")
    for plan in plans:
        looked(user, role=Role.PREPARER, what="plan_printed", thread=plan.public_id)
    return pdf(_both(plans), "nakamo-planu-dokumenti.pdf")


def _both(plans: Iterable[SupportPlan]) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for plan in plans:
        mentor = plan.mentor or (plan.previous.mentor if plan.previous else None)
        for content in (request_pdf(plan), agreement_pdf(plan, mentor, Pact(plan).texts)):
            writer.append(io.BytesIO(content))
    writer.write(out)
    return out.getvalue()
