"""The evidence pack of one month of a plan: one PDF/A-3 with every paper inside, under the service's seal."""

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from celabiedrs.closing.models import Evaluation
from celabiedrs.evidence.reading.chain import Chain
from celabiedrs.hours.documents import KIND as SHEET_KIND
from celabiedrs.hours.documents import sheet_of, timesheet_pdf
from celabiedrs.hours.models import Meeting
from celabiedrs.lib import clock
from celabiedrs.lib.audit.chain import head
from celabiedrs.lib.documents import words
from celabiedrs.lib.documents.issuing import in_force
from celabiedrs.lib.documents.sealed import SUMS, fingerprint, list_of_sums, seal
from celabiedrs.lib.documents.typesetting import PDF, typeset
from celabiedrs.lib.files.damage import Damaged, open_whole
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.plans.models import Agreement, SupportRequest
from celabiedrs.rules.completeness import AHEAD, THERE

TEMPLATE = Path(__file__).parent / "typst" / "pack.typ"
KIND = "evidence_pack"
STATES = {THERE: "ir", AHEAD: "vēl nav kārta"}
ENDINGS = {
    PDF: "pdf", "image/jpeg": "jpg", "image/png": "png", "application/vnd.etsi.asic-e+zip": "asice",
}  # fmt: skip
SIGNED = {"device": "sistēmā", "paper": "uz papīra", "": "nav"}


@dataclass(frozen=True)
class Inside:
    """A file that goes into the pack; `content` is None where it is missing or altered in storage."""

    name: str
    title: str
    mime: str
    content: bytes | None


def pack_pdf(chain: Chain, *, at: datetime | None = None) -> bytes:
    """The sealed pack. A file that is missing or altered in storage is named on its first page and left out."""
    made_at = at or clock.now()
    end = str(head())
    inside = list(_inside(chain))
    files = {one.name: one.content for one in inside if one.content is not None}
    sums = list_of_sums(files, head=end, made_at=made_at.isoformat(timespec="seconds"))
    data = _for_print(chain, inside, made_at=made_at, end=end)
    return seal(typeset(TEMPLATE, data, timestamp=made_at, files={**files, SUMS: sums}))


def pack_name(chain: Chain) -> str:
    return f"pierādījumi-{chain.plan.number.replace('/', '-')}-{chain.month:%Y-%m}.pdf"


