"""The programme and its calendar: school years, corrections, holidays (CAL-1, CAL-3).

In the desk, because a change of dates shows first which meetings it would leave outside.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.people.pages.scope import described, keeper, trail
from celabiedrs.places.models import (
    Break,
    BreakKind,
    Municipality,
    RegionalContact,
    Semester,
    SemesterOverride,
)
from celabiedrs.programme.actions.settings import correct_semester, enter_school_year, set_break
from celabiedrs.programme.forms.calendar import GROUP_WORDS, BreakForm, DatesForm, SemesterForm, YearForm
from celabiedrs.programme.reading import displaced
from celabiedrs.rules.calendar import ClassGroup, school_year_of
from celabiedrs.rules.programme import Dates, following_year
from celabiedrs.rules.reading import read_day


def in_address(year: str) -> str:
    """A school year as an address holds it: 2026-27."""
    return year.replace("/", "-")


def of_address(year: str) -> str:
    return year.replace("-", "/")


def _years() -> list[str]:
    return sorted(set(Semester.objects.order_by().values_list("year", flat=True)), reverse=True)


@require_safe
def programme_page(request: SignedIn) -> HttpResponse:
    """Everything that the programme keeps, and what of it waits."""
    keeper(request)
    years = _years()
    following = following_year([school_year_of(clock.today())])
    uncovered = Municipality.objects.filter(until=None).exclude(
        contacts__in=RegionalContact.objects.filter(taken_away_at=None)
    )
    return page(
        request,
        "programme/programme.html",
        following=following,
        following_known=following in years,
        own_semesters=SemesterOverride.objects.filter(succeeded_at=None).count(),
        uncovered=uncovered.count(),
    )


@require_safe
def calendar_page(request: SignedIn, year: str | None = None) -> HttpResponse:
    """A school year: its semesters by class group, holidays, schools' own semesters, corrections."""
    keeper(request)
    years = _years()
    current = school_year_of(clock.today())
    chosen = of_address(year) if year else current if current in years else next(iter(years), "")
    if year and chosen not in years:
        raise Http404
    semesters = list(Semester.objects.filter(year=chosen).order_by("number", "until", "pk"))
    breaks = {row.kind: row for row in Break.objects.filter(year=chosen)}
    own = SemesterOverride.objects.filter(year=chosen, succeeded_at=None).select_related(
        "institution", "order", "set_by"
    )
    tabs = [
        {
            "label": name,
            "url": reverse("programme:year", args=[in_address(name)]),
            "current": name == chosen,
            "count": "",
        }
        for name in years
    ]
    return page(
        request,
        "programme/calendar.html",
        year=chosen,
        in_address=in_address(chosen),
        tabs=tabs,
        semesters=[{"row": row, "group": GROUP_WORDS[ClassGroup(row.group)]} for row in semesters],
        bands=_bands(semesters, breaks),
        breaks=[{"kind": kind, "label": label, "row": breaks.get(kind)} for kind, label in BreakKind.choices],
        own=own.order_by("institution__sort_name", "number"),
        corrections=_corrections(semesters),
        sources=dict.fromkeys(row.source for row in semesters),
        following=following_year(years) if years else following_year([]),
        today=clock.today(),
        crumbs=trail((_("Calendar"), "")),
    )


def _bands(semesters: list[Semester], breaks: dict[str, Break]) -> list[dict[str, Any]]:
    """The two semesters of classes 1–8 as bands, with the holidays inside them."""
    labels = dict(BreakKind.choices)
    return [
        {
            "row": row,
            "label": _("%(year)s, semester %(number)s") % {"year": row.year, "number": row.number},
            "breaks": [
                (one.since, one.until, str(labels[kind]))
                for kind, one in breaks.items()
                if row.since <= one.since and one.until <= row.until
            ],
        }
        for row in semesters
        if row.group == ClassGroup.GENERAL
    ]


def _corrections(semesters: list[Semester]) -> list[dict[str, Any]]:
    rows = {row.pk: row for row in semesters}
    events = Event.objects.filter(kind="Semester", verb="semester_corrected", thing_id__in=list(rows))
    return [
        {
            "title": _("%(year)s, semester %(number)s")
            % {"year": rows[event.thing_id].year, "number": rows[event.thing_id].number},
            "group": GROUP_WORDS[ClassGroup(rows[event.thing_id].group)],
            "at": event.at,
            "by": event.actor.name if event.actor else "",
            "before": [read_day(event.facts[name]) for name in ("from_since", "from_until")],
            "after": [read_day(event.facts[name]) for name in ("since", "until")],
            "reason": event.facts.get("reason", ""),
        }
        for event in events.select_related("actor").order_by("-pk")
    ]


