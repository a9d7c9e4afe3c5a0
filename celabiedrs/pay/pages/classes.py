"""By which class of social insurance each mentor is counted: it serves the aid, no amount (PAY-2)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.pay.access import counted_mentors, employers_counted_by, identities_visible_to
from celabiedrs.pay.actions import set_payroll_identity, set_vsaoi_class
from celabiedrs.pay.forms import ClassForm, IdentityForm
from celabiedrs.pay.models import PayrollIdentity
from celabiedrs.pay.reading.parts import CLASSES, class_on, classes_at, percent, share_of
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role
from celabiedrs.places.models import Institution
from celabiedrs.registry.models import Mentor


@require_safe
def classes(request: SignedIn) -> HttpResponse:
    """The mentors of the clerk's employers with the class in force today."""
    user = request.user
    employers = list(Institution.objects.filter(employers_counted_by(user)).order_by("sort_name", "pk"))
    if not employers:
        raise Http404
    today = clock.today()
    return page(
        request,
        "pay/classes.html",
        employers=[{"employer": employer, "rows": _rows(employer)} for employer in employers],
        shares=[(label, percent(share_of(kind, today))) for kind, label in CLASSES.items()],
    )


def _rows(employer: Institution) -> list[dict[str, Any]]:
    mentors = list(
        Mentor.objects.filter(counted_mentors(employer))
        .select_related("user")
        .order_by("user__sort_name", "pk")
    )
    said = classes_at(employer.pk, [mentor.pk for mentor in mentors])
    rows = []
    for mentor in mentors:
        kind, assumed = class_on(said.get(mentor.pk, ()), clock.today())
        url = reverse("pay:class", args=[employer.public_id, mentor.public_id])
        payroll = reverse("pay:identity", args=[employer.public_id, mentor.public_id])
        rows.append(
            {
                "name": mentor.user.name,
                "kind": CLASSES[kind],
                "assumed": assumed,
                "url": url,
                "payroll": payroll,
            }
        )
    return rows


@form_page
def set_class(request: SignedIn, employer: uuid.UUID, mentor: uuid.UUID) -> HttpResponse:
    """Say a mentor's class from a day on."""
    user = request.user
    place = get_object_or_404(Institution.objects.filter(employers_counted_by(user)), public_id=employer)
    person = get_object_or_404(
        Mentor.objects.filter(counted_mentors(place)).select_related("user"), public_id=mentor
    )
    said = classes_at(place.pk, [person.pk]).get(person.pk, [])
    kind, assumed = class_on(said, clock.today())
    form = ClassForm(
        request.POST or None,
        initial={"kind": "" if assumed else kind, "since": clock.month_of(clock.today())},
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(form, set_vsaoi_class, by=user, employer=place, mentor=person, **form.cleaned_data)
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("Entered."))
            return redirect("pay:classes")
    history = [{"kind": CLASSES[row.kind], "since": row.since} for row in reversed(said)]
    return page(request, "pay/class.html", employer=place, person=person, form=form, history=history)


@form_page
def identity(request: SignedIn, employer: uuid.UUID, mentor: uuid.UUID) -> HttpResponse:
    """The employee number and the personal code by which payroll knows a mentor; each look is written down."""
    user = request.user
    place = get_object_or_404(Institution.objects.filter(employers_counted_by(user)), public_id=employer)
    person = get_object_or_404(
        Mentor.objects.filter(counted_mentors(place)).select_related("user"), public_id=mentor
    )
    known = PayrollIdentity.objects.filter(identities_visible_to(user), employer=place, mentor=person).first()
    initial = (
        {"employee_number": known.employee_number or "", "personal_code": known.personal_code or ""}
        if known
        else {}
    )
    if known is not None and request.method == "GET":
        looked(user, role=Role.PAY_CLERK, what="payroll identity", thread=person.public_id)
    form = IdentityForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form, set_payroll_identity, by=user, employer=place, mentor=person, **form.cleaned_data
        )
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("Entered."))
            return redirect("pay:classes")
    return page(request, "pay/identity.html", employer=place, person=person, form=form)
