"""The expert's desk: the queue by age, everything of one plan on one page, the decision (IAP-1)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, Stale, require
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.files.serving import as_download
from celabiedrs.lib.look import shown
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role
from celabiedrs.places.facts import Programme, programme
from celabiedrs.plans.actions import approve_plan, return_plan
from celabiedrs.plans.actions.decision import what_waits
from celabiedrs.plans.facts import learners_of_mentor, semester_of
from celabiedrs.plans.facts.findings import findings_before_submitting
from celabiedrs.plans.facts.papers import agreement_with
from celabiedrs.plans.forms.life import ApproveForm, ReturnForm
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.pages.draft import band_of
from celabiedrs.plans.pages.readiness import stage_words
from celabiedrs.plans.reading.difference import paper_of, proposed, since_last_sending
from celabiedrs.plans.reading.queue import AGAIN, CHANGE, NEW, Waiting, decides_on, queue_of
from celabiedrs.plans.reading.values import texts_of, values_of
from celabiedrs.plans.words.fields import PARTS
from celabiedrs.rules.breach import Caution
from celabiedrs.rules.parameters import whole
from celabiedrs.rules.plan import planned_day

KINDS = {
    NEW: (gettext_lazy("new plan"), "accent"),
    AGAIN: (gettext_lazy("sent again"), "amber"),
    CHANGE: (gettext_lazy("change of an approved plan"), "green"),
}


@require_safe
def queue(request: SignedIn) -> HttpResponse:
    """Everything that waits in their own region, the oldest first; by kind and by school."""
    user = request.user
    require(user.holds(Role.PROJECT_EXPERT))
    rows = queue_of(user)
    kind, school = request.GET.get("kind", ""), request.GET.get("school", "")
    chosen = [row for row in rows if _fits(row, kind, school)]
    schools = {str(row.plan.institution.public_id): row.plan.institution.name for row in rows}
    return page(
        request,
        "plans/decide_queue.html",
        rows=[_row(row) for row in chosen],
        total=len(rows),
        late=sum(row.late for row in rows),
        kinds=[(key, str(words[0]), key == kind) for key, words in KINDS.items()],
        schools=[
            (key, name, key == school) for key, name in sorted(schools.items(), key=lambda pair: pair[1])
        ],
    )


def _fits(row: Waiting, kind: str, school: str) -> bool:
    return kind in ("", row.kind) and school in ("", str(row.plan.institution.public_id))


def _row(row: Waiting) -> dict[str, Any]:
    words, tone = KINDS[row.kind]
    return {
        "plan": row.plan, "kind": str(words), "tone": tone, "since": row.since, "days": row.days,
        "late": row.late, "stage": stage_words(row.plan),
    }  # fmt: skip


def plan_to_decide(request: SignedIn, public_id: uuid.UUID) -> SupportPlan:
    """A plan of their own region that was sent at least once; each look is written down."""
    user = request.user
    plans = SupportPlan.objects.filter(decides_on(user), first_submitted_at__isnull=False).select_related(
        "learner", "institution__municipality", "mentor__user", "contract__employer", "request__scan"
    )
    plan = get_object_or_404(plans, public_id=public_id)
    if request.method == "GET":
        looked(user, role=Role.PROJECT_EXPERT, what="plan_deciding", thread=plan.public_id)
    return plan


@form_page
def decide(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """One plan, whole; where it was here before or changes, the difference first. Approve, or return with reasons."""
    plan = plan_to_decide(request, public_id)
    waits = what_waits(plan)
    if not waits:
        messages.info(request, _("Nothing of this plan waits for you now."))
        return redirect("desk:plan", public_id)
    changing = waits.startswith("change")
    amendment = (
        plan.amendments.filter(decision=None, superseded=False).select_related("proposed_by").first()
        if changing
        else None
    )
    changes = proposed(plan, amendment) if amendment else since_last_sending(plan)
    names = [change.name for change in changes or ()] if changing else list(PARTS)
    act = request.POST.get("act", "")
    initial = {"seen": waits}
    approving = ApproveForm(request.POST if act == "approve" else None, initial=initial, prefix=None)
    returning = ReturnForm(
        names, request.POST if act == "return" else None, initial=initial, auto_id="return_%s"
    )
    if act in ("approve", "return"):
        answer = _decided(request, plan, approving, returning)
        if answer is not None:
            return answer
    return page(
        request,
        "plans/decide.html",
        plan=plan,
        approving=approving,
        returning=returning,
        amendment=amendment,
        changes=changes,
        **_whole(plan, programme()),
        **_neighbours(request, plan),
    )


def _decided(
    request: SignedIn, plan: SupportPlan, approving: ApproveForm, returning: ReturnForm
) -> HttpResponse | None:
    """Do what was chosen and go on to the next that waits."""
    form = approving if approving.is_bound else returning
    if not form.is_valid():
        return None
    following = _neighbours(request, plan)["following"]
    done: Done[SupportPlan] | None
    try:
        if form is approving:
            done = attempt(form, approve_plan, by=request.user, plan=plan, seen=form.cleaned_data["seen"])
        else:
            done = attempt(
                form,
                return_plan,
                by=request.user,
                plan=plan,
                reason=returning.reason(),
                fields=returning.cleaned_data["fields_asked"],
                seen=form.cleaned_data["seen"],
            )
    except Stale:
        messages.warning(
            request, _("It was changed while you read. Here is how it stands now; nothing was decided.")
        )
        return redirect("plans:decide", plan.public_id)
    if done is None:
        return None
    warn(request, done.cautions)
    words = _("%(number)s is approved.") if form is approving else _("%(number)s is returned to the school.")
    messages.success(request, words % {"number": plan.number})
    return redirect("plans:decide", following.plan.public_id) if following else redirect("plans:queue")


def _neighbours(request: SignedIn, plan: SupportPlan) -> dict[str, Any]:
    """The plan's place in the queue, the one before and the one after (at the end the first again)."""
    rows = queue_of(request.user)
    at = next((number for number, row in enumerate(rows) if row.plan.pk == plan.pk), None)
    if at is None:
        return {"place": 0, "length": len(rows), "before": None, "following": None, "waiting": None}
    others = [row for row in rows if row.plan.pk != plan.pk]
    return {
        "place": at + 1,
        "length": len(rows),
        "before": rows[at - 1] if at else None,
        "following": rows[at + 1] if at + 1 < len(rows) else (others[0] if others else None),
        "waiting": rows[at],
    }


