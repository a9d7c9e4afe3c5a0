"""One mentor's month with one learner before the school: look, verify, return, open again (LOG-10, DUT-1)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from celabiedrs.hours import actions
from celabiedrs.hours.access import SHOWN_TO_SCHOOL, may_verify, rows_visible_to, sheets_visible_to
from celabiedrs.hours.forms.school import DecisionForm, ReasonForm, ReturnForm, ScanForm, VerifyForm
from celabiedrs.hours.models import CooperationReview, Meeting, Party, SheetState, Timesheet
from celabiedrs.hours.pages.school import month_url
from celabiedrs.hours.reading.marks import row_marks
from celabiedrs.hours.reading.month_close import Pair, load_pairs
from celabiedrs.hours.workflow import REOPEN, RETURN, SUPPLEMENT, VERIFY, MonthObstacle
from celabiedrs.lib.acts import Done, Stale, WrongState, require
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.steps import Step
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import SCHOOL_STAFF, User

DECISIONS = {step.name: step for step in (VERIFY, RETURN, REOPEN, SUPPLEMENT)}


@form_page
def pair(request: SignedIn, public_id: uuid.UUID) -> HttpResponseBase:
    """One mentor's month with one learner before the school: look, verify, return, reopen, supplement."""
    user = request.user
    sheet = get_object_or_404(
        Timesheet.objects.filter(
            sheets_visible_to(user), plan__institution__in=user.institutions(*SCHOOL_STAFF)
        ).select_related(
            "plan__learner", "plan__institution", "mentor__user", "verified_by", "paper_scan", "employer"
        ),
        public_id=public_id,
    )
    if sheet.state not in SHOWN_TO_SCHOOL:
        if request.method == "POST":
            raise WrongState(DECISIONS.get(request.POST.get("act", ""), VERIFY), sheet.state)
        return redirect("hours:sheet", sheet.public_id)
    forms = _forms(sheet, load_pairs(_parts(sheet), user)[0])
    act = request.POST.get("act", "")
    require(request.method == "GET" or may_verify(user, sheet))
    if request.method == "GET":
        looked(user, role=_role(user, sheet), what="timesheet", thread=sheet.plan.public_id)
    elif act not in DECISIONS:
        raise Http404
    elif act not in forms:
        raise WrongState(DECISIONS[act], _stands(sheet, DECISIONS[act]), sheet)
    else:
        kind, prefix, more = forms[act]
        form = kind(request.POST, prefix=prefix, **more)
        try:
            if form.is_valid() and _decide(request, user, sheet, act, form):
                return redirect(_after(sheet, act, user))
        except Stale:
            return _conflict(request, sheet)
        forms[act] = form
    return _pair_page(request, user, sheet, forms)


def _forms(sheet: Timesheet, line: Pair) -> dict[str, Any]:
    """The kind of form of each decision that the month's state leaves open."""
    if sheet.state == SheetState.SUBMITTED:
        return {
            "verify": (VerifyForm, "verify", {"any_paper": line.any_paper}),
            "return": (ReturnForm, "return", {}),
        }
    if not line.settled:
        return {"reopen": (ReasonForm, "reopen", {})}
    return {"supplement": (ReasonForm, "supplement", {})}


def _stands(sheet: Timesheet, step: Step) -> str:
    """What stands in the way of a decision that the month does not leave open: its state, or whether it is paid."""
    if sheet.state not in step.sources:
        return sheet.state
    return MonthObstacle.NOT_PAID if sheet.settled_at is None else MonthObstacle.PAID


def _decide(request: SignedIn, user: User, sheet: Timesheet, act: str, form: DecisionForm) -> bool:
    """Call the act; False where a rule refused, with its words on the form."""
    given = form.cleaned_data
    about: dict[str, Any] = {"by": user, "plan": sheet.plan, "month": sheet.month, "mentor": sheet.mentor}
    done: Done[Timesheet] | None
    match act:
        case "verify":
            done = attempt(
                form,
                actions.verify_month,
                paper_hours=given.get("paper_hours", ""),
                version=given["version"],
                **about,
            )
            text = _("The month is verified.")
        case "return":
            assert isinstance(form, ReturnForm)
            done = attempt(form, actions.return_month, reason=form.reason, version=given["version"], **about)
            text = _("The month went back to the mentor.")
        case "reopen":
            done = attempt(
                form, actions.reopen_month, reason=given["reason"], version=given["version"], **about
            )
            text = _("The month is open again and is with the mentor.")
        case _:
            done = attempt(form, actions.open_supplement, reason=given["reason"], **about)
            text = _("A supplement is open for the mentor; the paid sheet stays as it is.")
    if done is None:
        return False
    messages.success(request, text)
    warn(request, done.cautions)
    return True


