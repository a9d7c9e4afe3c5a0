"""Tables that the programme and the schools take in: what their columns are called, and each row as the acts take it.

The headings are the programme's and stay Latvian in every language; `also` holds what other systems and people write.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from celabiedrs.lib.tables.columns import Column, address_cell, day_cell
from celabiedrs.lib.tables.reading import Row
from celabiedrs.people.models import Role
from celabiedrs.places.models import InstitutionKind, RegionalDuty

NAME, SURNAME, GIVEN, BORN, CLASS = "vārds, uzvārds", "uzvārds", "vārds", "dzimšanas diena", "klase vai kurss"
GUARDIAN, CODE = "vecāks vai aizbildnis", "personas kods"
PLACE, KIND, MUNICIPALITY, MUNICIPAL = "iestāde", "veids", "pašvaldība", "pašvaldības iestāde"
EMAIL, PHONE, ADDRESS, ASK = "e-pasts", "tālrunis", "adrese", "kontaktpersona"
CONTROLLER, DPO = "pārzinis", "datu aizsardzības kontakts"
ROLE, REGION, SINCE = "amats", "reģions", "no"
DUTY, MUNICIPALITIES, NEIGHBOURS = "pienākums", "pašvaldības", "kaimiņi"

_PERSON = (
    "vārds uzvārds",
    "vārds un uzvārds",
    "uzvārds, vārds",
    "uzvārds vārds",
    "izglītojamais",
    "skolēns",
    "name",
)
_MAIL = ("epasts", "e-pasta adrese", "email", "e-mail")
_PHONE = ("tālruņa numurs", "telefons", "tel", "phone")

LEARNERS = (
    Column(NAME, _PERSON, needed=False),
    Column(SURNAME, ("uzvards", "surname"), needed=False),
    Column(GIVEN, ("vārdi", "vards", "first name"), needed=False),
    Column(BORN, ("dzimšanas datums", "dzim. datums", "dz. dat", "dz. datums", "born"), needed=False, read=day_cell),
    Column(CLASS, ("klase", "kurss", "klase/kurss", "grupa", "class"), needed=False),
    Column(GUARDIAN, ("vecāks", "vecāki", "likumiskais pārstāvis", "aizbildnis", "guardian"), needed=False),
    Column(CODE, ("p.k", "personas kods (pk)", "personal code"), needed=False),
)  # fmt: skip
INSTITUTIONS = (
    Column("nosaukums", ("iestāde", "iestādes nosaukums", "skola", "name")),
    Column(KIND, ("iestādes veids", "tips", "kind")),
    Column(MUNICIPALITY, ("novads", "pašvaldības nosaukums", "municipality")),
    Column(MUNICIPAL, ("pašvaldības", "municipal"), needed=False),
    Column(EMAIL, _MAIL, needed=False, read=address_cell),
    Column(PHONE, _PHONE, needed=False),
    Column(ADDRESS, ("pasta adrese", "juridiskā adrese", "address"), needed=False),
    Column(ASK, ("direktors", "vadītājs", "kontakts"), needed=False),
    Column(CONTROLLER, (), needed=False),
    Column(DPO, ("das", "datu aizsardzības speciālists"), needed=False),
)
ACCOUNTS = (
    Column(NAME, _PERSON),
    Column(EMAIL, _MAIL, read=address_cell),
    Column(ROLE, ("loma", "pienākums", "role"), needed=False),
    Column(PLACE, ("skola", "darba vieta", "institution"), needed=False),
    Column(MUNICIPALITY, ("novads", "municipality"), needed=False),
    Column(REGION, ("projekta reģions", "region"), needed=False),
    Column(SINCE, ("no datuma", "amatā no", "since"), needed=False, read=day_cell),
)
CONTACTS = (
    Column(NAME, _PERSON),
    Column(DUTY, ("amats", "loma", "duty")),
    Column(EMAIL, _MAIL, needed=False, read=address_cell),
    Column(PHONE, _PHONE, needed=False),
    Column(MUNICIPALITIES, ("pašvaldība", "novads", "novadi", "municipalities")),
)
NEIGHBOUR_PAIRS = (
    Column(MUNICIPALITY, ("novads", "municipality")),
    Column(NEIGHBOURS, ("kaimiņu pašvaldības", "robežojas ar", "neighbours")),
)
KINDS: Mapping[str, str] = {
    "vispārizglītojošā skola": InstitutionKind.GENERAL,
    "vispārējās izglītības iestāde": InstitutionKind.GENERAL,
    "pamatskola": InstitutionKind.GENERAL,
    "vidusskola": InstitutionKind.GENERAL,
    "ģimnāzija": InstitutionKind.GENERAL,
    "skola": InstitutionKind.GENERAL,
    "profesionālās izglītības iestāde": InstitutionKind.VOCATIONAL,
    "profesionālā skola": InstitutionKind.VOCATIONAL,
    "tehnikums": InstitutionKind.VOCATIONAL,
    "izglītības pārvalde": InstitutionKind.EDUCATION_BOARD,
    "pārvalde": InstitutionKind.EDUCATION_BOARD,
    "jauniešu centrs": InstitutionKind.YOUTH_CENTRE,
    "jaunatnes centrs": InstitutionKind.YOUTH_CENTRE,
}
ROLES: Mapping[str, str] = {
    "iap sagatavotājs": Role.PREPARER,
    "sagatavotājs": Role.PREPARER,
    "atbildīgā persona": Role.RESPONSIBLE_PERSON,
    "iestādes vadītājs": Role.HEAD,
    "direktors": Role.HEAD,
    "vadītājs": Role.HEAD,
    "bērnu aizsardzības kontaktpersona": Role.SAFEGUARDING_OFFICER,
    "algu grāmatvedis": Role.PAY_CLERK,
    "grāmatvedis": Role.PAY_CLERK,
    "pašvaldības koordinators": Role.MUNICIPALITY_COORDINATOR,
    "koordinators": Role.MUNICIPALITY_COORDINATOR,
    "projekta eksperts": Role.PROJECT_EXPERT,
    "eksperts": Role.PROJECT_EXPERT,
    "supervizors": Role.SUPERVISOR,
    "revidents": Role.AUDITOR,
}
DUTIES: Mapping[str, str] = {
    "reģionālais koordinators": RegionalDuty.COORDINATOR,
    "koordinators": RegionalDuty.COORDINATOR,
    "eksperts": RegionalDuty.EXPERT,
}
_STAGE = re.compile(
    r"(\d{1,2}|[ivx]{1,4})\s*[.\-]?\s*([a-zāčēģīķļņšūž]{0,3}\d?)\.?\s*(klase|kl|kurss|k)?\.?", re.IGNORECASE
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_CODE = re.compile(r"(\d{2})(\d{2})(\d{2})-?([012])\d{4}")


def name_of(row: Row) -> str:
    """The name, from one column or from two."""
    return row[NAME] or f"{row[GIVEN]} {row[SURNAME]}".strip()


def learner_of(row: Row, stage: str) -> dict[str, Any]:
    """A row of a class list as `enrol_learner` takes it. `stage`: the class of all rows that say none."""
    school_class, course = stage_of(row[CLASS] or stage)
    return {
        "name": name_of(row),
        "born": row[BORN] or born_by_code(row[CODE]),
        "school_class": school_class,
        "course": course,
        "guardian": row[GUARDIAN],
    }


def stage_of(words: str) -> tuple[str | None, str | None]:
    """A class or a course as people write it: 8.a, 8. klase, II kurss. What cannot be read the rules refuse."""
    text = " ".join(words.split()).casefold()
    if not text:
        return None, None
    found = _STAGE.fullmatch(text)
    if found is None:
        return words, None
    number = found[1] if found[1].isdigit() else str(_ROMAN.get(found[1], found[1]))
    course = (found[3] or "").startswith("ku") or not found[1].isdigit()
    return (None, number) if course else (number, None)


def born_by_code(code: str) -> str:
    """The day of birth that stands in a personal code of the old form; empty in a new one."""
    found = _CODE.fullmatch(code.replace(" ", ""))
    if found is None:
        return ""
    century = {"0": 1800, "1": 1900, "2": 2000}[found[4]]
    try:
        return date(century + int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return ""


def word_of(cell: str, known: Mapping[str, str]) -> str:
    """The value that a cell's words stand for; the cell itself where they stand for none."""
    return known.get(" ".join(cell.casefold().split()), cell)


def is_yes(cell: str) -> bool:
    return cell.casefold() in {"jā", "ja", "x", "1", "yes", "+"}


def needed(columns: Sequence[Column]) -> list[tuple[str, bool]]:
    return [(column.name, column.needed) for column in columns]