def zipped(packs: Sequence[tuple[str, bytes]]) -> bytes:
    """The packs of a sample in one ZIP; each is compressed inside already."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in packs:
            archive.writestr(name, content)
    return made.getvalue()


def _inside(chain: Chain) -> Iterator[Inside]:
    """Every paper of the chain as a file: what was issued or stored, as it is; the timesheet set where it was not."""
    for number, sheet in enumerate(chain.sheets, 1):
        issued = in_force(kind=SHEET_KIND, subject_kind=SHEET_KIND, subject_id=sheet.pk)
        if issued is not None:
            yield _stored(f"grafiks-{number}", "Grafiks", issued.stored_file)
        else:
            moment = sheet.verified_at or sheet.submitted_at or clock.now()
            content = timesheet_pdf(sheet_of(sheet), timestamp=moment)
            yield Inside(f"grafiks-{number}.pdf", "Grafiks", PDF, content)
        if sheet.paper_scan is not None:
            yield _stored(f"grafiks-{number}-parakstits", "Ar tinti parakstītais grafiks", sheet.paper_scan)
    request = SupportRequest.objects.filter(plan=chain.plan).select_related("scan").first()
    if request is not None and request.scan is not None:
        yield _stored("iesniegums", "Iesniegums", request.scan)
    agreements = Agreement.objects.filter(plan=chain.plan).select_related("scan").order_by("pk")
    for number, agreement in enumerate(agreements, 1):
        if agreement.scan is not None:
            yield _stored(f"vienosanas-{number}", "Vienošanās", agreement.scan)
    contract = chain.assignment.contract if chain.assignment else None
    if contract is not None and contract.scan is not None:
        yield _stored("ligums", "Darba līgums", contract.scan)
    if chain.plan.extension_order is not None:
        yield _stored("rikojums", "Rīkojums par pagarinājumu", chain.plan.extension_order)


def _stored(name: str, title: str, stored: StoredFile) -> Inside:
    file = f"{name}.{ENDINGS.get(stored.media_type, 'bin')}"
    try:
        with open_whole(stored) as opened:
            return Inside(file, title, stored.media_type, opened.read())
    except Damaged:
        return Inside(file, title, stored.media_type, None)


# ---------------------------------------------------------------------- as it is printed


def _for_print(chain: Chain, inside: Sequence[Inside], *, made_at: datetime, end: str) -> dict[str, Any]:
    contract = chain.assignment.contract if chain.assignment else None
    there = [one for one in inside if one.content is not None]
    return {
        "number": chain.plan.number,
        "month": words.month(chain.month),
        "learner": chain.plan.learner.name,
        "school": chain.plan.institution.name_on(chain.month),
        "mentor": chain.mentor_name,
        "employer": contract.employer.name_on(chain.month) if contract else "",
        "made_at": words.moment(made_at),
        "head": end,
        "fingerprint": fingerprint(),
        "steps": [_step(step) for step in chain.steps],
        "papers": list(_papers(chain)),
        "meetings": [_meeting(row) for row in chain.meetings],
        "lines": [_line(row) for row in chain.lines],
        "files": [{"name": one.name, "mime": one.mime, "title": one.title} for one in there]
        + [{"name": SUMS, "mime": "application/json", "title": "Kontrolsummu saraksts"}],
        "listed": [_listed(one) for one in inside],
    }


def _step(step: Any) -> dict[str, str]:
    standing = step.standing
    turn = f"{step.turn}, {words.day(standing.since)}" if standing.turn else ""
    return {
        "label": step.label,
        "clause": standing.clause,
        "state": STATES.get(standing.state, "trūkst"),
        "turn": turn.rstrip(", "),
    }


def _papers(chain: Chain) -> Iterator[dict[str, str]]:
    """Decisions with the words of anyone who took them, the contract, the checks, the evaluation, each with its day."""
    for decision in chain.plan.decisions.select_related("by").order_by("at", "pk"):
        yield {
            "what": f"Eksperta lēmums: {decision.get_kind_display()}",
            "text": f"{words.moment(decision.at)}, {decision.by.name}. {decision.reason}".strip(),
        }
    stand = chain.assignment
    if stand is not None:
        contract = stand.contract
        yield {"what": "Darba līgums", "text": f"{contract.number} {words.day(contract.signed_on)}".strip()}
        for check in stand.mentor.checks.filter(employer=contract.employer_id).order_by("checked_on", "pk"):
            outcome = f"{words.day(check.checked_on)}: {check.get_outcome_display()}"
            yield {"what": str(check.get_ground_display()), "text": outcome}
    for sheet in chain.sheets:
        by = sheet.verified_by.name if sheet.verified_by else ""
        if sheet.declared_at:
            yield {"what": "Apliecinājums par dubulto finansējumu", "text": words.moment(sheet.declared_at)}
        if sheet.verified_at:
            yield {"what": "Mēnesi pārbaudīja", "text": f"{words.moment(sheet.verified_at)}, {by}"}
    for evaluation in Evaluation.objects.filter(plan=chain.plan).order_by("pk"):
        marks = ", ".join(str(mark) for mark in evaluation.closed)
        yield {"what": "Atbalsta izvērtējums", "text": f"{words.moment(evaluation.given_at)}: {marks}"}


def _meeting(row: Meeting) -> dict[str, Any]:
    return {
        "on": words.day(row.held_on),
        "hours": row.hours,
        "topic": row.topic or str(row.get_outcome_display()),
        "learner": SIGNED[row.learner_means],
        "mentor": SIGNED[row.mentor_means],
    }


def _line(row: Any) -> dict[str, Any]:
    run = row.run
    return {
        "run": f"{words.month(run.month)}, {run.employer.name_on(run.month)}",
        "hours": row.hours,
        "rate": f"{row.rate:.2f} €".replace(".", ","),
        "amount": f"{row.amount:.2f} €".replace(".", ","),
        "approved": words.moment(run.approved_at) or "nav apstiprināts",
    }


def _listed(one: Inside) -> dict[str, str]:
    if one.content is None:
        return {"title": f"{one.title} ({one.name})", "sha256": "TRŪKST VAI IR MAINĪTA GLABĀTAVĀ"}
    return {"title": f"{one.title} ({one.name})", "sha256": hashlib.sha256(one.content).hexdigest()}
