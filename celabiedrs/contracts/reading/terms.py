"""A contract in words: its state today, its term, the terms that can be chosen (CON-2)."""

from datetime import date

from django.utils.translation import gettext as _

from celabiedrs.contracts.models import Contract, ContractState
from celabiedrs.lib import clock
from celabiedrs.rules.calendar import Calendar
from celabiedrs.rules.contract import Span


def state_of(contract: Contract, span: Span | None) -> tuple[str, str]:
    """Words and tone; a signed contract without its copy stops its plans and comes first (CON-8)."""
    today = clock.today()
    if contract.state == ContractState.ENDED and (span is None or today > span.until):
        return _("ended early"), "grey"
    if span is None or today > span.until:
        return _("its term is over"), "grey"
    if contract.state == ContractState.ENDED:
        return _("in force until its early end"), "amber"
    if contract.scan_id is None:
        return _("its copy is missing"), "red"
    return (_("in force"), "green") if today >= span.since else (_("not begun yet"), "accent")


def term_words(contract: Contract) -> str:
    if contract.first_semester != contract.last_semester:
        return whole_year(contract.year)
    return one_semester(contract.year, contract.first_semester)


def whole_year(year: str) -> str:
    return _("school year %(year)s, both semesters") % {"year": year}


def one_semester(year: str, number: int) -> str:
    return _("school year %(year)s, semester %(number)s") % {"year": year, "number": number}


def terms_ahead(calendar: Calendar, today: date) -> list[tuple[str, str]]:
    """What can be chosen: each semester that is not over in the next two years of school, and each year whole."""
    ahead = [
        label
        for label in calendar.labels()
        if (end := calendar.latest_end(label)) is not None and end >= today
    ][:4]
    terms: list[tuple[str, str]] = []
    for year in dict.fromkeys(label.rpartition("-")[0] for label in ahead):
        numbers = [int(label.rpartition("-")[2]) for label in ahead if label.startswith(year)]
        if len(numbers) == 2:
            terms.append((f"{year}-1+{year}-2", whole_year(year)))
        terms.extend((f"{year}-{number}", one_semester(year, number)) for number in numbers)
    return terms
