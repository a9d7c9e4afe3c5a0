"""Learners: looked for before they are enrolled, described, moved up, handed over to another school."""

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Stale, require
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.look.listing import Column, Listing
from celabiedrs.lib.once.guard import form_page, once
from celabiedrs.lib.searched import search
from celabiedrs.lib.searching import found as with_words
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role, User
from celabiedrs.places.models import Institution
from celabiedrs.plans.access import may_prepare_for, story_visible_to
from celabiedrs.plans.actions import (
    ask_transfer,
    decline_transfer,
    describe_learner,
    enrol_learner,
    enter_personal_code,
    move_up,
    read_out_personal_code,
)
from celabiedrs.plans.forms.learners import (
    CodeForm,
    EnrolForm,
    FactsForm,
    SearchForm,
    StageForm,
    facts_of,
)
from celabiedrs.plans.models import Learner, LearnerTransfer, SupportPlan
from celabiedrs.plans.pages.readiness import stage_words
from celabiedrs.plans.pages.scope import conflict, own_learner, own_schools, posted_data
from celabiedrs.plans.reading.persons import like_learners, running_elsewhere, same_learners
from celabiedrs.rules.calendar import birthday, of_age
from celabiedrs.rules.naming import name_key
from celabiedrs.rules.parameters import whole
from celabiedrs.rules.reading import read_day


def _latest(learner: Any) -> str:
    plan = next(iter(learner.seen_plans), None)
    return f"{plan.label}, {plan.get_state_display()}" if plan is not None else ""


COLUMNS = (
    Column[Any]("learner", gettext_lazy("Learner"), lambda row: row.name),
    Column[Any](
        "stage",
        gettext_lazy("Class or course"),
        lambda row: stage_words(row),
        lambda row: (row.course_year or 0, row.class_year or 0),
    ),
    Column[Any]("school", gettext_lazy("School"), lambda row: row.institution.name),
    Column[Any]("plan", gettext_lazy("Latest plan"), _latest),
)


@require_http_methods(["GET", "HEAD", "POST"])
def learners(request: SignedIn) -> HttpResponse:
    """The learners of their own school; a search that is posted, since a name never stands in an address."""
    user = request.user
    schools = own_schools(user)
    if "q" in request.POST:
        return search(request)
    form = SearchForm(posted_data(request))
    here = Learner.objects.filter(institution__in=schools)
    found: list[Learner] = []
    searched, elsewhere = False, False
    if request.method == "POST" and form.is_valid():
        name, born = form.cleaned_data["name"], form.cleaned_data["born"]
        searched = True
        near = here.filter(born_on=day) if (day := read_day(born)) else here.none()
        named = with_words(here, name, "name")
        found = list(
            here.filter(
                pk__in=[*named.values_list("pk", flat=True)[:20], *near.values_list("pk", flat=True)]
            ).order_by("sort_name")[:20]
        )
        for learner in _elsewhere(same_learners(name, born), schools):
            elsewhere = True
            looked(user, role=Role.PREPARER, what="learner_search", thread=learner.public_id)
    plans = SupportPlan.objects.filter(story_visible_to(user)).order_by("-year", "-semester", "-pk")
    rows = here.select_related("institution", "sketch").prefetch_related(
        Prefetch("plans", queryset=plans, to_attr="seen_plans")
    )
    listed = Listing(
        request, rows.order_by("sort_name"), COLUMNS, text=lambda row: f"{row.name} {row.institution.name}"
    )
    if (table := listed.table("izglitojamie.xlsx")) is not None:
        return table
    return page(
        request,
        "plans/learners.html",
        list=listed,
        form=form,
        searched=searched,
        found=found,
        elsewhere=elsewhere,
        posted_data={"name": form["name"].value() or "", "born": form["born"].value() or ""},
        several=len(schools) > 1,
        asked=LearnerTransfer.objects.filter(learner__institution__in=schools, answered_at=None)
        .select_related("learner", "to")
        .order_by("pk"),
    )


@form_page
def enrol(request: SignedIn) -> HttpResponse:
    """Enrol a learner; who may be enrolled already is asked about first."""
    user = request.user
    schools = own_schools(user)
    coming_from_search = "from_search" in request.POST
    form = EnrolForm(
        schools,
        request.POST if request.POST and not coming_from_search else None,
        initial={name: request.POST.get(name, "") for name in ("name", "born")} if coming_from_search else {},
    )
    here: list[Learner] = []
    like: list[Learner] = []
    elsewhere = False
    if form.is_bound:
        here, like, elsewhere = _doubles(user, form, schools)
        if form.is_valid():
            done = attempt(
                form,
                enrol_learner,
                by=user,
                institution=_chosen(schools, str(form.cleaned_data.get("school", ""))),
                name=form.cleaned_data["name"],
                born=form.cleaned_data["born"],
                another_person=form.cleaned_data.get("another", False),
                **form.stage_given(),
                **form.facts(),
            )
            if done is not None:
                warn(request, done.cautions)
                messages.success(request, _("The learner is enrolled. The plan can be begun now."))
                return redirect("plans:learner", done.thing.public_id)
    return page(
        request,
        "plans/enrol.html",
        form=form,
        here=here,
        like=like,
        elsewhere=elsewhere,
        posted_data={"name": form["name"].value() or "", "born": form["born"].value() or ""},
        keep=_draft_of(form),
        status=422 if here or elsewhere else 200,
    )


