"""The certificate of a disposal, and the answer to who asked for erasure, as PDF. Numbers and days; no names."""

from datetime import date
from pathlib import Path
from typing import Any

from celabiedrs.lib import clock
from celabiedrs.lib.codes import new_code
from celabiedrs.lib.documents import words
from celabiedrs.lib.documents.failures import issue_each
from celabiedrs.lib.documents.issuing import in_force, issue
from celabiedrs.lib.documents.models import IssuedDocument
from celabiedrs.lib.documents.typesetting import typeset
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution
from celabiedrs.retention.models import Disposal, ErasureRequest
from celabiedrs.rules.retention import keep_until

CERTIFICATE, ANSWER = "disposal_certificate", "erasure_answer"
TYPST = Path(__file__).parent / "typst"
ROWS = {
    "SupportPlan": "individuālie atbalsta plāni",
    "Learner": "izglītojamo kartītes",
    "LearnerCorrection": "izglītojamo datu labojumi",
    "Risk": "riski",
    "SupportRequest": "iesniegumi",
    "Agreement": "vienošanās",
    "AgreementText": "vienošanos teksti",
    "AgreementSignature": "vienošanos paraksti",
    "AgreementDraft": "vienošanos melnraksti",
    "MentorAssignment": "mentoru piesaistes",
    "PlanDecision": "eksperta lēmumi",
    "PlanSubmission": "IAP iesniegšanas",
    "PlanQuestion": "jautājumi un atbildes",
    "Amendment": "IAP grozījumi",
    "Suspension": "IAP apturēšanas",
    "MonthlyTalk": "sarunas par norisi",
    "AuditSample": "revīzijas izlases rindas",
    "DrawnPlan": "izlozētie IAP",
    "Timesheet": "grafiki",
    "Meeting": "tikšanās reizes",
    "MeetingSignature": "tikšanās paraksti",
    "NoMeetings": "paziņojumi par mēnesi bez tikšanās",
    "NextMeeting": "plānotās tikšanās",
    "CooperationReview": "sadarbības izvērtējumi",
    "PayRun": "atalgojuma saraksti",
    "PayLine": "atalgojuma rindas",
    "Correction": "labojumi",
    "CorrectionPart": "labojumu daļas",
    "Evaluation": "mentoru izvērtējumi",
    "PreparerFeedback": "sagatavotāja atgriezeniskā saite",
    "PlanEnd": "IAP noslēgumi",
    "ReviewExcuse": "iemesli, kāpēc nav sadarbības izvērtējuma",
    "PlannedEnding": "izvēles, kā turpināt pēc IAP",
    "HandOver": "nodošanas akti",
    "SafeguardingReport": "ziņojumi par briesmām",
    "ReportStep": "ziņojumu gaita",
    "SafeguardingReport_left_out": "ziņojumos norādītie izņēmumi",
    "Contract": "darba līgumi",
    "ReplacedCopy": "aizstātās līgumu kopijas",
    "Prolongation": "līgumu pagarinājumi",
    "PersonalCode": "personas kodi",
    "LearnerTransfer": "izglītojamo pārejas",
    "PlanSketch": "IAP melnraksti",
    "Original": "oriģinālu glabāšanas vietas",
    "IssuedDocument": "izsniegtie dokumenti",
    "StoredFile": "datnes",
    "Event": "notikumu ieraksti",
    "Look": "skatījumu ieraksti",
    "Message": "paziņojumi",
}
"""What a disposal counts, as the certificate says it. Latvian alone: it is a paper of the programme."""

PARTS = {
    "plans": "individuālie atbalsta plāni ar tikšanās reizēm, grafikiem, dokumentiem un atalgojumu",
    "learner": "izglītojamā kartīte",
    "drafts": "neapstiprinātie atbalsta plāni",
    "sketches": "iesāktie atbalsta plānu melnraksti",
    "agreement_drafts": "neparakstītie vienošanās teksti",
    "mentor": "ieraksts mentoru reģistrā ar līgumiem un atalgojumu",
    "candidate": "mentora kandidāta ieraksts bez apliecības",
    "talks": "pārrunas ar mentoru, kurām nebija iznākuma",
}


