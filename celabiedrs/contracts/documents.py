"""The work contract as a PDF in two copies, set from the data (CON-7). Its form is our own reconstruction: the official
sample was not at hand, and the print says so."""

from datetime import date
from pathlib import Path

from celabiedrs.lib import clock
from celabiedrs.lib.documents import words
from celabiedrs.lib.documents.typesetting import typeset
from celabiedrs.places.facts import programme
from celabiedrs.places.models import Institution
from celabiedrs.registry.models import Mentor
from celabiedrs.rules.parameters import whole

TYPST = Path(__file__).parent / "typst" / "contract.typ"
KINDS = {
    "education_board": "izglītības pārvalde vai departaments",
    "general": "izglītības iestāde",
    "vocational": "izglītības iestāde",
    "youth_centre": "jauniešu centrs, kas ir pašvaldības iestāde vai tās struktūrvienība",
}


def contract_pdf(
    mentor: Mentor, employer: Institution, semesters: tuple[str, ...], signed_on: date | None = None
) -> bytes:
    """Both copies in one file, the employer's first. A contract not signed yet has a line for the day."""
    term = programme().calendar.contract_span(semesters, (employer.pk,))
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
        "until": words.day(term.until) if term else "",
        "signed_on": words.day(signed_on),
        "hour_minutes": whole("academic_hour_minutes", term.since if term else clock.today()),
    }
    return typeset(TYPST, data, timestamp=clock.now())
