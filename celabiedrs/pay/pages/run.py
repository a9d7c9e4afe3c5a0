"""A pay run: its lines by mentor, its parts as an aid, what changed since, and the steps that are open to a person."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.lib.acts import Done, require
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.documents.typesetting import PDF
from celabiedrs.lib.look import shown
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.lib.workflow import open_to
from celabiedrs.pay import documents
from celabiedrs.pay.access import (
    approvers_of,
    identities_visible_to,
    knows_sums,
    lines_visible_to,
    may_prepare_run,
    reads_all_lines,
    runs_visible_to,
)
from celabiedrs.pay.actions import approve_run, prepare_run_again, send_run, totals_of, withdraw_run
from celabiedrs.pay.facts.lines import Moved, moved_since, pays_sheet_by_sheet
from celabiedrs.pay.forms import ActOfRunForm
from celabiedrs.pay.models import PayLine, PayrollIdentity, PayRun, RunState
from celabiedrs.pay.reading import states
from celabiedrs.pay.reading.days import days_of, run_number
from celabiedrs.pay.reading.desk import MentorLines, by_mentor, named_changes
from celabiedrs.pay.reading.parts import CLASSES, holiday_share, parts_of, percent, share_of, sum_of
from celabiedrs.pay.reading.parts import by_mentor as parts_by_mentor
from celabiedrs.pay.workflow import STEPS
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role, User
from celabiedrs.rules.calendar import month_end

MENTORS_SHOWN = 100
PEOPLE_NAMED = 4


def _visible(user: Any, public_id: uuid.UUID) -> PayRun:
    known = PayRun.objects.filter(runs_visible_to(user)).distinct()
    return get_object_or_404(
        known.select_related("employer__municipality", "prepared_by", "approved_by", "sent_by"),
        public_id=public_id,
    )


@form_page
def run(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Look at a run; prepare it again, approve it, send it."""
    user = request.user
    found = _visible(user, public_id)
    form = ActOfRunForm(request.POST or None)
    if request.method == "POST":
        if not form.is_valid():
            raise Http404
        done = _act(form, user, found)
        if done is not None:
            warn(request, done.cautions)
            if done.thing is None:
                messages.info(request, _("Nothing is left to pay in it: the run is withdrawn."))
                return redirect("pay:run", public_id)
            messages.success(request, _done_words(form.cleaned_data["do"]))
            return redirect("pay:run", done.thing.public_id)
        found = _visible(user, public_id)
    return page(request, "pay/run.html", **_context(request, user, found, form))


def _act(form: ActOfRunForm, user: User, found: PayRun) -> Done[PayRun] | Done[PayRun | None] | None:
    match form.cleaned_data["do"]:
        case "prepare":
            return attempt(form, prepare_run_again, by=user, run=found)
        case "withdraw":
            return attempt(form, withdraw_run, by=user, run=found)
        case "approve":
            return attempt(form, approve_run, by=user, run=found, seen=form.cleaned_data["seen"])
        case _:
            return attempt(form, send_run, by=user, run=found)


def _done_words(act: str) -> str:
    return {
        "prepare": _("Prepared again."),
        "withdraw": _("Withdrawn. Its months are free for another run."),
        "approve": _(
            "Approved. Its months take no change any more; what is found later goes into a later run."
        ),
        "send": _("Handed over to payroll. The mentors get to know."),
    }[act]


def _context(request: SignedIn, user: User, found: PayRun, form: ActOfRunForm) -> dict[str, Any]:
    all_lines = reads_all_lines(user, found)
    lines = PayLine.objects.filter(lines_visible_to(user), run=found)
    sums = totals_of(found.lines.all() if knows_sums(user, found) else lines)
    prepared = found.state == RunState.PREPARED
    moved = (
        moved_since(found, sheet_by_sheet=pays_sheet_by_sheet(found.month))
        if prepared and knows_sums(user, found)
        else []
    )
    steps = {step.name for step in open_to(user, found, STEPS)}
    shows = request.GET.get("show", "") if all_lines else ""
    return {
        "run": found,
        "state": states.run_state(found),
        "tone": states.RUN_TONES[found.state],
        "form": form,
        "seen": found.prepared_at.isoformat(),
        "sums": sums,
        "only_own": not knows_sums(user, found),
        "all_lines": all_lines,
        "mentors": sums.lines and _mentors(request, lines),
        "moved": named_changes(moved) if all_lines else [],
        "moved_at_all": bool(moved),
        "can_approve": "approve" in steps,
        "can_send": "send" in steps,
        "can_prepare": prepared and may_prepare_run(user, found.employer),
        "can_withdraw": "withdraw" in steps,
        "approve_why_not": _approve_why_not(user, found, moved) if "approve" in steps else "",
        "approvers": _named(approvers_of(found)) if prepared and all_lines else "",
        "trail": _trail(found, knows_sums(user, found)),
        "tabs": _tabs(request, shows) if all_lines else [],
        "aid": _aid(found) if shows == "parts" else None,
        "days": days_of(found) if shows == "days" else None,
        "number": run_number(found),
    }


