"""The states of pay in the words of who reads them: the clerk, the mentor."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from celabiedrs.lib.look import shown
from celabiedrs.pay.models import PayRun, RunState
from celabiedrs.pay.reading.desk import MentorNow
from celabiedrs.pay.reading.mentor import OwnCorrection, OwnSheet

RUN_TONES: dict[str, str] = {
    RunState.PREPARED.value: "amber",
    RunState.APPROVED.value: "accent",
    RunState.SENT.value: "green",
    RunState.WITHDRAWN.value: "grey",
}
WAIT_TONES = {"open": "grey", "submitted": "amber", "returned": "red", "others": "grey", "unsigned": "red"}
OWN_TONES = {
    "open": "grey",
    "submitted": "amber",
    "returned": "red",
    "others": "amber",
    "unsigned": "red",
    "ready": "accent",
    "prepared": "accent",
    "approved": "accent",
    "sent": "green",
    "due": "amber",
}


def run_state(run: PayRun) -> str:
    return {
        RunState.PREPARED.value: _("waits for the head"),
        RunState.APPROVED.value: _("approved"),
        RunState.SENT.value: _("handed over to payroll"),
        RunState.WITHDRAWN.value: _("withdrawn"),
    }[run.state]


@dataclass(frozen=True)
class WaitingSheet:
    """A timesheet that waits, with its reason in words and whose turn it is."""

    number: str
    hours: int
    unsigned: int
    tone: str
    state: str
    text: str
    supplement: int


@dataclass(frozen=True)
class WaitingMentor:
    name: str
    sheets: tuple[WaitingSheet, ...]


def _why(why: str) -> tuple[str, str]:
    """The reason as a tag, and what it waits for."""
    return {
        "open": (_("not submitted"), _("The mentor submits the month.")),
        "submitted": (_("submitted"), _("The learner's school verifies it.")),
        "returned": (_("returned"), _("The mentor corrects it and submits it again.")),
        "others": (
            _("verified"),
            _("Waits for the mentor's other timesheets of this month (PAY-4)."),
        ),
        "unsigned": (_("nothing to pay"), _("No meeting is signed by both (LOG-8).")),
    }[why]


def waiting_mentor(mentor: MentorNow) -> WaitingMentor:
    return WaitingMentor(
        mentor.name,
        tuple(
            WaitingSheet(
                sheet.number,
                sheet.hours,
                sheet.unsigned,
                WAIT_TONES[sheet.why],
                *_why(sheet.why),
                sheet.supplement,
            )
            for sheet in mentor.sheets
        ),
    )


def own_state(standing: str) -> str:
    return {
        "open": _("not submitted"),
        "submitted": _("at the school"),
        "returned": _("returned to you"),
        "others": _("verified, waits"),
        "unsigned": _("pays nothing"),
        "ready": _("verified"),
        "prepared": _("in a run"),
        "approved": _("approved"),
        "sent": _("handed over to payroll"),
        "due": _("in a later run"),
    }[standing]


def own_text(sheet: OwnSheet) -> str:
    """What a timesheet waits for, to its mentor."""
    if sheet.standing == "sent":
        return _("Handed over on %(day)s.") % {"day": shown.day(sheet.sent_at)}
    return {
        "open": _("Your turn: submit the month when its meetings are over."),
        "submitted": _("The learner's school verifies the hours. There is nothing to be done by you."),
        "returned": sheet.returned_reason,
        "others": _("The employer pays the month when all your timesheets of it are verified (PAY-4)."),
        "unsigned": _("No meeting of this month is signed by both (LOG-8)."),
        "ready": _("Waits until %(employer)s prepares the run.") % {"employer": sheet.employer},
        "prepared": _("The run is prepared; the head of %(employer)s approves it.")
        % {"employer": sheet.employer},
        "approved": _("%(employer)s hands it over to payroll.") % {"employer": sheet.employer},
    }[sheet.standing]


def correction_text(correction: OwnCorrection) -> str:
    if correction.run_month is None:
        return _("The employer's next run of a later month carries it.")
    return _("Part of the run of %(month)s.") % {"month": shown.month(correction.run_month)}
