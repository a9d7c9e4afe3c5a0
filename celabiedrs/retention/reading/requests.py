"""What can be answered to somebody who asks for erasure: what must be kept until when, what can go now (ARC-1)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from celabiedrs.lib import clock
from celabiedrs.plans.models import AgreementDraft, Learner, PlanSketch, SupportPlan
from celabiedrs.registry.models import Mentor
from celabiedrs.retention.models import ErasureRequest
from celabiedrs.retention.reading.due import held_plans, held_things
from celabiedrs.retention.reading.lapses import never_approved, unsuccessful, vain_talks, without_plan
from celabiedrs.rules.retention import keep_until


@dataclass(frozen=True)
class Part:
    """Some of what is kept about a person. `until`: kept up to this day; None: it can be erased now."""

    what: str
    count: int
    until: date | None = None
    held: bool = False

    def told(self) -> dict[str, Any]:
        """As the register keeps it."""
        return {
            "what": self.what,
            "count": self.count,
            "until": self.until and str(self.until),
            "held": self.held,
        }


def words_of(what: str) -> str:
    """The parts in words, for the page."""
    return {
        "plans": _("support plans with meetings, timesheets, papers and pay"),
        "learner": _("the entry of the learner"),
        "drafts": _("plans that were never sent to the expert"),
        "sketches": _("what was begun on the way to a plan"),
        "agreement_drafts": _("texts of an agreement that nobody has signed"),
        "mentor": _("the entry in the registry of mentors, with contracts and pay"),
        "candidate": _("the entry of a mentor who got no certificate"),
        "talks": _("talks with the mentor that came to nothing"),
    }[what]


def parts_of(request: ErasureRequest) -> list[Part]:
    """All that is kept about the person, and until when. Looks and notices lapse by themselves and are not counted;
    private notes are nobody's business."""
    if request.kind == "Mentor":
        return _of_mentor(request.thing_id)
    return _of_learner(request.thing_id)


def _of_learner(key: int) -> list[Part]:
    erasable = erasable_plans(key)
    kept = SupportPlan.objects.filter(learner=key).exclude(pk__in=erasable.order_by().values("pk"))
    parts = []
    count = kept.count()
    held = kept.filter(pk__in=held_plans().values("pk")).exists() or _is_held("Learner", key)
    if count:
        until = _kept_until(kept)
        parts += [Part("plans", count, until, held), Part("learner", 1, until, held)]
    parts += [Part("drafts", erasable.count()), Part("sketches", sketches_of(key).count())]
    parts.append(Part("agreement_drafts", agreement_drafts_of(key).count()))
    if not count and Learner.objects.filter(pk=key).exists():
        parts.append(Part("learner", 1, keep_until(clock.today()) if held else None, held))
    return [part for part in parts if part.count]


def _kept_until(plans: QuerySet[SupportPlan]) -> date:
    days = plans.aggregate(last=Max("ends_on"), extended=Max("extended_until"))
    return max(keep_until(clock.today()), *(day for day in days.values() if day is not None))


def erasable_plans(learner: int) -> QuerySet[SupportPlan]:
    return never_approved().filter(learner=learner)


def sketches_of(learner: int) -> QuerySet[PlanSketch]:
    return PlanSketch.objects.filter(learner=learner).exclude(learner__in=held_things("Learner"))


def agreement_drafts_of(learner: int) -> QuerySet[AgreementDraft]:
    """Drafts of agreements of plans that stay; those of the others go with them."""
    rows = AgreementDraft.objects.filter(plan__learner=learner).exclude(plan__in=held_plans().values("pk"))
    return rows.exclude(plan__in=erasable_plans(learner).order_by().values("pk"))


def erasable_learner(learner: int) -> bool:
    return without_plan().filter(pk=learner).exists()


def _is_held(kind: str, key: int) -> bool:
    return held_things(kind).filter(thing_id=key).exists()


def _of_mentor(key: int) -> list[Part]:
    if unsuccessful().filter(pk=key).exists():
        return [Part("candidate", 1)]
    parts = []
    if Mentor.objects.filter(pk=key).exists():
        parts.append(Part("mentor", 1, keep_until(clock.today()), _is_held("Mentor", key)))
    talks = vain_talks().filter(mentor=key).count()
    return [*parts, Part("talks", talks)] if talks else parts
