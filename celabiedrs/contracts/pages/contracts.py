"""Contracts: the list of an employer, one contract, its file, its print and its early end (CON-1 … CON-8)."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from celabiedrs.contracts.access import checks_readable_by, contracts_visible_to, may_contract
from celabiedrs.contracts.actions import end_contract, keep_copy, prolong_contract
from celabiedrs.contracts.documents import contract_pdf
from celabiedrs.contracts.facts import order_until, span_of
from celabiedrs.contracts.forms import CopyForm, EndForm, ProlongForm
from celabiedrs.contracts.models import Contract, ContractState
from celabiedrs.contracts.pages.scope import seen_contract, uploaded
from celabiedrs.contracts.reading.checks import standings_at
from celabiedrs.contracts.reading.terms import state_of, term_words
from celabiedrs.contracts.workflow import END, PROLONG
from celabiedrs.lib.acts import require
from celabiedrs.lib.files.serving import as_download
from celabiedrs.lib.look.listing import Column, Listing
from celabiedrs.lib.once.guard import form_page, once
from celabiedrs.lib.searched import search
from celabiedrs.lib.web import attempt, page, warn, way_back
from celabiedrs.lib.workflow import open_to
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import SCHOOL_STAFF, Role, User
from celabiedrs.places.facts import programme
from celabiedrs.places.models import SCHOOLS, Institution
from celabiedrs.registry.models import Mentor
from celabiedrs.rules.contract import Span

TONES = ("red", "amber", "green", "accent", "grey")
READERS = (*SCHOOL_STAFF, Role.PAY_CLERK, Role.MUNICIPALITY_COORDINATOR, Role.AUDITOR)


@require_http_methods(["GET", "HEAD", "POST"])
def contracts(request: SignedIn) -> HttpResponse:
    """Contracts that a person's posts show, and those under their own school's plans with any employer: state and
    term (CON-8). Those that ask for something first."""
    user = request.user
    if not user.holds(*READERS):
        raise Http404
    if request.method == "POST":
        return search(request)
    listed = Listing(
        request, _listed(user), COLUMNS, text=lambda row: f"{row.contract.mentor.name} {row.employer}"
    )
    if (table := listed.table("ligumi.xlsx")) is not None:
        return table
    return page(
        request,
        "contracts/list.html",
        list=listed,
        may_check=user.holds(*SCHOOL_STAFF),
        may_sign=may_contract(user, None),
    )


@dataclass(frozen=True)
class ContractRow:
    """A contract in the list. `whole`: the person may open it."""

    contract: Contract
    employer: str
    state: str
    tone: str
    term: str
    span: Span | None
    whole: bool


COLUMNS = (
    Column[ContractRow]("mentor", gettext_lazy("Mentor"), lambda row: row.contract.mentor.name),
    Column[ContractRow]("employer", gettext_lazy("Employer"), lambda row: row.employer),
    Column[ContractRow](
        "term", gettext_lazy("Term"), lambda row: row.term, lambda row: row.contract.semesters
    ),
    Column[ContractRow](
        "until", gettext_lazy("In force until"), lambda row: row.span.until if row.span else None
    ),
    Column[ContractRow](
        "state", gettext_lazy("State"), lambda row: row.state, lambda row: TONES.index(row.tone)
    ),
)


def _listed(user: User) -> list[ContractRow]:
    own = set(user.institutions(*SCHOOL_STAFF))
    readable = Contract.objects.filter(contracts_visible_to(user)).exclude(mentor__user_id=user.pk)
    under_plans = Contract.objects.filter(plans__institution__in=own) if own else Contract.objects.none()
    whole = set(readable.order_by().values_list("pk", flat=True))
    known, rows = programme(), []
    found = Contract.objects.filter(pk__in=whole | set(under_plans.order_by().values_list("pk", flat=True)))
    for contract in found.select_related("mentor__user", "employer").order_by(
        "mentor__user__sort_name", "pk"
    ):
        span = span_of(contract, known)
        state, tone = state_of(contract, span)
        reads = contract.pk in whole
        other_school = not reads and contract.employer.kind in SCHOOLS and contract.employer_id not in own
        employer = _("another school") if other_school else contract.employer.name
        rows.append(ContractRow(contract, employer, state, tone, term_words(contract), span, reads))
    return sorted(rows, key=lambda row: TONES.index(row.tone))


@require_safe
def mine(request: SignedIn) -> HttpResponse:
    """A mentor's own contracts, and how the checks stand at each employer."""
    user = request.user
    mentor = get_object_or_404(Mentor, user=user)
    known, rows = programme(), []
    for contract in mentor.contracts.select_related("employer").order_by("-signed_on", "-pk"):
        span = span_of(contract, known)
        state, tone = state_of(contract, span)
        rows.append(
            {"contract": contract, "span": span, "state": state, "tone": tone, "term": term_words(contract)}
        )
    places = Institution.objects.filter(
        pk__in={
            *mentor.contracts.values_list("employer", flat=True),
            *mentor.checks.values_list("employer", flat=True),
        }
    ).order_by("sort_name")
    return page(
        request,
        "contracts/mine.html",
        rows=rows,
        places=[(place, standings_at(mentor, place)) for place in places],
        entered=checks_readable_by(user, mentor).select_related("employer").order_by("-checked_on", "-pk"),
    )


