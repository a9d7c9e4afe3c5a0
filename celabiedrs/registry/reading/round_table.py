"""A training round as a table: what its columns are called, and each row as the values that the acts take."""

import csv
import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import override

from celabiedrs.lib.tables.columns import Column, address_cell, day_cell, is_address
from celabiedrs.lib.tables.reading import Row, row_of
from celabiedrs.places import models as places
from celabiedrs.places.models import Municipality
from celabiedrs.registry.models import EducationKind
from celabiedrs.rules import mentor as mentor_rules
from celabiedrs.rules import naming
from celabiedrs.rules import registry as registry_rules
from celabiedrs.rules.breach import Finding
from celabiedrs.rules.naming import fits, name_key

Place = TypeVar("Place")
SHIPPED = Path(places.__file__).with_name("municipalities.csv")

NAME, BORN, EDUCATION, PLACES = "vārds un uzvārds", "dzimšanas diena", "izglītība", "pašvaldības"
NUMBER, ISSUED, HOURS, ROUND = "apliecības numurs", "izsniegta", "stundas", "kārta"
PAPER, EMAIL, PHONE = "izglītības dokuments", "e-pasts", "tālrunis"
COACH_SINCE, COACH_UNTIL = "trenera sertifikāts no", "trenera sertifikāts līdz"
WRONG = "kas labojams"
SHAPE = (
    Column(NAME, ("vārds, uzvārds", "vārds uzvārds", "uzvārds, vārds", "mentors", "name")),
    Column(BORN, ("dzimšanas datums", "dzim. datums", "dz. dat", "dzimis", "born"), read=day_cell),
    Column(EDUCATION, ("izglītības pamats", "education")),
    Column(PLACES, ("pašvaldība", "pašvaldības, kurās tiekas", "novads", "municipalities")),
    Column(NUMBER, ("apliecības nr", "apliecība", "sertifikāta numurs", "certificate")),
    Column(ISSUED, ("apliecība izsniegta", "izsniegšanas datums", "izsniegšanas diena", "issued"), read=day_cell),
    Column(HOURS, ("stundu skaits", "akadēmiskās stundas", "hours")),
    Column(ROUND, ("mācību kārta", "kārtas numurs", "round")),
    Column(PAPER, ("izglītības dokumenta numurs", "diploma numurs", "diploms"), needed=False),
    Column(EMAIL, ("epasts", "e-pasta adrese", "email", "e-mail"), needed=False, read=address_cell, spills=is_address),
    Column(PHONE, ("tālruņa numurs", "telefons", "tel", "phone"), needed=False),
    Column(COACH_SINCE, needed=False, read=day_cell),
    Column(COACH_UNTIL, needed=False, read=day_cell),
    Column(WRONG, needed=False),
)  # fmt: skip
"""The headings are the programme's and stay Latvian in every language. WRONG stands in the table of failed rows,
which can be uploaded again as it is."""
COLUMNS = tuple(column.name for column in SHAPE if column.needed)
OPTIONAL = tuple(column.name for column in SHAPE if not column.needed and column.name != WRONG)
ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)", re.IGNORECASE)
TOTALS = ("kopā", "kopsumma", "summa", "pavisam", "total")
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


def municipalities_of(words: str, known: Mapping[str, Place]) -> list[Place | str]:
    """Municipalities from one cell, by name or code, as people write them; the word itself where there is none."""
    whole = _spelt(words)
    parts = [words] if whole in known else re.split(r"[,;/]|\sun\s", words)
    return [known.get(_spelt(part), part.strip()) for part in parts if part.strip()]


def spellings(name: str) -> set[str]:
    """How people write a municipality: "Mārupes nov.", "Rīgas valstspilsētas pašvaldība"."""
    base = _spelt(name)
    if base.endswith(" novads"):
        return {base, base.removesuffix("s") + "a pašvaldība"}
    genitive = base if base.endswith("s") else base + "s"
    cities = ("valstspilsēta", "valstspilsētas pašvaldība", "pilsēta", "pilsētas pašvaldība", "dome")
    return {base, *(f"{genitive} {word}" for word in cities)}


def by_spelling(places: Iterable[tuple[str, str, Place]]) -> dict[str, Place]:
    """Places by each of their spellings and by code, from (code, name, place)."""
    found: dict[str, Place] = {}
    for code, name, place in places:
        found |= dict.fromkeys((code, *spellings(name)), place)
    return found


def _spelt(words: str) -> str:
    return re.sub(r"\bnov\b\.?", "novads", " ".join(words.casefold().split()))


