"""The mentor's pay: month by month, from submitted to handed over."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from celabiedrs.lib.web import page
from celabiedrs.pay.reading import states
from celabiedrs.pay.reading.mentor import OwnMonth, OwnSheet, own_months
from celabiedrs.people.access import SignedIn

WRITABLE = ("open", "returned")


@require_safe
def mine(request: SignedIn) -> HttpResponse:
    """Only the person's own months: the mentor entry is that of who looks."""
    mentor = getattr(request.user, "mentor", None)
    if mentor is None:
        raise Http404
    months = own_months(mentor)
    return page(request, "pay/mine.html", months=[_month(month) for month in months])


def _month(month: OwnMonth) -> dict[str, Any]:
    return {
        "figures": month,
        "all_sent": bool(month.amount) and month.amount == month.sent,
        "sheets": [_sheet(sheet) for sheet in month.sheets],
        "corrections": [
            {
                "figures": each,
                "tone": states.OWN_TONES[each.standing],
                "state": states.own_state(each.standing),
                "text": states.correction_text(each),
            }
            for each in month.corrections
        ],
    }


def _sheet(sheet: OwnSheet) -> dict[str, Any]:
    return {
        "figures": sheet,
        "tone": states.OWN_TONES[sheet.standing],
        "state": states.own_state(sheet.standing),
        "text": states.own_text(sheet),
        "url": reverse("hours:month", args=[sheet.plan, sheet.month]) if sheet.standing in WRITABLE else "",
    }