@require_safe
def contract(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """One contract: parties, term, file, originals, and what can be done with it."""
    found, user = seen_contract(request, public_id), request.user
    span = span_of(found, programme())
    state, tone = state_of(found, span)
    may = may_contract(user, found.employer)
    return page(
        request,
        "contracts/contract.html",
        contract=found,
        span=span,
        state=state,
        tone=tone,
        term=term_words(found),
        may=may,
        may_end=bool(open_to(user, found, [END])),
        may_prolong=bool(open_to(user, found, [PROLONG])) and order_until(found) is not None,
        prolongations=found.prolongations.order_by("pk"),
        form=CopyForm(initial={"originals": found.originals}) if may else None,
        standings=standings_at(found.mentor, found.employer)
        if user.holds(*SCHOOL_STAFF, at=found.employer)
        else (),
        plans=found.plans.count(),
        own=found.mentor.user_id == user.pk,
        back=way_back(request),
    )


@require_safe
def pdf(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The contract as a PDF in two copies, from the data."""
    found = seen_contract(request, public_id)
    content = contract_pdf(
        found.mentor,
        found.employer,
        found.semesters,
        found.signed_on,
        number=found.number,
        span=span_of(found, programme()),
    )
    return as_pdf(content)


def as_pdf(content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="darba-ligums.pdf"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def file(request: SignedIn, public_id: uuid.UUID) -> HttpResponseBase:
    """The scanned or e-signed contract."""
    found = seen_contract(request, public_id)
    if found.scan is None:
        raise Http404
    return as_download(found.scan)


@once
@require_POST
def copy(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Put the file to the contract, and where the originals lie."""
    found, user = seen_contract(request, public_id), request.user
    require(may_contract(user, found.employer))
    form = CopyForm(request.POST, request.FILES)
    form.is_valid()
    with transaction.atomic():
        scan, done = uploaded(form, "scan", by=user), None
        if not form.errors:
            originals = form.cleaned_data["originals"]
            done = attempt(form, keep_copy, by=user, contract=found, scan=scan, originals=originals)
        if done is None:
            transaction.set_rollback(True)
    if done is not None:
        messages.success(request, _("Kept. The copy serves every plan of this contract."))
        if back := way_back(request):
            return redirect(back)
        return redirect("contracts:contract", public_id)
    return page(request, "contracts/copy.html", contract=found, form=form)


@form_page
def prolong(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Lengthen a contract into the summer, as far as the head's order of a plan under it goes."""
    found, user = seen_contract(request, public_id), request.user
    if not may_contract(user, found.employer):
        raise Http404
    posted = request.method == "POST"
    form = ProlongForm(
        request.POST if posted else None, request.FILES or None, initial={"until": order_until(found)}
    )
    if request.method == "POST":
        with transaction.atomic():
            form.is_valid()
            scan, done = uploaded(form, "scan", by=user), None
            if not form.errors:
                until = form.cleaned_data["until"]
                done = attempt(form, prolong_contract, by=user, contract=found, until=until, scan=scan)
            if done is None:
                transaction.set_rollback(True)
        if done is not None:
            messages.success(request, _("The contract is prolonged. The mentor has been told."))
            return redirect("contracts:contract", public_id)
    return page(
        request,
        "contracts/prolong.html",
        contract=found,
        span=span_of(found, programme()),
        order=order_until(found),
        form=form,
    )


@require_safe
def prolongation_file(request: SignedIn, public_id: uuid.UUID, number: int) -> HttpResponseBase:
    """The paper of one prolongation, by its place among those of the contract."""
    papers = list(seen_contract(request, public_id).prolongations.select_related("scan").order_by("pk"))
    if not 1 <= number <= len(papers):
        raise Http404
    return as_download(papers[number - 1].scan)


@form_page
def end(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """End a contract before its term, and what that means."""
    found, user = seen_contract(request, public_id), request.user
    if not may_contract(user, found.employer):
        raise Http404
    if found.state != ContractState.SIGNED and request.method != "POST":
        messages.info(request, _("This contract has ended already."))
        return redirect("contracts:contract", public_id)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, end_contract, by=user, contract=found, **form.cleaned_data)
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("The contract ends on that day."))
            return redirect("contracts:contract", public_id)
    return page(
        request,
        "contracts/end.html",
        contract=found,
        span=span_of(found, programme()),
        plans=found.plans.count(),
        form=form,
    )
