"""The act by which a mentor's timesheets go to the school for keeping (ARC-1). Its form is our own reconstruction: no
official sample was at hand, and the print says so."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from celabiedrs.closing.models import HandOver
from celabiedrs.lib import clock
from celabiedrs.lib.documents import words
from celabiedrs.lib.documents.issuing import issue
from celabiedrs.lib.documents.models import IssuedDocument
from celabiedrs.lib.documents.typesetting import typeset
from celabiedrs.rules.parameters import whole
from celabiedrs.rules.retention import keep_until

TEMPLATE = Path(__file__).parent / "typst" / "act.typ"
TITLE = "Grafiku nodošanas un pieņemšanas akts"
KIND, SUBJECT = "hand_over", "HandOver"
STATES = {"verified": "pārbaudīts"}


def act_pdf(hand_over: HandOver) -> bytes:
    """The act as PDF/A-2a and PDF/UA-1; the same act gives the same bytes, before it is issued and after."""
    return typeset(TEMPLATE, act_for_print(hand_over), timestamp=hand_over.received_at or hand_over.handed_at)


def issue_act(hand_over: HandOver) -> IssuedDocument:
    """Keep the received act as it was issued; an earlier one is superseded and stays."""
    number = act_number(hand_over)
    document = issue(
        act_pdf(hand_over),
        kind=KIND,
        subject_kind=SUBJECT,
        subject_id=hand_over.pk,
        number=number,
        name=file_name(number),
        by=hand_over.received_by,
        template=TEMPLATE,
    )
    HandOver.objects.filter(pk=hand_over.pk).update(document=document)
    return document


def earlier_acts(hand_over: HandOver) -> list[IssuedDocument]:
    """Acts that were issued before the one that holds now, the first one first."""
    return earlier_of([hand_over])[hand_over.pk]


def earlier_of(acts: Iterable[HandOver]) -> dict[int, list[IssuedDocument]]:
    """The same of many, in one statement."""
    found: dict[int, list[IssuedDocument]] = {act.pk: [] for act in acts}
    issued = IssuedDocument.objects.filter(kind=KIND, subject_kind=SUBJECT, subject_id__in=found)
    now = {act.document_id for act in acts}
    for document in issued.select_related("stored_file").order_by("issued_at", "pk"):
        if document.pk not in now:
            found[document.subject_id].append(document)
    return found


def act_number(hand_over: HandOver) -> str:
    """A number about nobody; an act made again has the same one with a stroke and which one it is."""
    if hand_over.document is not None:
        return hand_over.document.number
    drawn = hand_over.public_id.hex[:12].upper()
    number = f"NA-{drawn[:4]}-{drawn[4:8]}-{drawn[8:]}"
    before = len(earlier_acts(hand_over))
    return f"{number}/{before + 1}" if before else number


def file_name(number: str) -> str:
    return f"nodosanas-akts-{number.replace('/', '-')}.pdf"


def act_for_print(hand_over: HandOver) -> dict[str, Any]:
    """The act as the template reads it: days and moments in their Latvian form."""
    plan = hand_over.plan
    hours = sum(sheet["hours"] for sheet in hand_over.sheets)
    count = len(hand_over.sheets)
    return {
        "title": TITLE,
        "number": act_number(hand_over),
        "day": words.day(clock.riga_day(hand_over.received_at or hand_over.handed_at)),
        "earlier": len(earlier_acts(hand_over)),
        "mentor": hand_over.mentor.name,
        "school": plan.institution.name,
        "learner": plan.learner.name,
        "stage": words.stage(plan.class_year, plan.course_year),
        "plan": plan.number,
        "semester": f"{plan.year}. m. g. {plan.semester}. semestris",
        "sheets": [_sheet(sheet) for sheet in hand_over.sheets],
        "count": words.counted(count, "grafiks", "grafiki"),
        "hours": words.counted(hours, "akadēmiskā stunda", "akadēmiskās stundas"),
        "hour_minutes": whole("academic_hour_minutes", clock.riga_day(hand_over.handed_at)),
        "until": words.day(keep_until(clock.riga_day(hand_over.handed_at))),
        "handed_at": words.moment(hand_over.handed_at),
        "receiver": hand_over.received_by.name if hand_over.received_by else "",
        "received_at": words.moment(hand_over.received_at),
    }


def _sheet(sheet: dict[str, Any]) -> dict[str, Any]:
    return {
        "month": words.month(date.fromisoformat(sheet["month"]), supplement=sheet["supplement"]),
        "code": sheet["code"],
        "hours": sheet["hours"],
        "state": STATES.get(sheet["state"], sheet["state"]),
        "original": "papīrs ar parakstiem" if sheet.get("paper") else "ieraksts šajā sistēmā",
    }
