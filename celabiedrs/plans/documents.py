"""The request and the agreement as PDFs to be signed, set from the data (AGR-1, AGR-10). Their forms are our own
reconstruction (GEN-4): the official samples were not at hand, and the prints say so."""

from pathlib import Path
from typing import Any

from celabiedrs.lib import clock
from celabiedrs.lib.documents import words
from celabiedrs.lib.documents.typesetting import typeset
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words.fields import TEXTS
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


def agreement_pdf(plan: SupportPlan, texts: dict[str, str]) -> bytes:
    """The agreement of the mentor with the learner; a part not written yet has lines for the pen."""
    certificate = getattr(plan.mentor, "certificate", None) if plan.mentor else None
    data = _common(plan) | {
        "mentor": plan.mentor.name if plan.mentor else "",
        "certificate": certificate.number if certificate else "",
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
