"""A vocational school's own semesters: set by its head, by an order; seen by the programme (CAL-2)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.serving import as_download
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import page, warn
from celabiedrs.people.access import SignedIn, may_keep_programme
from celabiedrs.people.models import Role, User
from celabiedrs.places.facts import programme
from celabiedrs.places.models import Institution, InstitutionKind, SemesterOverride
from celabiedrs.plans.actions.life import override_semester
from celabiedrs.plans.pages.scope import uploaded
from celabiedrs.programme.forms.calendar import OwnSemesterForm
from celabiedrs.programme.pages.calendar import again, confirmed, in_address, of_address
from celabiedrs.programme.reading import displaced
from celabiedrs.rules.calendar import Stage, parse_label, school_year_of

ORDER = "semester_order"


def _schools(user: User) -> Any:
    """Vocational schools that a person is the head of."""
    own = Institution.objects.filter(pk__in=user.institutions(Role.HEAD), kind=InstitutionKind.VOCATIONAL)
    return own.order_by("sort_name", "pk")


@require_safe
def own_semesters(request: SignedIn) -> HttpResponse:
    """The semesters of this and later school years as they are at the head's school."""
    user = request.user
    schools = list(_schools(user))
    if not schools:
        raise Http404
    calendar, current = programme().calendar, school_year_of(clock.today())
    labels = [label for label in calendar.labels() if label[:7] >= current]
    rows = [
        {"school": school, "semesters": [row for label in labels if (row := _row(school, label))]}
        for school in schools
    ]
    return page(request, "programme/own_semesters.html", rows=rows)


def _row(school: Institution, label: str) -> dict[str, Any] | None:
    period = programme().calendar.semester_for(label, Stage(course=1), school.pk)
    if period is None:
        return None
    own = _standing(school, label)
    url = reverse("programme:own_semester", args=[school.public_id, in_address(label[:7]), int(label[-1])])
    return {"year": label[:7], "number": label[-1], "period": period, "own": own, "url": url}


def _standing(school: Institution, label: str) -> SemesterOverride | None:
    known = SemesterOverride.objects.filter(
        institution=school, year=label[:7], number=int(label[-1]), succeeded_at=None
    )
    return known.select_related("order", "set_by").first()


@form_page
def own_semester(request: SignedIn, institution: uuid.UUID, year: str, number: int) -> HttpResponse:
    """Set a semester's dates at the head's school, by an order; what falls outside is shown and asked once more."""
    user = request.user
    school = get_object_or_404(_schools(user), public_id=institution)
    label = f"{of_address(year)}-{number}"
    period = programme().calendar.semester_for(label, Stage(course=1), school.pk)
    if parse_label(label) is None or period is None:
        raise Http404
    form = OwnSemesterForm(
        request.POST or None, request.FILES or None, initial={"since": period.since, "until": period.until}
    )
    cut = None
    if request.method == "POST" and form.is_valid():
        order = _order(form, user)
        if not form.errors:
            done, cut = confirmed(
                form,
                override_semester,
                lambda new: displaced.of_school(school, _as_it_is(school, label), new),
                by=user,
                institution=school,
                semester=label,
                starts_on=form.cleaned_data["since"],
                ends_on=form.cleaned_data["until"],
                order_scan=order,
            )
            if done is not None:
                warn(request, done.cautions)
                messages.success(request, _("The semester of the school is set. The programme sees it."))
                return redirect("programme:own_semesters")
            if cut is not None:
                again(form, cut)
    return _shown(request, form, school, label, cut)


def _order(form: OwnSemesterForm, user: User) -> StoredFile | None:
    """The order that came in now, else the one that came in with the form before; it is not asked for twice."""
    kept = form.cleaned_data.get("kept")
    standing = StoredFile.objects.filter(public_id=kept, stored_by=user, kind=ORDER).first() if kept else None
    order = uploaded(form, "order", by=user, kind=ORDER, standing=standing)
    form.data = {**dict(form.data.items()), "kept": str(order.public_id) if order else ""}
    return order


def _as_it_is(school: Institution, label: str) -> list[displaced.Span]:
    """The semester's dates at the school until now, of courses and of all classes that it may have."""
    stages = [Stage(course=1), *(Stage(school_class=number) for number in (8, 9, 12))]
    periods = [programme().calendar.semester_for(label, stage, school.pk) for stage in stages]
    return [displaced.Span(period.since, period.until) for period in periods if period is not None]


def _shown(
    request: SignedIn,
    form: OwnSemesterForm,
    school: Institution,
    label: str,
    cut: displaced.Outside | None,
) -> HttpResponse:
    kept = form.data.get("kept") if form.is_bound else ""
    back = reverse("programme:own_semesters")
    heading = _("%(year)s, semester %(number)s") % {"year": label[:7], "number": label[-1]}
    return page(
        request,
        "programme/semester.html",
        status=422 if cut is not None and cut.meetings else 200,
        form=form,
        heading=heading,
        over=school.name,
        lead=_("The head of a vocational school may set other dates, by an order."),
        clause_id="CAL-2",
        cut=cut if cut and cut.meetings and not form.refused else None,
        standing=StoredFile.objects.filter(public_id=kept).first() if kept else None,
        back=back,
        crumbs=[(_("Semesters of the school"), back), (heading, "")],
    )


@require_safe
def semester_order(request: SignedIn, public_id: uuid.UUID) -> HttpResponseBase:
    """The order of an override: for the school's head and for the programme."""
    user = request.user
    known = SemesterOverride.objects.select_related("order")
    if not may_keep_programme(user):
        known = known.filter(institution__in=user.institutions(Role.HEAD))
    found = get_object_or_404(known, order__public_id=public_id)
    assert found.order is not None
    return as_download(found.order)
