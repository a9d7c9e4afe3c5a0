"""From the euro to the signature and back: the chain of one month, and the list of what is missing (DUT-1, ARC-1)."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.contracts.access import contracts_visible_to
from celabiedrs.contracts.models import Contract
from celabiedrs.evidence.access import chains_visible_to, packs_visible_to, sees_chains
from celabiedrs.evidence.facts import Stock, running
from celabiedrs.evidence.reading.chain import Chain, chains
from celabiedrs.hours.access import rows_visible_to
from celabiedrs.hours.models import Meeting, Timesheet
from celabiedrs.lib import clock
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.serving import as_download
from celabiedrs.lib.look.waits import address
from celabiedrs.lib.web import page
from celabiedrs.pay.access import lines_visible_to
from celabiedrs.pay.models import PayLine, RunState
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import User
from celabiedrs.plans.access import may_read_story, plans_visible_to, story_visible_to
from celabiedrs.plans.models import SupportPlan
from celabiedrs.rules.reading import read_month

A_PAGE = 50


@require_safe
def months(request: SignedIn) -> HttpResponse:
    """What is missing of a month, plan by plan: whose turn it is and since when."""
    user = request.user
    if not sees_chains(user):
        raise Http404
    month = read_month(request.GET.get("month", "")) or _last_month()
    seen = SupportPlan.objects.filter(chains_visible_to(user)).filter(running(Stock(month, None)))
    pages = Paginator(seen.select_related("learner", "institution").order_by("number", "pk"), A_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    found = chains(list(shown), month)
    return page(
        request,
        "evidence/months.html",
        month=month,
        before=clock.month_of(month - timedelta(days=1)),
        after=clock.next_month(month),
        pager=shown,
        total=pages.count,
        missing=[one for one in found if one.missing],
        complete=[one for one in found if not one.missing],
    )


def _last_month() -> date:
    return clock.month_of(clock.month_of(clock.today()) - timedelta(days=1))


@dataclass(frozen=True)
class Row:
    """A meeting with what has become of it: the run that paid it, empty where none did or it may not be known."""

    meeting: Meeting
    sheet_url: str
    run_url: str
    run: str


def visible_plan(user: User, public_id: uuid.UUID) -> SupportPlan:
    """A plan of whose proof this person may know."""
    seen = SupportPlan.objects.filter(chains_visible_to(user))
    return get_object_or_404(
        seen.select_related("learner", "institution", "extension_order"), public_id=public_id
    )


@require_safe
def chain(request: SignedIn, public_id: uuid.UUID, month: date) -> HttpResponse:
    """One month of a plan from the registry to pay, each step with what proves it, as far as this person may see."""
    user = request.user
    plan = visible_plan(user, public_id)
    found = chains([plan], month)[0]
    story = may_read_story(user, plan)
    if story:
        looked(user, role=_role(user), what="proof", thread=plan.public_id)
    keys = [sheet.pk for sheet in found.sheets]
    sheets = list(Timesheet.objects.filter(rows_visible_to(user), pk__in=keys).order_by("pk"))
    lines = PayLine.objects.filter(lines_visible_to(user), pk__in=[line.pk for line in found.lines])
    paid = list(lines.select_related("run__employer").order_by("run__month", "pk").distinct())
    return page(
        request,
        "evidence/chain.html",
        chain=found,
        story=story,
        rows=_rows(found, sheets, paid),
        lines=paid,
        papers=_papers(user, found) if story else [],
        decisions=plan.decisions.select_related("by").order_by("at", "pk") if story else [],
        plan_url=address("desk:plan", plan.public_id)
        if SupportPlan.objects.filter(plans_visible_to(user), pk=plan.pk).exists()
        else "",
        packed=SupportPlan.objects.filter(packs_visible_to(user), pk=plan.pk).exists(),
    )


def _role(user: User) -> str:
    posts = user.posts_on()
    return str(posts[0].role) if posts else "mentor"


def _rows(found: Chain, sheets: list[Timesheet], paid: list[PayLine]) -> list[Row]:
    visible = {sheet.pk: address("hours:sheet", sheet.public_id) for sheet in sheets}
    runs = {
        line.timesheet_id: line.run
        for line in paid
        if line.correction_id is None and line.run.state in (RunState.APPROVED, RunState.SENT)
    }
    rows = []
    for meeting in found.meetings:
        if meeting.timesheet_id not in visible:
            continue
        run = runs.get(meeting.timesheet_id) if meeting.signed_by_both and meeting.covered else None
        rows.append(
            Row(
                meeting,
                visible[meeting.timesheet_id],
                address("pay:run", run.public_id) if run else "",
                run.employer.name if run else "",
            )
        )
    return rows


def _papers(user: User, found: Chain) -> list[tuple[str, str]]:
    """The papers that this person may open: label and address."""
    plan, papers = found.plan, []
    for kind, label in (
        ("request", _("Request")),
        ("agreement", _("Agreement")),
        ("order", _("Order of the head")),
    ):
        if _file(plan, kind) is not None:
            papers.append((label, address("evidence:paper", plan.public_id, kind)))
    contract = found.assignment.contract if found.assignment else None
    if contract and Contract.objects.filter(contracts_visible_to(user), pk=contract.pk).exists():
        papers.append((_("Work contract"), address("contracts:contract", contract.public_id)))
    for sheet in found.sheets:
        papers.append((_("Timesheet with its signatures"), address("hours:sheet", sheet.public_id)))
    return papers


def _file(plan: SupportPlan, kind: str) -> StoredFile | None:
    if kind == "order":
        return plan.extension_order
    if kind == "request":
        request: Any = getattr(plan, "request", None)
        return request.scan if request is not None else None
    if kind == "agreement":
        agreement = plan.agreements.filter(~Q(scan=None)).select_related("scan").order_by("-pk").first()
        return agreement.scan if agreement is not None else None
    return None


@require_safe
def paper(request: SignedIn, public_id: uuid.UUID, kind: str) -> HttpResponseBase:
    """A paper of a plan as it was filed, for those who read its story."""
    user = request.user
    seen = SupportPlan.objects.filter(story_visible_to(user)).select_related("extension_order")
    plan = get_object_or_404(seen, public_id=public_id)
    stored = _file(plan, kind)
    if stored is None:
        raise Http404
    looked(user, role=_role(user), what="paper", thread=plan.public_id)
    return as_download(stored)