def rows_of(disposal: Disposal) -> list[tuple[str, int]]:
    """What went, in words, the largest number first; a table that has no word here stands by its name."""
    counted: dict[str, int] = disposal.counts.get("rows", {})
    rows = [(ROWS.get(name, name), number) for name, number in counted.items()]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def certificate_pdf(disposal: Disposal, number: str) -> bytes:
    """The certificate as PDF/A-2a and PDF/UA-1. The two administrators stand by the numbers of their accounts."""
    data = {
        "number": number,
        "done_at": words.moment(disposal.done_at),
        "before": words.day(disposal.before),
        "kept_until": words.day(keep_until(clock.riga_day(disposal.done_at))),
        "plans": disposal.disposed,
        "held": disposal.counts.get("held", 0),
        "open": disposal.counts.get("open", 0),
        "rows": [{"what": what, "count": count} for what, count in rows_of(disposal)],
        "first": account_of(disposal.done_by),
        "second": account_of(disposal.agreed_by),
    }
    return typeset(TYPST / "certificate.typ", data, timestamp=disposal.done_at)


def account_of(person: User) -> str:
    """By which an account can be told from another on paper, without the name."""
    return person.public_id.hex[:8].upper()


def issue_certificates() -> int:
    """Issue the certificates of disposals that have none yet; says how many."""
    issued = IssuedDocument.objects.filter(kind=CERTIFICATE, subject_kind="Disposal").order_by()
    waiting = Disposal.objects.exclude(pk__in=issued.values("subject_id")).order_by("pk")
    return issue_each(waiting, _issue_certificate, kind=CERTIFICATE)


def _issue_certificate(disposal: Disposal) -> None:
    number = new_code("IZN")
    issue(
        certificate_pdf(disposal, number),
        kind=CERTIFICATE,
        subject_kind="Disposal",
        subject_id=disposal.pk,
        number=number,
        name=f"iznicinasanas-akts-{number}.pdf",
        by=None,
        template=TYPST / "certificate.typ",
        at=disposal.done_at,
    )


def certificate_of(disposal: Disposal) -> IssuedDocument | None:
    return in_force(kind=CERTIFICATE, subject_kind="Disposal", subject_id=disposal.pk)


def answer_pdf(request: ErasureRequest) -> bytes:
    """The answer to who asked, to be printed and handed over."""
    assert request.answered_at is not None  # only an answered request has an answer
    place = request.institution
    data: dict[str, Any] = {
        "number": request.number,
        "about": request.thing_number,
        "of_mentor": request.kind == "Mentor",
        "asked_on": words.day(request.asked_on),
        "answered_on": words.day(clock.riga_day(request.answered_at)),
        "kept": [_part(part) for part in request.kept],
        "erased": [_part(part) for part in request.erased],
        "controller": _controller(place),
        "contact": place.data_protection_contact if place else "",
    }
    return typeset(TYPST / "answer.typ", data, timestamp=request.answered_at)


def _controller(place: Institution | None) -> str:
    return (place.controller or place.name) if place else "programma “Ceļabiedrs”"


def _part(part: dict[str, Any]) -> dict[str, Any]:
    until = date.fromisoformat(part["until"]) if part["until"] else None
    return {
        "what": PARTS.get(part["what"], part["what"]),
        "count": part["count"],
        "until": words.day(until),
        "held": bool(part.get("held")),
    }


def issue_answer(request: ErasureRequest, *, by: User) -> IssuedDocument:
    return issue(
        answer_pdf(request),
        kind=ANSWER,
        subject_kind="ErasureRequest",
        subject_id=request.pk,
        number=request.number,
        name=f"atbilde-{request.number}.pdf",
        by=by,
        template=TYPST / "answer.typ",
    )


def answer_of(request: ErasureRequest) -> IssuedDocument | None:
    return in_force(kind=ANSWER, subject_kind="ErasureRequest", subject_id=request.pk)
