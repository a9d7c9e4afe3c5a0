"""What each printed form is given, as its documents.py gives it, and the strangest texts in its place (I6)."""

import re
from pathlib import Path
from typing import Any

from celabiedrs.lib.documents.typesetting import PACKAGE, qr_svg
from tests.proofs.drawing import drawn

LONG_NAME = "Ž" + "garšvārdauzvārds" * 7 + "beigas"
STRANGE = {
    "emoji": "Anna 🦊👩‍👩‍👧‍👦 🇱🇻 Bērziņa",
    "chinese": "王小明 (Ванг) 習近平",
    "arabic": "محمد الأمين 12.10.2026.",
    "georgian": "გიორგი ბერიძე",
    "hebrew": "שלום \u202eabc\u202c עולם",
    "thai": "สมชาย ใจดี",
    "controls": "A\x00B\x07C\u2028D\ud800E\ufeffF\r\nG",
    "private": "\ue000\uf8ff\u0378\U0010ffff",
    "stacked": "e" + "\u0301" * 40 + " ā" * 3,
    "markup": '#panic() *x* $y$ "]) \\u{4e2d} <a> @b //',
    "unbroken": LONG_NAME,
    "unbroken chinese": "汉" * 120,
    "empty": "",
    "longest": ("Ļoti garš teikums par to, kas notika. " * 120).strip() + "\n\nOtra rindkopa.",
}
AS_IT_IS = {"qr", "means", "outcome", "picture", "number", "title", "label", "code"}
"""What no person types: pictures, kinds, numbers and titles of documents."""


def _mark(means: str) -> dict[str, Any]:
    picture = drawn() if means == "drawn" else None
    return {"means": means, "on": "05.10.2026.", "name": "Ilze Žagariņa", "picture": picture}


def _rows() -> list[dict[str, Any]]:
    row = {"on": "05.10.2026.", "start": "15:30", "hours": 2, "topic": "Pastaiga un saruna"}
    held = [
        row | {"outcome": "held", "learner": _mark(one), "mentor": _mark(other)}
        for one, other in (("drawn", "typed"), ("device", "paper"), ("paper", "drawn"), ("typed", "device"))
    ]
    others = [
        row | {"outcome": outcome, "hours": 0, "learner": None, "mentor": None}
        for outcome in ("voided", "learner_absent", "cancelled")
    ]
    return held * 4 + others


