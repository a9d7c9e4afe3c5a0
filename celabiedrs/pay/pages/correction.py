"""A correction of a paid month: what it rightly comes to, what that changes, and where it will appear (DUT-1)."""

import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from celabiedrs.hours.access import sheets_visible_to
from celabiedrs.hours.models import Timesheet
from celabiedrs.hours.workflow import MonthObstacle
from celabiedrs.lib.acts import WrongState, require
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.pay.actions import correct_month
from celabiedrs.pay.facts.corrections import paid_hours, settled_sheets, signed_hours
from celabiedrs.pay.forms import CorrectForm
from celabiedrs.pay.models import Correction, PayLine, RunState
from celabiedrs.pay.workflow import CORRECT
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import User
from celabiedrs.plans.access import may_answer_for


@dataclass(frozen=True)
class Part:
    """A difference in hours at one rate."""

    hours: int
    rate: Decimal

    @property
    def amount(self) -> Decimal:
        return self.hours * self.rate


@form_page
def correct(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """First the difference is shown; what is entered then stands for good."""
    user = request.user
    known = Timesheet.objects.filter(sheets_visible_to(user)).distinct()
    sheet = get_object_or_404(
        known.select_related("plan__learner", "plan__institution", "mentor__user", "employer"),
        public_id=public_id,
    )
    require(may_answer_for(user, sheet.plan))
    sheets = settled_sheets(plan=sheet.plan_id, mentor=sheet.mentor_id, month=sheet.month)
    if not sheets:
        raise WrongState(CORRECT, MonthObstacle.NOT_PAID, sheet)
    form = CorrectForm(request.POST or None)
    preview: list[Part] = []
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") == "correct":
            done = attempt(form, correct_month, **_values(user, sheet, form))
            if done is not None:
                warn(request, done.cautions)
                messages.success(
                    request, _("Corrected. The next run of a later month carries the difference.")
                )
                return redirect("pay:correct", sheet.public_id)
        else:
            preview = _preview(user, sheet, form)
    context = _context(sheet, sheets)
    return page(request, "pay/correct.html", form=form, preview=preview, preview_sum=_sum(preview), **context)


def _values(user: User, sheet: Timesheet, form: CorrectForm) -> dict[str, Any]:
    return {"by": user, "plan": sheet.plan, "month": sheet.month, "mentor": sheet.mentor, **form.cleaned_data}


def _preview(user: User, sheet: Timesheet, form: CorrectForm) -> list[Part]:
    """What the act itself would write: it is done and taken back, so that the preview cannot differ from it."""
    parts: list[Part] = []
    with transaction.atomic():
        done = attempt(form, correct_month, **_values(user, sheet, form))
        if done is not None:
            parts = [Part(part.hours, part.rate) for part in done.thing.parts.order_by("rate", "pk")]
        transaction.set_rollback(True)
    return parts


def _sum(parts: list[Part]) -> dict[str, Any]:
    return {
        "hours": sum(part.hours for part in parts),
        "amount": sum((part.amount for part in parts), Decimal("0.00")),
    }


def _context(sheet: Timesheet, sheets: list[Timesheet]) -> dict[str, Any]:
    lines = PayLine.objects.filter(timesheet__in=sheets).exclude(run__state=RunState.PREPARED)
    made = (
        Correction.objects.filter(timesheet__in=sheets).select_related("made_by").order_by("-made_at", "-pk")
    )
    return {
        "sheet": sheet,
        "paid": paid_hours(sheets),
        "signed": signed_hours(sheets),
        "lines": list(
            lines.filter(correction=None).select_related("run").order_by("run__month", "rate", "pk")
        ),
        "made": [{"correction": each, "line": lines.filter(correction=each).first()} for each in made],
    }
