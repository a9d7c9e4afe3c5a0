"""From nothing to a drafted plan: four steps of questions, each kept as soon as it is answered."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Stale
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import ActForm, attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.places.facts import Programme, programme
from celabiedrs.places.models import BreakKind
from celabiedrs.plans.actions import describe_learner, draft_from_sketch, sketch_plan
from celabiedrs.plans.facts import learner_facts
from celabiedrs.plans.facts.grounds import GroundOption, ground_options, semesters_open
from celabiedrs.plans.forms.learners import FactsForm, facts_of
from celabiedrs.plans.forms.plan import GroundForm, HoursForm, RiskForm, SemesterForm
from celabiedrs.plans.models import Learner, PlanSketch
from celabiedrs.plans.pages.scope import conflict, own_learner, passes, posted_data
from celabiedrs.plans.words import ModuleGround, RiskKind
from celabiedrs.plans.words.fields import ASKED, PARTS
from celabiedrs.rules import support as support_rules
from celabiedrs.rules.calendar import Period, birthday
from celabiedrs.rules.parameters import whole
from celabiedrs.rules.plan import planned_day
from celabiedrs.rules.support import Risk

STEPS = (
    gettext_lazy("Learner and semester"),
    gettext_lazy("Risks"),
    gettext_lazy("Module and ground"),
    gettext_lazy("Hours and days"),
)


class LearnerStep(FactsForm, SemesterForm):
    """The first step: for which semester, and what the modules ask about the learner."""

    field_order = ("semester", "results_only", "repeats_class", "language_difficulty", "guardian")

    def __init__(self, periods: list[Period], *args: Any, **kwargs: Any) -> None:
        super().__init__(periods, *args, **kwargs)
        del self.fields["version"]


def sketch_of(learner: Learner) -> PlanSketch | None:
    return PlanSketch.objects.select_related("saved_by").filter(learner=learner).first()


def answers_of(learner: Learner) -> dict[str, Any]:
    sketch = sketch_of(learner)
    return dict(sketch.answers) if sketch else {}


def risks_in(answers: dict[str, Any]) -> list[Risk]:
    return [Risk(kind, why) for kind, why in (answers.get("risks") or {}).items()]


def form_of(
    step: int, learner: Learner, answers: dict[str, Any], data: Any, known: Programme
) -> tuple[ActForm, list[GroundOption]]:
    """The form of a step, filled with what was answered before."""
    facts = learner_facts(learner)
    options = ground_options(facts, risks_in(answers))
    if step == 1:
        periods = semesters_open(known.calendar, facts.stage, learner.institution_id)
        initial = facts_of(learner) | {"semester": answers.get("semester", "")}
        return LearnerStep(periods, data, initial={k: v for k, v in initial.items() if v != ""}), options
    if step == 2:
        initial = RiskForm.initial_of(answers.get("risks") or {}, answers.get("reasons") or {})
        return RiskForm(data, initial=initial), options
    if step == 3:
        initial = {"ground": answers["ground"]} if answers.get("ground") else {}
        return GroundForm(options, data, initial=initial), options
    return HoursForm(data, initial=answers), options


def answered(form: ActForm) -> dict[str, Any]:
    """What a step's form says, as the sketch keeps it: raw, right or not."""
    match form:
        case LearnerStep():
            return {"semester": str(form["semester"].value() or "")}
        case RiskForm():
            return {
                "risks": {risk.kind: risk.reason for risk in form.risks()},
                "reasons": form.reasons(),
            }
        case GroundForm():
            return form.chosen()
        case HoursForm():
            return form.given()
    return {}


def first_open(learner: Learner, answers: dict[str, Any]) -> int:
    """The first step that still has to be answered."""
    if not answers.get("semester"):
        return 1
    if not answers.get("risks") or not all(answers["risks"].values()):
        return 2
    return 3 if not answers.get("ground") else 4


