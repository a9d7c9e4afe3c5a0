"""The plan as a PDF, and the request and the agreement to be signed, set from the data (IAP-2, AGR-1, AGR-10). Their
forms are our own reconstruction (GEN-4): the official samples were not at hand, and the prints say so."""

from pathlib import Path
from typing import Any

from django.utils import translation

from celabiedrs.lib import clock
from celabiedrs.lib.documents import words
from celabiedrs.lib.documents.typesetting import typeset
from celabiedrs.plans.facts.papers import agreement_with
from celabiedrs.plans.models import Agreement, SupportPlan
from celabiedrs.plans.reading.values import values_of
from celabiedrs.plans.words.fields import TEXTS
from celabiedrs.registry.models import Mentor
from celabiedrs.rules.calendar import of_age
from celabiedrs.rules.parameters import whole
from celabiedrs.rules.retention import keep_until

TYPST = Path(__file__).parent / "typst"


def request_pdf(plan: SupportPlan) -> bytes:
    """The request for support, for the guardian or for the adult learner by the age of today."""
    today = clock.today()
    adult = of_age(plan.learner.born_on, whole("adult_age_years", today), today)
    data = _common(plan) | {
        "adult": adult,
        "hour_minutes": whole("academic_hour_minutes", plan.starts_on),
        "kept_until": words.day(keep_until(today)),
        "guardian": "" if adult else plan.learner.guardian,
        "hours": plan.hours_per_month,
    }
    return typeset(TYPST / "request.typ", data, timestamp=clock.now())


def plan_pdf(plan: SupportPlan) -> bytes:
    """The plan with what came with it; every field of it, as the pages show them."""
    agreement = agreement_with(plan, plan.mentor_id)
    request = getattr(plan, "request", None)
    with translation.override("lv"):
        data = _common(plan) | {
            "mentor": plan.mentor.name if plan.mentor else "",
            "certificate": _certificate(plan.mentor),
            "state": str(plan.get_state_display()),
            "values": [{"label": row.label, "value": row.value, "long": row.long} for row in values_of(plan)],
            "risks": [
                {"kind": str(risk.get_kind_display()), "reason": risk.reason}
                for risk in plan.risks.order_by("pk")
            ],
            "request": f"{request.get_applicant_display()}, {words.day(request.signed_on)}"
            if request
            else "",
            "agreement": _signed(agreement),
            "approved": f"{plan.approved_by or ''}, {words.moment(plan.approved_at)}".strip(", "),
            "parts": [{"title": text.printed, "text": text.of(agreement.text)} for text in TEXTS]
            if agreement is not None and hasattr(agreement, "text")
            else [],
        }
    return typeset(TYPST / "plan.typ", data, timestamp=clock.now())


def _signed(agreement: Agreement | None) -> str:
    """Who signed the agreement, and when."""
    if agreement is None:
        return ""
    days = (("izglītojamais", agreement.learner_signed_on), ("mentors", agreement.mentor_signed_on))
    return "; ".join(f"{who} {words.day(day)}" for who, day in days if day)


def _certificate(mentor: Mentor | None) -> str:
    certificate = getattr(mentor, "certificate", None)
    return certificate.number if certificate else ""


def agreement_pdf(plan: SupportPlan, mentor: Mentor | None, texts: dict[str, str]) -> bytes:
    """The agreement of a mentor with the learner; a part not written yet has lines for the pen."""
    data = _common(plan) | {
        "mentor": mentor.name if mentor else "",
        "certificate": _certificate(mentor),
        "parts": [{"title": field.printed, "text": texts.get(field.name, "")} for field in TEXTS],
    }
    return typeset(TYPST / "agreement.typ", data, timestamp=clock.now())


def _common(plan: SupportPlan) -> dict[str, Any]:
    return {
        "number": plan.number,
        "learner": plan.learner.name,
        "born": words.day(plan.learner.born_on),
        "stage": words.stage(plan.class_year, plan.course_year),
        "school": plan.institution.name,
        "year": plan.year,
        "semester": plan.semester,
        "since": words.day(plan.starts_on),
        "until": words.day(plan.ends_on),
    }
