"""Keeping to the end of 2034, holds, and disposal by two people (ARC-1)."""

from collections.abc import Hashable, Iterator
from datetime import date

from celabiedrs.rules.breach import N_, Breach, Finding, rule
from celabiedrs.rules.parameters import last_day
from celabiedrs.rules.reading import read_day, read_text


def keep_until(day: date) -> date:
    """The last day on which a record made on `day` is kept, that day included."""
    return last_day("keep_until", day)


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
            "ARC-1", N_("The day before which records are disposed of is missing."), N_("Enter a date.")
        )
    elif read > today:
        yield Breach(
            "ARC-1",
            N_("Disposal before %(day)s is possible from that day on."),
            N_("Records are kept until the end of their last day."),
            {"day": read},
        )
    if agreed_by is None or agreed_by == administrator:
        yield Breach(
            "ARC-1",
            N_("A disposal needs the agreement of a second administrator."),
            N_("Ask another administrator to agree."),
        )


@rule("ARC-1")
def hold(*, reason: object) -> Iterator[Finding]:
    """[ARC-1] A hold, and its release, says why."""
    if not read_text(reason):
        yield Breach("ARC-1", N_("A hold and its release need a reason."), N_("Say in a few words why."))


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