_PLAN = {
    "number": "2026/1-0042", "learner": "Jānis Ķirsis", "born": "12.05.2012.", "stage": "8. klase",
    "school": "Pļaviņu novada Ģimnāzija", "year": "2026/27", "semester": 1, "since": "01.10.2026.",
    "until": "18.12.2026.",
}  # fmt: skip
SAMPLES: dict[str, dict[str, Any]] = {
    "plans/typst/request.typ": _PLAN
    | {"adult": False, "guardian": "Dace Ķirse", "hours": 12, "hour_minutes": 40, "kept_until": "31.12.2034."},
    "plans/typst/plan.typ": _PLAN
    | {
        "mentor": "Ilze Žagariņa", "certificate": "MA-0117", "state": "apstiprināts",
        "values": [
            {"label": "Stundas mēnesī", "value": "12 h", "long": False},
            {"label": "Mērķis", "value": "Pabeigt klasi.", "long": True},
        ],
        "risks": [{"kind": "nesekmība", "reason": "Nesekmīgs matemātikā."}] * 12,
        "request": "vecāks vai aizbildnis, 01.09.2026.", "agreement": "izglītojamais 02.09.2026.",
        "approved": "Elīna Eksperte, 03.09.2026. plkst. 09:00",
        "parts": [{"title": "Situācijas apraksts", "text": "Runāsim par skolu un nākotni."}] * 4,
    },
    "evidence/typst/pack.typ": {
        "number": "2026/1-0042", "month": "2026. gada oktobris", "learner": "Jānis Ķirsis",
        "school": "Pļaviņu novada Ģimnāzija", "mentor": "Ilze Žagariņa", "employer": "Pļaviņu novads",
        "made_at": "01.12.2026. plkst. 10:00", "head": "12:ab", "fingerprint": "ab12-cd34", "files": [],
        "steps": [{"label": "Vienošanās", "clause": "AGR-4", "state": "trūkst", "turn": "skola, 01.09.2026."}] * 9,
        "papers": [{"what": "Eksperta lēmums", "text": "02.09.2026., Elīna Eksperte. Labi."}] * 3,
        "meetings": [
            {"on": "05.10.2026.", "hours": 2, "topic": "Saruna", "learner": "sistēmā", "mentor": "sistēmā"}
        ] * 12,
        "lines": [
            {"run": "2026. gada oktobris, Pļaviņu novads", "hours": 2, "rate": "11,40 €", "amount": "22,80 €",
             "approved": "05.11.2026. plkst. 10:00"}
        ],
        "listed": [{"title": "Grafiks (grafiks-1.pdf)", "sha256": "a" * 64}],
    },
    "plans/typst/agreement.typ": _PLAN
    | {
        "mentor": "Ilze Žagariņa", "certificate": "MA-0117",
        "parts": [{"title": "Situācijas apraksts", "text": "Runāsim par skolu un nākotni."}] * 4,
    },
    "hours/typst/timesheet.typ": {
        "title": "Atbalsta pasākumu īstenošanas grafiks (individuāli)",
        "month": "2026. gada oktobris", "hour_minutes": 40,
        "learner": "Jānis Ķirsis", "class_name": "8. klase", "school": "Pļaviņu novada Ģimnāzija",
        "plan_number": "2026/1-0042", "mentor": "Ilze Žagariņa", "certificate_number": "MA-0117",
        "employer": "Ūdrīšu jauniešu centrs", "code": "SK-7F3K-92QD",
        "qr": qr_svg("https://celabiedrs.example/k/SK-7F3K-92QD"),
        "rows": _rows(), "show_starts": True, "empty_rows": 0, "held_hours": 32, "signed_hours": 32,
        "submitted_at": "02.11.2026. plkst. 16:05",
        "review": {
            "cooperation": "Laba.", "conclusions": "Turpināt.", "recommendations": "Ieteicams.", "on": "02.11.2026.",
        },
        "verification": {
            "by": "Māra Šķēle", "capacity": "atbildīgā persona", "at": "03.11.2026. plkst. 09:00", "hours": 32,
        },
    },
    "closing/typst/act.typ": {
        "title": "Grafiku nodošanas un pieņemšanas akts", "number": "NA-1111-2222-3333", "day": "20.12.2026.",
        "earlier": 1,
        "mentor": "Ilze Žagariņa", "school": "Pļaviņu novada Ģimnāzija", "learner": "Jānis Ķirsis", "stage": "8. klase",
        "plan": "2026/1-0042", "semester": "2026/27. m. g. 1. semestris",
        "sheets": [
            {"month": "2026. gada oktobris", "code": "SK-7F3K-92QD", "hours": 12, "state": "pārbaudīts",
             "original": "ieraksts šajā sistēmā"}
        ] * 30,
        "count": "30 grafiki", "hours": "360 akadēmiskās stundas", "hour_minutes": 40, "until": "31.12.2034.",
        "handed_at": "19.12.2026. plkst. 10:00", "receiver": "Anna Ozola", "received_at": "20.12.2026. plkst. 11:00",
    },
    "contracts/typst/contract.typ": {
        "mentor": "Ilze Žagariņa", "born": "03.03.1980.", "phone": "+371 20000000", "certificate": "MA-0117",
        "employer": "Ūdrīšu jauniešu centrs",
        "employer_kind": "jauniešu centrs, kas ir pašvaldības iestāde vai tās struktūrvienība",
        "address": "Skolas iela 1, Ūdrīši", "year": "2026/27", "semesters": "1. un 2. semestris",
        "since": "01.09.2026.",
        "until": "31.05.2027.", "signed_on": "28.08.2026.", "hour_minutes": 40,
        "number": "DL-7F3K-92QD", "project": "4.2.3.1/1/24/I/001", "month_hours": 20,
    },
    "pay/typst/run.typ": {
        "employer": "Ūdrīšu jauniešu centrs", "month": "2026. gada oktobris", "number": "AP-2026-10-1", "draft": False,
        "prepared": "Tīna Rudzīte, 05.11.2026. plkst. 10:00", "approved": "Anna Ozola, 06.11.2026. plkst. 9:00",
        "rows": [
            ["Ilze Žagariņa", "DL-7F3K-92QD", "IAP-2627-00042", "10.2026", "12 (svētkos 2)", "11,40", "136,80"]
        ] * 40,
        "hours": "480", "amount": "5472,00",
        "people": [["Ilze Žagariņa", "480", "5472,00", "1044,00", "vispārējā likme"]] * 20,
    },
    "supervision/typst/attendance.typ": {
        "number": "SA-7F3K-92QD", "mentor": "Ilze Žagariņa", "day": "07.11.2026.", "start": "10:00",
        "place": "Jēkabpils bibliotēka", "municipality": "Jēkabpils novads", "minutes": 180, "hours": 3,
        "hour_minutes": 60,
        "group": "A", "group_name": "jaunie mentori", "supervisor": "Laima Kalēja", "issued_on": "07.11.2026.",
    },
    "retention/typst/certificate.typ": {
        "number": "IZN-7F3K-92QD", "done_at": "02.01.2035. plkst. 10:00", "before": "01.01.2035.",
        "kept_until": "31.12.2034.",
        "plans": 40, "held": 1, "open": 0, "rows": [{"what": "tikšanās reizes", "count": 812}] * 40,
        "first": "0AF31B22", "second": "9E0C7D10",
    },
    "retention/typst/answer.typ": {
        "number": "DZ-7F3K-92QD", "about": "2026/1-0042", "of_mentor": False, "asked_on": "01.12.2026.",
        "answered_on": "10.12.2026.", "controller": "Pļaviņu novada pašvaldība", "contact": "dati@plavinas.example",
        "kept": [{
            "what": "individuālie atbalsta plāni ar tikšanās reizēm, grafikiem, dokumentiem un atalgojumu",
            "count": 1, "until": "31.12.2034.", "held": True,
        }],
        "erased": [{"what": "iesāktie atbalsta plānu melnraksti", "count": 2, "until": "", "held": False}],
    },
}  # fmt: skip


def templates() -> list[str]:
    """Every printed form there is."""
    return sorted(
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.glob("*/typst/*.typ")
        if path.parent.parent.name != "lib"
    )


def used(template: Path) -> set[str]:
    """The fields that a template reads."""
    return set(re.findall(r"\bd\.(\w+)", template.read_text("utf-8")))


def strange(value: Any, text: str, name: str = "") -> Any:
    """The same data with this text wherever somebody could have written one."""
    match value:
        case _ if name in AS_IT_IS:
            return value
        case str():
            return text
        case dict():
            return {key: strange(each, text, key) for key, each in value.items()}
        case list():
            return [strange(each, text) for each in value]
    return value
