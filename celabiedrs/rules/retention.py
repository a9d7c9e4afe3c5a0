"""Keeping to the end of 2034, holds, and disposal by two people (ARC-1)."""

from collections.abc import Hashable, Iterator
from datetime import date, timedelta

from celabiedrs.rules.breach import N_, Breach, Finding, rule
from celabiedrs.rules.calendar import months_later
from celabiedrs.rules.parameters import last_day, parameters, whole
from celabiedrs.rules.reading import read_day, read_text


def keep_until(day: date) -> date:
    """The last day on which a record made on `day` is kept, that day included."""
    return last_day("keep_until", day)


def erased_on(length: str, since: date, today: date) -> date:
    """The day on which what is kept for a shorter time goes: so many months or days after `since`.

    `length`: the parameter that says how many. The value of today holds for older records, too.
    """
    kept = whole(length, today)
    if parameters()[length].unit == "days":
        return since + timedelta(days=kept)
    return months_later(since, kept)


def lapses_from(length: str, day: date, today: date) -> date:
    """The last `since` of which `erased_on` has come by `day`: short months let several days end on one."""
    kept = whole(length, today)
    if parameters()[length].unit == "days":
        return day - timedelta(days=kept)
    since = months_later(day, -kept)
    while erased_on(length, since + timedelta(days=1), today) <= day:
        since += timedelta(days=1)
    return since


def may_be_disposed(*, kept_until: date, before: date, on_hold: bool) -> bool:
    """Whether a disposal of what was to be kept until a day before `before` takes this record."""
    return kept_until < before and not on_hold


@rule("ARC-1")
def disposal(
    *, before: object, administrator: Hashable, agreed_by: Hashable | None, today: date
) -> Iterator[Finding]:
    """[ARC-1] Nothing is disposed of before its day, and never by one person alone.

    `agreed_by`: the second administrator, None when missing or no administrator.
    """
    read = read_day(before)
    if read is None:
        yield Breach(
            "ARC-1",
            N_("The day before which records are disposed of is missing."),
            N_("Enter a date."),
            field="before",
        )
    elif read > today:
        yield Breach(
            "ARC-1",
            N_("Disposal before %(day)s is possible from that day on."),
            N_("Records are kept until the end of their last day."),
            {"day": read},
            field="before",
        )
    if agreed_by is None or agreed_by == administrator:
        yield Breach(
            "ARC-1",
            N_("A disposal needs the agreement of a second administrator."),
            N_("Ask another administrator to agree."),
            field="agreed_by",
        )


@rule("ARC-1")
def proposal(*, before: object, today: date, anything: bool, open_already: bool) -> Iterator[Finding]:
    """[ARC-1] A disposal is proposed for a day that has come, when something would go, and one at a time."""
    yield from disposal(before=before, administrator=1, agreed_by=2, today=today)
    if not anything:
        yield Breach(
            "ARC-1",
            N_("Nothing would be disposed of with this day."),
            N_("Look at the list: what is on hold or still open is passed over."),
            field="before",
        )
    if open_already:
        yield Breach(
            "ARC-1",
            N_("Another disposal waits for agreement already."),
            N_("Answer that one first."),
        )


@rule("ARC-1")
def answer(*, proposed_by: Hashable, administrator: Hashable, unchanged: bool) -> Iterator[Finding]:
    """[ARC-1] Who prepared a disposal does not agree to it, and nobody agrees to another list than was proposed."""
    if proposed_by == administrator:
        yield Breach(
            "ARC-1",
            N_("Who prepared a disposal cannot agree to it."),
            N_("Ask another administrator to agree."),
        )
    if not unchanged:
        yield Breach(
            "ARC-1",
            N_("The list is no longer the one that was proposed."),
            N_("Decline it and prepare it again."),
        )


@rule("ARC-1")
def declined(*, reason: object) -> Iterator[Finding]:
    """[ARC-1] Who declines a disposal says why."""
    if not read_text(reason):
        yield Breach("ARC-1", N_("It is not said why."), N_("Say in a few words why."), field="reason")


@rule("ARC-1")
def erasure_request(*, found: bool, asked_on: object, today: date) -> Iterator[Finding]:
    """[ARC-1] A request to erase says whose data are meant and on which day it came in."""
    if not found:
        yield Breach(
            "ARC-1",
            N_("Nothing with this number was found."),
            N_("Look at the number and enter it again."),
            field="number",
        )
    day = read_day(asked_on)
    if day is None:
        yield Breach(
            "ARC-1", N_("The day on which it was asked is missing."), N_("Enter a date."), field="asked_on"
        )
    elif day > today:
        yield Breach(
            "ARC-1",
            N_("The request lies in the future."),
            N_("Enter the day on which it came in."),
            field="asked_on",
        )


@rule("ARC-1")
def hold(*, reason: object) -> Iterator[Finding]:
    """[ARC-1] A hold, and its release, says why."""
    if not read_text(reason):
        yield Breach(
            "ARC-1",
            N_("A hold and its release need a reason."),
            N_("Say in a few words why."),
            field="reason",
        )


@rule("ARC-1")
def erasure_asked(*, kept_until: date, today: date) -> Iterator[Finding]:
    """[ARC-1] A request to erase a record before its day is refused with the reason."""
    if today <= kept_until:
        yield Breach(
            "ARC-1",
            N_("The programme's records are kept until %(until)s; until then they are not erased."),
            N_("After that day they are disposed of."),
            {"until": kept_until},
        )
