"""The rates: published with their source, only ever succeeded."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from celabiedrs.lib import clock
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.pay.access import may_publish_rate
from celabiedrs.pay.actions import publish_rate
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
        done = attempt(form, publish_rate, by=user, **form.cleaned_data)
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("The rate is published."))
            return redirect("pay:rates")
    listed = list(UnitRate.objects.select_related("published_by").order_by("-since"))
    today = clock.today()
    in_force = next((rate.pk for rate in listed if rate.since <= today), None)
    rows = [{"rate": rate, "in_force": rate.pk == in_force, "to_come": rate.since > today} for rate in listed]
    return page(request, "pay/rates.html", rows=rows, form=form)
