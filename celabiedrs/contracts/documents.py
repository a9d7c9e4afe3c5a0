"""The work contract as a PDF in two copies, set from the data (CON-7). Its form is our own reconstruction: the official
sample was not at hand, and the print says so."""

from datetime import date
from pathlib import Path

from django.conf import settings

from celabiedrs.lib import clock
from celabiedrs.lib.documents import words
from celabiedrs.lib.documents.typesetting import typeset
from celabiedrs.places.facts import programme
from celabiedrs.places.models import Institution
from celabiedrs.registry.models import Mentor
from celabiedrs.rules.contract import Span
from celabiedrs.rules.parameters import whole

TYPST = Path(__file__).parent / "typst" / "contract.typ"
KINDS = {
    "education_board": "izglītības pārvalde vai departaments",
    "general": "izglītības iestāde",
    "vocational": "izglītības iestāde",
    "youth_centre": "jauniešu centrs, kas ir pašvaldības iestāde vai tās struktūrvienība",
}


def contract_pdf(
    mentor: Mentor,
    employer: Institution,
    semesters: tuple[str, ...],
    signed_on: date | None = None,
    *,
    number: str = "",
    span: Span | None = None,
) -> bytes:
    """Both copies in one file, the employer's first. `span`: the days of a contract that was entered; of one that is
    not signed yet the first day is that of its signing, as it will be entered."""
    term = span or programme().calendar.contract_span(semesters, (employer.pk,))
    day = term.since if term else clock.today()
    certificate = getattr(mentor, "certificate", None)
    numbers = [label.rpartition("-")[2] for label in semesters]
    data = {
        "mentor": mentor.name,
        "born": words.day(mentor.born_on),
        "phone": mentor.phone,
        "certificate": certificate.number if certificate else "",
        "employer": employer.name,
        "employer_kind": KINDS.get(employer.kind, ""),
        "address": employer.address,
        "year": semesters[0].rpartition("-")[0] if semesters else "",
        "semesters": f"{numbers[0]}. semestris" if len(numbers) == 1 else "1. un 2. semestris",
        "since": words.day(max(term.since, signed_on) if signed_on else term.since) if term else "",
        "number": number,
        "project": settings.PROJECT_NUMBER,
        "month_hours": whole("learner_hours_per_month", day),
        "until": words.day(term.until) if term else "",
        "signed_on": words.day(signed_on),
        "hour_minutes": whole("academic_hour_minutes", day),
    }
    return typeset(TYPST, data, timestamp=clock.now())