@form_page
def year_new(request: SignedIn) -> HttpResponse:
    """Enter the next school year as its regulation gives it."""
    user = keeper(request)
    form = YearForm(request.POST or None, initial={"year": following_year(_years())})
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            enter_school_year,
            by=user,
            year=form.cleaned_data["year"],
            source=form.cleaned_data["source"],
            semesters=form.semesters(),
            breaks=form.breaks(),
        )
        if done is not None:
            messages.success(request, _("The school year is entered. Plans can be made for it now."))
            return redirect("programme:year", in_address(done.thing[0].year))
    back, heading = reverse("programme:calendar"), _("New school year")
    context = described(form, heading=heading, back=back, crumbs=trail((_("Calendar"), back), (heading, "")))
    context |= {
        "lead": _("All dates of the regulation at once. Without the school year no plan can be made for it."),
        "clauses": ("CAL-1",),
        "label": _("Enter the school year"),
        "wide": True,
    }
    return page(request, "people/keep_form.html", **context)


def confirmed(
    form: DatesForm,
    act: Callable[..., Done[Any]],
    found: Callable[[displaced.Span], displaced.Outside],
    **values: Any,
) -> tuple[Done[Any] | None, displaced.Outside | None]:
    """Do the act; where it would leave meetings outside, try it without effect and give them back to be shown first."""
    since, until = Dates(form.cleaned_data["since"], form.cleaned_data["until"]).read()
    cut = found(displaced.Span(since, until)) if since and until and since < until else None
    if cut is None or not cut.meetings or form.cleaned_data["seen"] == cut.mark:
        return attempt(form, act, **values), cut
    with transaction.atomic():
        attempt(form, act, **values)
        transaction.set_rollback(True)
    return None, cut


def again(form: DatesForm, cut: displaced.Outside) -> None:
    """Put the mark of what is shown now into the form, so that the next sending says it was seen."""
    form.data = {**dict(form.data.items()), "seen": cut.mark}


@form_page
def semester(request: SignedIn, year: str, number: int, group: str) -> HttpResponse:
    """Correct the dates of one class group's semester."""
    user = keeper(request)
    row = get_object_or_404(Semester, year=of_address(year), number=number, group=group)
    initial = {"since": row.since, "until": row.until, "source": row.source}
    form = SemesterForm(request.POST or None, initial=initial)
    cut = None
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("since", "until", "source", "reason")}
        done, cut = confirmed(
            form,
            correct_semester,
            lambda new: displaced.of_semester(row, new),
            by=user,
            semester=row,
            **values,
        )
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("The date is corrected."))
            return redirect("programme:year", year)
        if cut is not None:
            again(form, cut)
    back = reverse("programme:year", args=[year])
    name = _("%(year)s, semester %(number)s") % {"year": row.year, "number": row.number}
    return page(
        request,
        "programme/semester.html",
        status=422 if cut is not None and cut.meetings else 200,
        form=form,
        heading=name,
        over=GROUP_WORDS[ClassGroup(row.group)],
        lead=_("A correction holds for every plan of these classes at once."),
        clause_id="CAL-1",
        cut=cut if cut and cut.meetings and not form.refused else None,
        standing=None,
        back=back,
        crumbs=trail((_("Calendar"), back), (name, "")),
    )


@form_page
def holidays(request: SignedIn, year: str, kind: str) -> HttpResponse:
    """Enter or correct holidays of a school year."""
    user = keeper(request)
    known = of_address(year)
    if kind not in BreakKind.values or not Semester.objects.filter(year=known).exists():
        raise Http404
    row = Break.objects.filter(year=known, kind=kind).first()
    form = BreakForm(request.POST or None, initial={"since": row.since, "until": row.until} if row else {})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, set_break, by=user, year=known, kind=kind, **form.cleaned_data)
        if done is not None:
            messages.success(request, _("Saved."))
            return redirect("programme:year", year)
    back = reverse("programme:year", args=[year])
    heading = f"{str(BreakKind(kind).label).capitalize()}, {known}"
    context = described(form, heading=heading, back=back, crumbs=trail((_("Calendar"), back), (heading, "")))
    context |= {
        "lead": _(
            "Autumn and spring holidays are open to mentoring; between the semesters and in summer it is closed."
        ),
        "clauses": ("CAL-3", "CAL-4"),
        "label": _("Save"),
        "wide": False,
    }
    return page(request, "people/keep_form.html", **context)
