"""A training round as a table: what its columns are called, and each row as the values that the acts take."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import override

from celabiedrs.lib.tables.reading import Row
from celabiedrs.places.models import Municipality
from celabiedrs.registry.models import EducationKind

NAME, BORN, EDUCATION, PLACES = "vārds un uzvārds", "dzimšanas diena", "izglītība", "pašvaldības"
NUMBER, ISSUED, HOURS, ROUND = "apliecības numurs", "izsniegta", "stundas", "kārta"
PAPER, EMAIL, PHONE = "izglītības dokuments", "e-pasts", "tālrunis"
COACH_SINCE, COACH_UNTIL = "trenera sertifikāts no", "trenera sertifikāts līdz"
WRONG = "kas labojams"
COLUMNS = (NAME, BORN, EDUCATION, PLACES, NUMBER, ISSUED, HOURS, ROUND)
OPTIONAL = (PAPER, EMAIL, PHONE, COACH_SINCE, COACH_UNTIL)
TAKEN = (*OPTIONAL, WRONG)
"""The headings are the programme's and stay Latvian in every language. WRONG stands in the table of failed rows,
which can be uploaded again as it is."""
EXAMPLE = (
    "Paula Paraudziņa", "02.04.1990.", "vispārējā vidējā", "Rīga, Mārupes novads", "AM-0001", "12.12.2025.", "36", "1",
    "VI Nr. 000001", "", "", "", "",
)  # fmt: skip
SHORT_NAMES = {
    "vispārējā vidējā": EducationKind.SECONDARY,
    "vidējā": EducationKind.SECONDARY,
    "īsais cikls": EducationKind.SHORT_CYCLE,
    "viens semestris": EducationKind.ONE_SEMESTER_OF_HIGHER,
    "četri semestri": EducationKind.FOUR_SEMESTERS,
    "trenera sertifikāts": EducationKind.COACH_C,
}


def education_kinds(words: str) -> list[str]:
    """Kinds of education from one cell, divided by commas: their names as the pages say them, short names, or codes.
    What is none of these stays as it was typed, for the rules to refuse."""
    known: dict[str, str] = {name: kind.value for name, kind in SHORT_NAMES.items()}
    for language in ("lv", "en"):
        with override(language):
            known |= {str(kind.label).lower(): kind.value for kind in EducationKind}
    whole = words.strip().lower()
    parts = [whole] if whole in known else [part.strip() for part in whole.replace(";", ",").split(",")]
    return [known.get(part, part) for part in parts if part]


def municipalities_of(words: str, known: Mapping[str, Municipality]) -> list[Municipality | None]:
    """Municipalities from one cell, by name or code; None for one that is not known."""
    parts = [part.strip().lower() for part in words.replace(";", ",").split(",")]
    return [known.get(part) for part in parts if part]


def known_municipalities() -> dict[str, Municipality]:
    """Those that exist today, by name and by code."""
    places = list(Municipality.objects.filter(until=None))
    return {place.name.lower(): place for place in places} | {place.atvk: place for place in places}


def enrolment_of(cells: Mapping[str, str], known: Mapping[str, Municipality]) -> dict[str, Any]:
    """A row as `enrol_mentor` takes it."""
    dates = [cells.get(COACH_SINCE, ""), cells.get(COACH_UNTIL, "")]
    return {
        "name": cells[NAME],
        "born": cells[BORN],
        "education": education_kinds(cells[EDUCATION]),
        "municipalities": municipalities_of(cells[PLACES], known),
        "coach_c_valid": dates if any(dates) else None,
        "email": cells.get(EMAIL, ""),
        "phone": cells.get(PHONE, "").lstrip("'"),
        "paper": cells.get(PAPER, ""),
    }


def certificate_of(cells: Mapping[str, str]) -> dict[str, Any]:
    """A row as `record_certificate` takes it."""
    return {
        "number": cells[NUMBER],
        "issued_on": cells[ISSUED],
        "hours": cells[HOURS],
        "training_round": cells[ROUND],
    }


def as_lists(rows: Iterable[Row]) -> list[list[Any]]:
    """Rows as plain lists, for the page's signed copy."""
    return [[row.line_no, *(row.cells[name] for name in (*COLUMNS, *OPTIONAL))] for row in rows]


def from_lists(lists: Iterable[Sequence[Any]]) -> list[Row]:
    return [Row(int(line), dict(zip((*COLUMNS, *OPTIONAL), cells, strict=True))) for line, *cells in lists]