def _whole(plan: SupportPlan, known: Programme) -> dict[str, Any]:
    """Everything of the plan that the page shows."""
    period = semester_of(plan, known)
    agreement = agreement_with(plan, plan.mentor_id)
    return {
        "facts": _facts(plan),
        "risks": plan.risks.order_by("pk"),
        "mentor_facts": _mentor(plan, known),
        "agreement": agreement,
        "texts": texts_of(agreement),
        "paper": getattr(plan, "request", None),
        "band": band_of(period, known) if period else None,
        "today": clock.today(),
        "limit": whole("learner_hours_per_month", planned_day(clock.today(), plan.starts_on)),
        "cautions": _cautions(plan, known),
        "decisions": plan.decisions.select_related("by").order_by("-at", "-pk"),
    }


def _cautions(plan: SupportPlan, known: Programme) -> list[Caution]:
    found = [finding for finding in findings_before_submitting(plan, known) if isinstance(finding, Caution)]
    return list({(caution.clause, caution.text): caution for caution in found}.values())


def _facts(plan: SupportPlan) -> list[dict[str, Any]]:
    rows = [
        {"label": _("Learner"), "value": f"{plan.learner.name}, {stage_words(plan)}"},
        {"label": _("School"), "value": f"{plan.institution.name}, {plan.institution.municipality}"},
        *({"label": row.label, "value": row.value} for row in values_of(plan, but={"hours_per_month"})),
    ]
    if plan.previous_id is not None:
        rows.append({"label": _("Follows"), "value": str(plan.previous)})
    return rows


def _mentor(plan: SupportPlan, known: Programme) -> list[dict[str, Any]]:
    """The mentor as far as the expert needs: certificate, contract, how many of six; no other school is named."""
    if plan.mentor is None or plan.contract is None:
        return []
    certificate = getattr(plan.mentor, "certificate", None)
    way = known.setting("six_learners_count", clock.today())
    scan = _("copy is here") if plan.contract.scan_id else _("copy is missing")
    return [
        {"label": _("Mentor"), "value": plan.mentor.name},
        {
            "label": _("Certificate"),
            "value": f"{certificate.number}, {shown.day(certificate.issued_on)}" if certificate else "–",
        },
        {
            "label": _("Contract"),
            "value": f"{plan.contract.employer.name}, {', '.join(plan.contract.semesters)}; {scan}",
        },
        {
            "label": _("Learners in this semester"),
            "value": _("%(count)s of %(limit)s")
            % {
                "count": len(learners_of_mentor(plan.mentor, plan, way)),
                "limit": whole("learners_per_mentor", plan.starts_on),
            },
        },
    ]


@require_safe
def decide_paper(request: SignedIn, public_id: uuid.UUID, kind: str) -> HttpResponseBase:
    """The scan of the request or of the agreement, to the expert of the region."""
    scan = paper_of(plan_to_decide(request, public_id), kind)
    if scan is None:
        raise Http404
    return as_download(scan)
