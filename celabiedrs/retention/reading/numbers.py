"""Things by the number on their paper: administrators find and see numbers, classes and dates, no learner's name."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from celabiedrs.contracts.models import Contract
from celabiedrs.hours.models import Meeting, Timesheet
from celabiedrs.lib import clock
from celabiedrs.places.models import Institution
from celabiedrs.plans.models import Agreement, Learner, SupportPlan
from celabiedrs.registry.models import Mentor
from celabiedrs.retention.models import Hold
from celabiedrs.retention.reading.due import HELD_THROUGH
from celabiedrs.rules.retention import keep_until
from celabiedrs.safeguarding.models import SafeguardingReport

KINDS = {
    "plan": gettext_lazy("a plan, by its number"),
    "learner": gettext_lazy("a learner with all plans, by the number of one of them"),
    "mentor": gettext_lazy("a mentor with all plans, by the number of the certificate"),
    "timesheet": gettext_lazy("a timesheet's plan, by the timesheet's code"),
    "institution": gettext_lazy("a school with all its plans"),
}
MODELS: dict[str, type[Model]] = {
    model.__name__: model
    for model in (SupportPlan, Learner, Mentor, Contract, Timesheet, Meeting, Agreement, Institution)
} | {"SafeguardingReport": SafeguardingReport}


@dataclass(frozen=True)
class Found:
    """A thing as it may be shown here: what it is, its number, how many plans belong to it, their days."""

    thing: Model
    what: str
    number: str
    plans: int
    since: date | None
    until: date | None
    kept_until: date


def find(kind: str, number: str) -> Model | None:
    """The thing of a kind with this number; None where there is none."""
    typed = number.strip()
    match kind:
        case "plan":
            return SupportPlan.objects.filter(number__iexact=typed).first()
        case "learner":
            plan = SupportPlan.objects.filter(number__iexact=typed).select_related("learner").first()
            return plan.learner if plan else None
        case "mentor":
            return Mentor.objects.filter(certificate__number__iexact=typed).first()
        case "timesheet":
            return Timesheet.objects.filter(code__iexact=typed).first()
        case "institution" if typed.isdecimal():
            return Institution.objects.filter(pk=int(typed)).first()
    return None


def described(thing: Model) -> Found:
    """What may be said of a thing that is or may be on hold."""
    rows = (
        SupportPlan.objects.filter(**{HELD_THROUGH[type(thing).__name__]: [thing.pk]}).distinct().order_by()
    )
    keys = rows.values("pk")
    plans = SupportPlan.objects.filter(pk__in=keys)
    days = plans.aggregate(first=Max("starts_on"), last=Max("ends_on"), extended=Max("extended_until"))
    ends = [day for day in (days["last"], days["extended"]) if day is not None]
    until = max(ends, default=None)
    earliest = plans.order_by("starts_on").values_list("starts_on", flat=True).first()
    return Found(
        thing=thing,
        what=word_of(type(thing).__name__),
        number=number_of(thing),
        plans=plans.count(),
        since=earliest,
        until=until,
        kept_until=max(keep_until(clock.today()), until or date.min),
    )


def number_of(thing: Any) -> str:
    """The number on its paper; a learner's is that of the latest plan."""
    match thing:
        case SupportPlan():
            return thing.number
        case Learner():
            latest = thing.plans.order_by("-starts_on", "-pk").first()
            return latest.number if latest else ""
        case Mentor():
            certificate = getattr(thing, "certificate", None)
            return certificate.number if certificate else ""
        case Timesheet():
            return thing.code
        case Institution():
            return thing.name
        case Contract():
            return str(thing.year)
    return thing.plan.number


def word_of(kind: str) -> str:
    """What a thing on hold is called."""
    return {
        "SupportPlan": _("Plan"),
        "Learner": _("Learner of the plan"),
        "Mentor": _("Mentor with the certificate"),
        "Contract": _("Contract of the school year"),
        "Timesheet": _("Timesheet"),
        "Meeting": _("Meeting of the plan"),
        "Agreement": _("Agreement of the plan"),
        "Institution": _("School"),
        "SafeguardingReport": _("Report about the plan"),
    }.get(kind, kind)


def title_of(held: Hold) -> str:
    """A hold's thing in words: what it is and its number; the word alone when the thing is gone."""
    thing = MODELS[held.kind]._base_manager.filter(pk=held.thing_id).first()
    number = number_of(thing) if thing is not None else ""
    return f"{word_of(held.kind)} {number}".strip()
