"""The rates: published with their source, only ever succeeded."""

from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from celabiedrs.lib import clock
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import ActForm, attempt, page, warn
from celabiedrs.pay.access import may_publish_rate
from celabiedrs.pay.actions import publish_rate, withdraw_rate
from celabiedrs.pay.facts.rates import change_by, paid_by_rate_of
from celabiedrs.pay.forms import RateForm
from celabiedrs.pay.models import UnitRate
from celabiedrs.people.access import SignedIn


@form_page
def rates(request: SignedIn) -> HttpResponse:
    """The list, and the form for the next rate."""
    user = request.user
    if not may_publish_rate(user):
        raise Http404
    form = RateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") != "publish":
            return _looked_at(request, form)
        done = attempt(form, publish_rate, by=user, **form.cleaned_data)
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("The rate is published."))
            return redirect("pay:rates")
    return _page(request, form)


def _looked_at(request: SignedIn, form: RateForm) -> HttpResponse:
    """Before it is published: what it changes and what it touches. It is published and taken back, so that the rules
    are those of the act."""
    with transaction.atomic():
        done = attempt(form, publish_rate, by=request.user, **form.cleaned_data)
        change = change_by(done.thing) if done is not None else None
        transaction.set_rollback(True)
    if done is None:
        return _page(request, form)
    return page(request, "pay/rate_check.html", form=form, change=change, cautions=done.cautions)


def _page(request: SignedIn, form: RateForm) -> HttpResponse:
    listed = list(UnitRate.objects.select_related("published_by").order_by("-since"))
    today = clock.today()
    in_force = next((rate.pk for rate in listed if rate.since <= today), None)
    rows = [
        {
            "rate": rate,
            "in_force": rate.pk == in_force,
            "to_come": rate.since > today,
            "withdrawable": not paid_by_rate_of(rate),
        }
        for rate in listed
    ]
    return page(request, "pay/rates.html", rows=rows, form=form)


@form_page
def withdraw(request: SignedIn, year: int, month: int, day: int) -> HttpResponse:
    """Take a rate back by which nothing was paid; asked once more."""
    user = request.user
    if not may_publish_rate(user):
        raise Http404
    try:
        since = date(year, month, day)
    except ValueError:
        raise Http404 from None
    rate = get_object_or_404(UnitRate, since=since)
    form = ActForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, withdraw_rate, by=user, rate=rate)
        if done is not None:
            messages.success(request, _("The rate is taken back."))
            return redirect("pay:rates")
    return page(request, "pay/rate_withdraw.html", form=form, rate=rate, change=change_by(rate))