def _mentors(request: SignedIn, lines: Any) -> Any:
    ordered = lines.select_related("mentor__user", "plan", "timesheet").order_by(
        "mentor__user__sort_name", "mentor", "plan__number", "timesheet__month", "rate", "pk"
    )
    mentors: Sequence[MentorLines] = by_mentor(ordered)
    return Paginator(mentors, MENTORS_SHOWN).get_page(request.GET.get("page"))


def _approve_why_not(user: User, found: PayRun, moved: list[Moved]) -> str:
    """Why this head cannot approve it now, and who can; the act asks the same again."""
    who = _named(approvers_of(found))
    by_others = (
        (_("It can be approved by: %(names)s.") % {"names": who}) if who else _("Nobody else can yet.")
    )
    if found.lines.filter(mentor__user_id=user.pk).exists():
        own_line = _("It holds a line of your own (DUT-1).")
        return f"{own_line} {by_others}"
    if found.prepared_by_id == user.pk:
        own_work = _("You prepared it; another person approves it (DUT-1).")
        return f"{own_work} {by_others}"
    if any(line.in_run for line in moved):
        return _("Something changed since it was prepared. The pay clerk prepares it again first.")
    if not found.lines.exists():
        return _("It has no lines.")
    return ""


def _named(people: list[User]) -> str:
    return ", ".join(person.name for person in people[:PEOPLE_NAMED])


def _trail(found: PayRun, with_names: bool) -> list[dict[str, str]]:
    """Prepared, approved, sent: when, and by whom for those who know the whole run."""
    steps = (
        (_("Prepared"), found.prepared_at, found.prepared_by),
        (_("Approved"), found.approved_at, found.approved_by),
        (_("Handed over to payroll"), found.sent_at, found.sent_by),
        (_("Withdrawn"), found.withdrawn_at, found.withdrawn_by),
    )
    return [
        {"label": label, "value": f"{shown.moment(at)}, {by.name}" if with_names and by else shown.moment(at)}
        for label, at, by in steps
        if at is not None
    ]


def _tabs(request: SignedIn, shows: str) -> list[dict[str, Any]]:
    tabs = (("", _("Lines")), ("parts", _("Parts of the amount")), ("days", _("Hours by day")))
    return [
        {
            "label": label,
            "url": f"{request.path}?show={name}" if name else request.path,
            "current": name == (shows if shows in ("parts", "days") else ""),
            "count": "",
        }
        for name, label in tabs
    ]


def _aid(found: PayRun) -> dict[str, Any]:
    """The parts by mentor, with what they rest on."""
    lines = parts_of(found, documents.ordered_lines(found))
    rows = parts_by_mentor(lines)
    day = month_end(found.month)
    return {
        "rows": rows,
        "sums": sum_of(row.parts for row in rows),
        "assumed": sum(row.assumed for row in rows),
        "holiday": percent(holiday_share(day)),
        "classes": [(label, percent(share_of(kind, day))) for kind, label in CLASSES.items()],
    }


@require_safe
def as_csv(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The run for payroll as CSV; a draft says so in every row."""
    found = _visible(request.user, public_id)
    require(reads_all_lines(request.user, found))
    return documents.as_csv(found, _identities(request, found))


@require_safe
def as_xlsx(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The run for payroll as XLSX; a draft says so in every row."""
    found = _visible(request.user, public_id)
    require(reads_all_lines(request.user, found))
    return documents.as_xlsx(found, _identities(request, found))


@require_safe
def as_pdf(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The run on paper, with lines to sign on."""
    found = _visible(request.user, public_id)
    require(reads_all_lines(request.user, found))
    answer = HttpResponse(documents.run_pdf(found), content_type=PDF)
    answer["Content-Disposition"] = f'attachment; filename="{documents.file_name(found, "pdf")}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _identities(request: SignedIn, found: PayRun) -> dict[int, PayrollIdentity]:
    """By what payroll knows the mentors of the run, for the employer's pay clerk; each of these looks is written
    down."""
    people = PayrollIdentity.objects.filter(
        identities_visible_to(request.user),
        employer=found.employer_id,
        mentor__in=found.lines.order_by().values("mentor"),
    )
    known = {person.mentor_id: person for person in people.select_related("mentor")}
    for person in known.values():
        looked(request.user, role=Role.PAY_CLERK, what="payroll identity", thread=person.mentor.public_id)
    return known