def _after(sheet: Timesheet, act: str, user: User) -> str:
    """After verifying the page itself, with its receipt; what went back is not the school's to read any more."""
    if act in ("verify", "supplement"):
        return reverse("hours:pair", args=[sheet.public_id])
    return _month_page(sheet, user)


def _month_page(sheet: Timesheet, user: User) -> str:
    several = len(set(user.institutions(*SCHOOL_STAFF))) > 1
    return month_url(sheet.plan.institution, sheet.month, several)


def _conflict(request: SignedIn, sheet: Timesheet) -> HttpResponse:
    text = _("The mentor submitted this month again, or somebody decided on it, since the page was opened.")
    return render(
        request,
        "conflict.html",
        {"text": text, "changes": (), "url": reverse("hours:pair", args=[sheet.public_id])},
        status=409,
    )


def _pair_page(request: SignedIn, user: User, sheet: Timesheet, forms: dict[str, Any]) -> HttpResponse:
    line = load_pairs(_parts(sheet), user)[0]
    initial = {"version": line.version}
    back = _month_page(sheet, user)
    drawn = {
        act: form if isinstance(form, DecisionForm) else form[0](prefix=form[1], initial=initial, **form[2])
        for act, form in forms.items()
    }
    open_return = isinstance(forms.get("return"), DecisionForm)
    return page(
        request,
        "hours/pair.html",
        sheet=sheet,
        pair=line,
        rows=[_row(row, line) for row in line.rows],
        paper_total=_paper_total(line),
        forms=drawn,
        form=next((form for form in forms.values() if isinstance(form, DecisionForm)), None),
        open_return=open_return,
        scan_form=ScanForm(),
        may=may_verify(user, sheet),
        review=CooperationReview.objects.filter(plan=sheet.plan, mentor=sheet.mentor).first(),
        back=back,
        correct_url=_correction_url(line),
        supplements=_beside(line, user),
        crumbs=[
            (_("Closing the month"), back),
            (sheet.plan.learner.name, ""),
        ],
    )


def _parts(sheet: Timesheet) -> list[Timesheet]:
    """The timesheets that are decided on together with this one, itself among them: one an employer."""
    beside = Timesheet.objects.filter(
        plan=sheet.plan_id,
        mentor=sheet.mentor_id,
        month=sheet.month,
        supplement=sheet.supplement,
        state=sheet.state,
    )
    parts = beside.select_related("plan__learner", "mentor__user", "verified_by", "employer")
    return list(parts.order_by("pk"))


def _paper_total(line: Pair) -> int | None:
    """What the signed sheet added up to, over all employers; None where none was typed in."""
    typed = [part.paper_hours for part in line.parts if part.paper_hours is not None]
    return sum(typed) if typed else None


def _row(row: Meeting, line: Pair) -> dict[str, Any]:
    """A row with both signatures in words and with what asks for a look."""
    employers = {part.pk: part.employer.name for part in line.parts}
    signed = {signature.party: signature for signature in row.signatures.all() if signature.voided_at is None}
    return {
        "row": row,
        "marks": list(row_marks(row, line.obstacles)),
        "employer": employers[row.timesheet_id] if len(employers) > 1 else "",
        "learner": signed.get(Party.LEARNER),
        "mentor": signed.get(Party.MENTOR),
    }


def _beside(line: Pair, user: User) -> list[Timesheet]:
    """The month's other sheets of the same mentor and plan: the paid one and its supplements."""
    sheet = line.sheet
    others = Timesheet.objects.filter(
        rows_visible_to(user), plan=sheet.plan_id, mentor=sheet.mentor_id, month=sheet.month
    ).exclude(pk__in=[part.pk for part in line.parts])
    return list(others.order_by("supplement", "pk"))


def _correction_url(line: Pair) -> str:
    """Where a paid month is corrected; empty while it is not paid."""
    return reverse("pay:correct", args=[line.sheet.public_id]) if line.settled else ""


def _role(user: User, sheet: Timesheet) -> str:
    at = sheet.plan.institution_id
    return next((post.role for post in user.posts_on() if post.institution_id == at), "")
