"""The pay clerk's desk: who is ready, who waits and why, and the runs. For those above, the runs in sums only."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from celabiedrs.lib import clock
from celabiedrs.lib.acts import require
from celabiedrs.lib.look import shown
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.pay.access import (
    employers_of,
    lines_visible_to,
    looks_at_runs,
    may_prepare_run,
    runs_visible_to,
    summed_for,
)
from celabiedrs.pay.actions import prepare_run
from celabiedrs.pay.forms import PrepareForm
from celabiedrs.pay.models import PayLine, PayRun, RunState
from celabiedrs.pay.reading import states
from celabiedrs.pay.reading.desk import DeskMonth, RunSum, desk_month, months_of, with_sums
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution
from celabiedrs.rules.reading import read_month

MONTHS_SHOWN = 10
PAGE_LENGTH = 30


@form_page
def runs(request: SignedIn) -> HttpResponse:
    """The desk of an employer's month, with the button that prepares its run."""
    user = request.user
    if not looks_at_runs(user):
        raise Http404
    employers = list(Institution.objects.filter(employers_of(user)).order_by("sort_name", "pk"))
    if not employers:
        require(request.method != "POST")  # who knows sums only prepares nothing
        return page(request, "pay/overview.html", runs=_others(request, user, []))
    employer = _chosen(employers, request.GET.get("employer", ""))
    months = months_of(employer)
    month = read_month(request.GET.get("month", "")) or _default(months)
    form = PrepareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, prepare_run, by=user, employer=employer, month=form.cleaned_data["month"])
        if done is not None:
            warn(request, done.cautions)
            if done.thing is None:
                messages.info(request, _("There is nothing to pay in this month, so no run was made."))
                return redirect(f"{reverse('pay:runs')}?employer={employer.public_id}&month={month:%Y-%m}")
            messages.success(request, _("Prepared. Now the head looks at it and approves it."))
            return redirect("pay:run", done.thing.public_id)
    return page(request, "pay/desk.html", **_context(request, user, employers, employer, months, month, form))


def _context(
    request: SignedIn,
    user: User,
    employers: list[Institution],
    employer: Institution,
    months: list[tuple[date, int]],
    month: date,
    form: PrepareForm,
) -> dict[str, Any]:
    figures = desk_month(employer, month)
    own_runs = PayRun.objects.filter(runs_visible_to(user), employer=employer).distinct()
    past = with_sums(
        own_runs.order_by("-month", "-prepared_at", "-pk"), PayLine.objects.filter(lines_visible_to(user))
    )
    prepared = next(
        (row for row in past if row.run.month == month and row.run.state == RunState.PREPARED), None
    )
    return {
        "employers": [_tab(each, each == employer) for each in employers],
        "employer": employer,
        "month": month,
        "months": _month_tabs(employer, months, month),
        "form": form,
        "figures": figures,
        "waiting": [states.waiting_mentor(mentor) for mentor in figures.waiting],
        "may_prepare": may_prepare_run(user, employer),
        "prepared": _row(prepared) if prepared else None,
        "why_not": _why_not(figures),
        "past": Paginator([_row(row) for row in past], PAGE_LENGTH).get_page(request.GET.get("page")),
        "others": _others(request, user, employers),
    }


def _why_not(figures: DeskMonth) -> str:
    """Why no run can be prepared now; empty where one can."""
    if figures.unrated_day is not None:
        return _(
            "There is no rate for %(day)s. The programme publishes it; then the run can be prepared (PAY-1)."
        ) % {"day": shown.day(figures.unrated_day)}
    if not figures.anything:
        return _("Nobody is ready in this month yet.")
    return ""


def _others(request: SignedIn, user: User, employers: list[Institution]) -> Any:
    """Runs of other employers of which the person may know, with the sums of what that person may see."""
    visible = PayRun.objects.filter(runs_visible_to(user)).exclude(employer__in=employers)
    ordered = visible.select_related("employer").distinct().order_by("-month", "employer__sort_name", "-pk")
    found: Any = Paginator(ordered, PAGE_LENGTH).get_page(request.GET.get("page"))
    summed = with_sums(found.object_list, PayLine.objects.filter(summed_for(user)))
    found.object_list = [_row(row) for row in summed]
    return found


def _row(row: RunSum) -> dict[str, Any]:
    return {
        "url": reverse("pay:run", args=[row.run.public_id]),
        "run": row.run,
        "tone": states.RUN_TONES[row.run.state],
        "state": states.run_state(row.run),
        "sums": row,
    }


def _chosen(employers: list[Institution], wanted: str) -> Institution:
    """The employer named in the address; without a name the first. One that is not the person's is not found."""
    if not wanted:
        return employers[0]
    try:
        ident = uuid.UUID(wanted)
    except ValueError:
        raise Http404 from None
    for employer in employers:
        if employer.public_id == ident:
            return employer
    raise Http404


def _default(months: list[tuple[date, int]]) -> date:
    """The latest month before this one of which something is unpaid; else the month before this one (PAY-4)."""
    this = clock.month_of(clock.today())
    unpaid = [month for month, count in months if count and month < this]
    return unpaid[0] if unpaid else clock.month_of(this - timedelta(days=1))


def _tab(employer: Institution, current: bool) -> dict[str, Any]:
    url = f"{reverse('pay:runs')}?employer={employer.public_id}"
    return {"label": employer.name, "url": url, "current": current, "count": ""}


def _month_tabs(employer: Institution, months: list[tuple[date, int]], month: date) -> list[dict[str, Any]]:
    counts = dict(months)
    listed = sorted({*list(counts)[:MONTHS_SHOWN], month})
    base = f"{reverse('pay:runs')}?employer={employer.public_id}&month="
    return [
        {
            "label": shown.month(each),
            "url": f"{base}{each:%Y-%m}",
            "current": each == month,
            "count": counts.get(each) or "",
        }
        for each in listed
    ]
