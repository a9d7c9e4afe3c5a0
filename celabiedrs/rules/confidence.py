"""The wall and the door: private notes (CNF-1) and reports of danger (CNF-2)."""

import re
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from celabiedrs.rules.breach import N_, Breach, Caution, Finding, rule
from celabiedrs.rules.calendar import months_later
from celabiedrs.rules.parameters import whole
from celabiedrs.rules.reading import read_integer, read_text

DIALLED = re.compile(r"\+?[0-9][0-9 ]{1,30}", re.ASCII)
STEP_CHARACTERS = 300
GROUNDS = ("danger", "radicalisation")


@rule("CNF-1")
def note(*, text: object, notes_enabled: bool) -> Iterator[Finding]:
    """[CNF-1] A private note holds words, where the programme has private notes at all."""
    if not notes_enabled:
        yield Breach("CNF-1", N_("The programme has switched private notes off."))
    if not read_text(text):
        yield Breach(
            "CNF-1", N_("The note is empty."), N_("Write the note, or leave the page."), field="text"
        )


def notes_erased_on(ended_on: date) -> date:
    """The day on which the notes about a plan are erased: six months after it ended."""
    return months_later(ended_on, whole("notes_erased_months", ended_on))


@rule("CNF-2")
def report(*, grounds: object, text: object, services: object, recipients: int) -> Iterator[Finding]:
    """[CNF-2] A report says what was seen and whether a child is in danger or shows signs of radical
    behaviour. It is never refused for the state of a plan; without a service or a reader at the school it is
    warned."""
    if grounds not in GROUNDS:
        yield Breach(
            "CNF-2",
            N_("It is not said what the report is about."),
            N_("Choose danger or radicalisation."),
            field="grounds",
        )
    if not read_text(text):
        yield Breach(
            "CNF-2",
            N_("The report is empty."),
            N_("Say what you saw or heard, in your own words."),
            field="text",
        )
    if not isinstance(services, Collection) or isinstance(services, str) or not services:
        yield Caution(
            "CNF-2",
            N_("No service is named. The law asks for a report to a service on the same day."),
            N_("In danger call 112 or 110 first."),
        )
    if recipients <= 0:
        yield Caution("CNF-2", N_("Nobody at the school receives this report; it goes to the programme."))


@rule("CNF-2")
def report_step(*, what: object) -> Iterator[Finding]:
    """[CNF-2] Whatever is done about a report, its closing too, is written down."""
    if not read_text(what):
        yield Breach(
            "CNF-2",
            N_("It is not said what was done."),
            N_("Say in a few words what was done."),
            field="what",
        )
    if len(read_text(what)) > STEP_CHARACTERS:
        yield Breach(
            "CNF-2",
            N_("What was done is told at too great a length."),
            N_("Write at most 300 characters; add another step."),
            field="what",
        )


@rule("CNF-2")
def service_number(*, name: object, phone: object, purpose: object, position: object) -> Iterator[Finding]:
    """[CNF-2] A service that people call in danger has a name, a number that a telephone can dial, and says what it is
    for."""
    if not read_text(name):
        yield Breach("CNF-2", N_("The service has no name."), N_("Enter the name."), field="name")
    if not DIALLED.fullmatch(read_text(phone)):
        yield Breach(
            "CNF-2",
            N_("The number cannot be dialled."),
            N_("Enter digits only, with + before a country's number."),
            field="phone",
        )
    if not read_text(purpose):
        yield Breach(
            "CNF-2",
            N_("It is not said when to call."),
            N_("Say in a few words what the service is for."),
            field="purpose",
        )
    if (place := read_integer(position)) is None or not 0 <= place <= 999:
        yield Breach(
            "CNF-2",
            N_("The place in the list is not a number."),
            N_("Enter a number from 0 to 999."),
            field="position",
        )


@rule("CNF-2")
def emergency_number(*, stays: bool, everywhere: bool) -> Iterator[Finding]:
    """[CNF-2] The page of danger is never without a number for life in danger, in no region."""
    if not stays:
        yield Breach(
            "CNF-2", N_("It is the last emergency number."), N_("Change it instead of taking it away.")
        )
    if not everywhere:
        yield Breach(
            "CNF-2", N_("An emergency number holds everywhere."), N_("Choose all regions."), field="region"
        )


def escalates_at(raised_at: datetime) -> datetime:
    """The moment from which a report that nobody has acknowledged goes to the next person."""
    return raised_at + timedelta(minutes=whole("report_escalates_minutes", raised_at.date()))