def known_municipalities() -> dict[str, Municipality]:
    """Those that exist today, by spelling and by code."""
    return by_spelling((each.atvk, each.name, each) for each in Municipality.objects.filter(until=None))


def shipped_municipalities() -> dict[str, str]:
    """Those that come with the program, by spelling and by code, where there is no database to ask."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return by_spelling((row["atvk"], row["name"], row["atvk"]) for row in csv.DictReader(file))


def enrolment_of(cells: Mapping[str, str], known: Mapping[str, Place]) -> dict[str, Any]:
    """A row as `enrol_mentor` takes it."""
    dates = [cells.get(COACH_SINCE, ""), cells.get(COACH_UNTIL, "")]
    return {
        "name": cells[NAME],
        "born": cells[BORN],
        "education": education_kinds(cells[EDUCATION]),
        "municipalities": municipalities_of(cells[PLACES], known),
        "coach_c_valid": dates if any(dates) else None,
        "email": usable_address(cells.get(EMAIL, "")),
        "phone": cells.get(PHONE, ""),
        "paper": cells.get(PAPER, ""),
    }


def usable_address(address: str) -> str:
    """The address where letters can be sent to it, else ""."""
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address


def certificate_of(cells: Mapping[str, str]) -> dict[str, Any]:
    """A row as `record_certificate` takes it."""
    return {
        "number": cells[NUMBER],
        "issued_on": cells[ISSUED],
        "hours": cells[HOURS],
        "training_round": cells[ROUND],
    }


def findings_of_table(rows: Sequence[Row]) -> list[list[Finding]]:
    """What the table itself says against each row, before anybody is looked for in the registry: totals, cells that
    hold nothing, rows that are one another's doubles, an address that is not used."""
    numbers = _shared(rows, lambda row: naming.certificate_number(row[NUMBER]))
    addresses = _shared(rows, lambda row: usable_address(row[EMAIL]))
    people = _shared(rows, lambda row: (key, row[BORN]) if (key := name_key(row[NAME])) and row[BORN] else "")
    return [
        [
            *registry_rules.row_of_a_person(first=row[NAME], total=is_total(row)),
            *registry_rules.unreadable_cells(
                cells={cell for cell in row.typed.values() if ERROR.fullmatch(cell)}
            ),
            *registry_rules.address_of_table(typed=row.typed[EMAIL], used=usable_address(row[EMAIL])),
            *registry_rules.doubles_in_table(
                number=numbers[row.line_no], address=addresses[row.line_no], person=people[row.line_no]
            ),
        ]
        for row in rows
    ]


def is_total(row: Row) -> bool:
    return row[NAME].casefold().startswith(TOTALS) and not row[BORN]


def _shared(rows: Sequence[Row], key: Callable[[Row], Hashable]) -> dict[int, list[int]]:
    """For each row the others of the same key; an empty key is nobody's double."""
    lines: dict[Hashable, list[int]] = {}
    for row in rows:
        lines.setdefault(key(row) or ("", row.line_no), []).append(row.line_no)
    return {line: [other for other in same if other != line] for same in lines.values() for line in same}


def rules_of_row(row: Row, known: Mapping[str, Place], *, today: date) -> list[Finding]:
    """What the rules say of a row, as the acts would ask them, with no registry to look into."""
    entry = enrolment_of(row.cells, known)
    served = entry.pop("municipalities")
    return [
        *fits(text=entry["name"], clause="REG-1", field="name"),
        *fits(text=entry["phone"], clause="REG-1", characters=40, field="phone"),
        *fits(text=entry["paper"], clause="MEN-2", characters=60, field="paper"),
        *mentor_rules.enrolment(
            name=entry["name"],
            born=entry["born"],
            education=entry["education"],
            coach_c_valid=entry["coach_c_valid"],
            municipalities=served,
            unknown_municipalities=[place for place in served if place not in known.values()],
            today=today,
        ),
        *registry_rules.phone_written(phone=entry["phone"]),
        *fits(text=row[NUMBER], clause="MEN-6", characters=40, field="number"),
        *mentor_rules.certificate(**certificate_of(row.cells), taken_by_another=False, today=today),
    ]


def as_lists(rows: Iterable[Row]) -> list[list[Any]]:
    """Rows as plain lists of what was typed, for the page's signed copy."""
    return [[row.line_no, *(row.typed[column.name] for column in SHAPE)] for row in rows]


def from_lists(lists: Iterable[Sequence[Any]]) -> list[Row]:
    names = [column.name for column in SHAPE]
    return [row_of(int(line), dict(zip(names, cells, strict=True)), SHAPE) for line, *cells in lists]
