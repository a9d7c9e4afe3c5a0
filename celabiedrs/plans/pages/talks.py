"""The responsible person notes the talks of the month: a tap, a day, several at once; no word of them (DUT-6)."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from celabiedrs.lib import clock
from celabiedrs.lib.acts import WrongState, require
from celabiedrs.lib.look.fields import RawDay
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import ActForm, attempt, page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role
from celabiedrs.plans.actions import log_talk
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.reading.talks import TalkPair, talk_pairs
from celabiedrs.rules.reading import read_month

ONE, SEVERAL = "one", "plan"


class TalkForm(ActForm):
    day = RawDay(label=gettext_lazy("Day of the monthly talk"))


@form_page
def talks(request: SignedIn) -> HttpResponse:
    """All pairs of the school in a month; `one` notes a talk of today, the ticked ones one of the day given."""
    user = request.user
    schools = user.institutions(Role.RESPONSIBLE_PERSON)
    require(bool(schools))
    today = clock.today()
    this_month = clock.month_of(today)
    month = min(read_month(request.GET.get("month", "")) or this_month, this_month)
    pairs = talk_pairs(schools, month)
    form = TalkForm(initial={"day": today if month == this_month else None})
    if request.method == "POST":
        one = request.POST.get(ONE)
        form = TalkForm({"day": today.isoformat()} if one else request.POST)
        chosen = _chosen(pairs, [one] if one else request.POST.getlist(SEVERAL))
        if not chosen:
            messages.warning(request, _("Tick at least one pair."))
        elif form.is_valid() and _log(request, form, chosen):
            return redirect(_address(month))
    return page(
        request,
        "plans/talks.html",
        form=form,
        pairs=pairs,
        ticked=request.POST.getlist(SEVERAL),
        missing=sum(pair.missing for pair in pairs),
        month=month,
        today=today,
        now=month == this_month,
        before=(earlier := clock.month_of(month - timedelta(days=1)), _address(earlier)),
        after=(later := clock.next_month(month), _address(later)) if month < this_month else None,
        several=len(schools) > 1,
    )


def _address(month: date) -> str:
    return f"{reverse('plans:talks')}?month={month:%Y-%m}"


def _chosen(pairs: list[TalkPair], raw: list[str]) -> list[SupportPlan]:
    """The pairs of their own schools that were ticked; what is not among them counts for nothing."""
    by_id = {pair.plan.public_id: pair.plan for pair in pairs}
    return [by_id[found] for found in map(_read, raw) if found in by_id]


def _read(raw: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(raw)
    except ValueError:
        return None


def _log(request: SignedIn, form: ActForm, plans: list[SupportPlan]) -> bool:
    """Note the day for each; a day that is noted already stays as it is. False where the day is refused."""
    noted = 0
    values: dict[str, Any] = {"by": request.user, "day": form.cleaned_data["day"]}
    for plan in plans:
        try:
            if attempt(form, log_talk, plan=plan, **values) is None:
                return False
            noted += 1
        except WrongState:
            continue
    if noted:
        words = ngettext("%(count)s talk is noted.", "%(count)s talks are noted.", noted)
        messages.success(request, words % {"count": noted})
    else:
        messages.info(request, _("These talks were noted already."))
    return True