def _doubles(
    user: User, form: EnrolForm, schools: list[Institution]
) -> tuple[list[Learner], list[Learner], bool]:
    """Who may be this learner: here, like them here, and whether elsewhere. That this was answered is written down."""
    name, born = str(form["name"].value() or ""), form["born"].value()
    doubles = same_learners(name, born)
    if doubles:
        form.ask_another()
    elsewhere = _elsewhere(doubles, schools)
    for learner in elsewhere:
        looked(user, role=Role.PREPARER, what="enrol_search", thread=learner.public_id)
    like = [each for each in like_learners(name, born) if each.institution in schools]
    return [each for each in doubles if each.institution in schools], like, bool(elsewhere)


def _draft_of(form: EnrolForm) -> str:
    """Under which name the browser keeps what is half typed: one for each child, and no name to be read in it."""
    child = f"{name_key(str(form['name'].value() or ''))} {read_day(form['born'].value())}"
    return f"enrol-{salted_hmac('enrol', child).hexdigest()[:16]}"


def _elsewhere(found: list[Learner], schools: list[Institution]) -> list[Learner]:
    return [each for each in found if each.institution not in schools]


def _chosen(schools: list[Institution], public_id: str) -> Institution:
    return next((school for school in schools if str(school.public_id) == public_id), schools[0])


@once
@require_POST
def transfer(request: SignedIn) -> HttpResponse:
    """Ask the other school for a learner whose name and birthday one knows. The answer is the same for everybody."""
    user = request.user
    schools = own_schools(user)
    others = same_learners(request.POST.get("name", ""), request.POST.get("born", ""))
    for learner in _elsewhere(others, schools):
        ask_transfer(by=user, learner=learner, institution=_chosen(schools, request.POST.get("school", "")))
    messages.success(
        request, _("The other school is asked. When it agrees, the learner appears in this list.")
    )
    return redirect("plans:learners")


@require_safe
def learner(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """A learner of their own school: what is known, the plans, what can be done."""
    found = own_learner(request, public_id)
    today = clock.today()
    adult = whole("adult_age_years", today)
    return page(
        request,
        "plans/learner.html",
        learner=found,
        of_age=of_age(found.born_on, adult, today),
        of_age_on=birthday(found.born_on, adult),
        thirteen_on=birthday(found.born_on, whole("minimum_age_years", today)),
        thirteen=of_age(found.born_on, whole("minimum_age_years", today), today),
        plans=SupportPlan.objects.filter(story_visible_to(request.user), learner=found)
        .select_related("mentor__user")
        .order_by("-year", "-semester", "-pk"),
        sketch=getattr(found, "sketch", None),
        elsewhere=running_elsewhere(found),
        code=found.personal_codes.filter(replaced_at=None).first(),
    )


@form_page
def edit(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Correct what the modules and the mentor ask of a learner."""
    found = own_learner(request, public_id)
    form = FactsForm(posted_data(request), initial=facts_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            done = attempt(
                form,
                describe_learner,
                by=request.user,
                learner=found,
                version=form.cleaned_data.get("version"),
                **form.facts(),
            )
        except Stale:
            labels = {name: form.fields[name].label for name in form.facts()}
            found.refresh_from_db()
            url = reverse("plans:learner-edit", args=[public_id])
            return conflict(
                request, url=url, labels=labels, theirs=facts_of(found), mine=form.facts(), shown=_words
            )
        if done is not None:
            return redirect("plans:learner", public_id)
    return page(request, "plans/learner_edit.html", form=form, learner=found)


def _words(value: object) -> str:
    return {True: _("yes"), False: _("no")}.get(value, str(value)) if isinstance(value, bool) else str(value)


@form_page
def stage(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Another class or course."""
    found = own_learner(request, public_id)
    standing = f"class-{found.class_year}" if found.class_year else f"course-{found.course_year}"
    form = StageForm(
        found.institution.kind, posted_data(request), initial={"stage": standing, "version": found.version}
    )
    if request.method == "POST" and form.is_valid():
        try:
            done = attempt(
                form,
                move_up,
                by=request.user,
                learner=found,
                version=form.cleaned_data.get("version"),
                **form.stage_given(),
            )
        except Stale:
            url = reverse("plans:learner", args=[public_id])
            return conflict(request, url=url, labels={}, theirs={}, mine={})
        if done is not None:
            messages.success(request, _("Saved. Plans that exist keep the class they were made for."))
            return redirect("plans:learner", public_id)
    return page(request, "plans/learner_stage.html", form=form, learner=found)


@once
@require_POST
def transfer_no(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The learner stays."""
    asked = get_object_or_404(
        LearnerTransfer.objects.filter(learner__institution__in=request.user.institutions(Role.PREPARER)),
        public_id=public_id,
    )
    decline_transfer(by=request.user, transfer=asked)
    return redirect("plans:learners")


@form_page
def code(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The personal code: masked; read out only on asking (POST), entered, with its history."""
    found = own_learner(request, public_id)
    require(may_prepare_for(request.user, found))
    read_out = request.method == "POST" and "show" in request.POST
    form = CodeForm(request.POST if request.method == "POST" and not read_out else None)
    clear = read_out_personal_code(by=request.user, learner=found).thing if read_out else ""
    if form.is_bound and form.is_valid():
        done = attempt(
            form, enter_personal_code, by=request.user, learner=found, code=form.cleaned_data["code"]
        )
        if done is not None:
            warn(request, done.cautions)
            return redirect("plans:code", public_id)
    history = found.personal_codes.select_related("entered_by").order_by("-pk")
    return page(request, "plans/learner_code.html", form=form, learner=found, clear=clear, history=history)