@require_http_methods(["GET", "HEAD"])
def begin(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Go on where the questions stopped."""
    learner = own_learner(request, public_id)
    return redirect("plans:begin-step", public_id, first_open(learner, answers_of(learner)))


@form_page
def begin_step(request: SignedIn, public_id: uuid.UUID, step: int) -> HttpResponse:
    """One step of the questions. What was answered is kept before it is judged, so that nothing is lost."""
    learner = own_learner(request, public_id)
    answers, known = answers_of(learner), programme()
    if not 1 <= step <= min(len(STEPS), first_open(learner, answers)) and step != 1:
        return redirect("plans:begin", public_id)
    form, options = form_of(step, learner, answers, posted_data(request), known)
    if request.method == "POST":
        form.is_valid()
        try:
            sketch_plan(by=request.user, learner=learner, answers=answered(form), version=version_in(request))
        except Stale:
            return _conflict(request, learner, step, answers, answered(form))
        answer = _go_on(request, learner, step, form)
        if answer is not None:
            return answer
    return _shown(request, learner, step, form, options, known)


def version_in(request: SignedIn) -> int | None:
    raw = request.POST.get("sketch_version", "")
    return int(raw) if raw.isdigit() and len(raw) < 9 else None


def _go_on(request: SignedIn, learner: Learner, step: int, form: ActForm) -> HttpResponse | None:
    """What the rules say of a step; the way on where they say nothing."""
    answers = answers_of(learner)
    if isinstance(form, RiskForm):
        form.mark()
        risks = form.risks()
        if not passes(
            form, support_rules.risk_recorded(risks=risks), support_rules.other_in_words(risks=risks)
        ):
            return None
    if form.errors:
        return None
    if isinstance(form, LearnerStep) and form.has_changed():
        done = attempt(form, describe_learner, by=request.user, learner=learner, **form.facts())
        if done is None:
            return None
    if step < len(STEPS):
        _drop_closed_ground(request, learner, answers)
        return redirect("plans:begin-step", learner.public_id, step + 1)
    drafted = attempt(form, draft_from_sketch, by=request.user, learner=learner)
    if drafted is None:
        return None
    warn(request, drafted.cautions)
    messages.success(request, _("The plan is drafted. Here is what is still missing before it can be sent."))
    return redirect("plans:prepare", drafted.thing.public_id)


def _drop_closed_ground(request: SignedIn, learner: Learner, answers: dict[str, Any]) -> None:
    """A ground chosen earlier that other answers have closed is asked for again."""
    ground = answers.get("ground")
    learner.refresh_from_db()
    options = ground_options(learner_facts(learner), risks_in(answers))
    if ground and not any(option.ground == ground and option.open for option in options):
        sketch_plan(by=request.user, learner=learner, answers={"ground": "", "module": ""})


def _shown(
    request: SignedIn,
    learner: Learner,
    step: int,
    form: ActForm,
    options: list[GroundOption],
    known: Programme,
) -> HttpResponse:
    sketch = sketch_of(learner)
    period = _period(learner, sketch.answers if sketch else {}, known)
    return page(
        request,
        "plans/begin.html",
        learner=learner,
        step=step,
        steps=[str(name) for name in STEPS],
        title=STEPS[step - 1],
        form=form,
        risks=isinstance(form, RiskForm),
        closed=[option for option in options if not option.open] if step == 3 else [],
        nothing_open=step == 3 and not any(option.open for option in options),
        sketch=sketch,
        sketch_version=sketch.version if sketch else 0,
        back=reverse("plans:begin-step", args=[learner.public_id, step - 1]) if step > 1 else "",
        limit=whole("learner_hours_per_month", planned_day(clock.today(), period.since if period else None)),
        band=band_of(period, known) if step in (1, 4) and period else None,
        young=_young(learner, period) if step in (1, 4) else None,
        last=step == len(STEPS),
    )


def _period(learner: Learner, answers: dict[str, Any], known: Programme) -> Period | None:
    facts = learner_facts(learner)
    return known.calendar.semester_for(answers.get("semester"), facts.stage, learner.institution_id)


def band_of(period: Period, known: Programme) -> dict[str, Any]:
    """The semester with its breaks for the band."""
    names = dict(BreakKind.choices)
    return {
        "since": period.since,
        "until": period.until,
        "assumed": period.assumed,
        "breaks": [
            (row.since, row.until, str(names.get(row.kind, row.kind)))
            for row in known.calendar.breaks
            if row.since <= period.until and row.until >= period.since
        ],
    }


def _young(learner: Learner, period: Period | None) -> Any:
    """The thirteenth birthday, where it comes after the semester has begun (TG-1)."""
    day = birthday(learner.born_on, whole("minimum_age_years", clock.today()))
    return day if day > (period.since if period else clock.today()) else None


@require_POST
def begin_keep(request: SignedIn, public_id: uuid.UUID, step: int) -> HttpResponseBase:
    """Keep what is typed so far, asked by htmx while typing; the answer is when it was kept."""
    learner = own_learner(request, public_id)
    if not 1 <= step <= len(STEPS):
        return redirect("plans:begin", public_id)
    form, _options = form_of(step, learner, answers_of(learner), request.POST, programme())
    form.is_valid()
    context: dict[str, Any] = {"name": "sketch_version"}
    try:
        kept = sketch_plan(
            by=request.user, learner=learner, answers=answered(form), version=version_in(request)
        )
        context |= {"saved_at": kept.thing.saved_at, "version": kept.thing.version}
    except Stale:
        context["stale"] = True
    return render(request, "plans/_kept.html", context)


def _conflict(
    request: SignedIn, learner: Learner, step: int, theirs: dict[str, Any], mine: dict[str, Any]
) -> HttpResponse:
    return conflict(
        request,
        url=reverse("plans:begin-step", args=[learner.public_id, step]),
        labels={name: PARTS[name].label for name in ASKED if name in mine},
        theirs=theirs,
        mine=mine,
        shown=in_words,
    )


def in_words(value: Any) -> str:
    """An answer as a reader sees it: risks by their names with their reasons."""
    if isinstance(value, dict):
        kinds = dict(RiskKind.choices)
        return "; ".join(f"{kinds.get(kind, kind)}: {why or '–'}" for kind, why in value.items())
    if value in ModuleGround.values:
        return str(ModuleGround(value).label)
    return str(value)
