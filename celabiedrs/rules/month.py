"""Signatures, changes and the month: submitting, verifying, correcting (LOG-7 … LOG-12, CON-9, DUT-1)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from celabiedrs.rules.breach import N_, Breach, Caution, Finding, rule
from celabiedrs.rules.calendar import month_end
from celabiedrs.rules.parameters import whole
from celabiedrs.rules.reading import (
    hours_or_none,
    month_words,
    read_month,
    read_text,
)

PARTIES = ("learner", "mentor", "both")


@rule("LOG-7")
def signature(*, party: object, means: object, means_allowed: Collection[str]) -> Iterator[Finding]:
    """[LOG-7] The learner and the mentor sign each meeting, by means that the programme takes as proof."""
    if party not in PARTIES:
        yield Breach(
            "LOG-7",
            N_("It is not said who signs."),
            N_("Choose the learner, the mentor or both."),
            field="party",
        )
    if not isinstance(means, str) or means not in means_allowed:
        yield Breach(
            "LOG-7",
            N_("This kind of signature does not count as proof."),
            N_("Sign by one of the means that the programme takes: %(means)s."),
            {"means": tuple(means_allowed)},
            field="means",
        )


@rule("LOG-7", "LOG-10")
def change_has_reason(*, reason: object, signed: bool, voided: bool) -> Iterator[Finding]:
    """[LOG-7] [LOG-10] Changing a row that somebody has signed, and voiding any row, says why. A row that
    nobody has signed yet is changed without a reason."""
    if read_text(reason) or not (signed or voided):
        return
    if signed:
        yield Breach(
            "LOG-7",
            N_("The meeting is signed; a change takes both signatures away and needs a reason."),
            N_("Say in a few words why."),
            field="reason",
        )
    yield Breach(
        "LOG-10",
        N_("A row of the diary is corrected or voided only with a reason."),
        N_("Say in a few words why."),
        field="reason",
    )


@rule("LOG-9")
def month_given(*, month: object) -> Iterator[Finding]:
    """[LOG-9] A timesheet is of one calendar month."""
    if read_month(month) is None:
        yield Breach(
            "LOG-9",
            N_("The month is missing or is no month."),
            N_("Enter year and month, for example 2026-10."),
            field="month",
        )


@dataclass(frozen=True, slots=True)
class MonthRows:
    """What a month of one mentor on one plan holds: rows not voided, and of the held ones how many lack a
    signature.

    `later`: whether this mentor has rows of this plan in a later month.
    """

    rows: int
    unsigned: int = 0
    later: bool = False


def is_last_timesheet(*, month: date, last_day: date, later: bool, today: date) -> bool:
    """Whether a month is a mentor's last on a plan (LOG-12).

    `last_day`: the last day on which this mentor could meet, that is the plan's last day or its end, the
    order's last day on an extended plan, or the former mentor's last day after a change. After that day the
    latest month with rows is the last one, whichever it is.
    """
    return not later and (month_end(month) >= month_end(last_day) or today > last_day)


def submission_findings(
    *,
    month: date,
    rows: MonthRows,
    last_day: date,
    declared: object,
    reviewed: bool,
    today: date,
) -> Iterator[Finding]:
    """Everything that submitting a month asks. `declared` is the raw argument: only True counts."""
    yield from has_meetings(rows=rows.rows, month=month)
    yield from month_over(month=month, last_day=last_day, today=today)
    yield from no_double_funding(declared=declared)
    if is_last_timesheet(month=month, last_day=last_day, later=rows.later, today=today):
        yield from review_before_last(reviewed=reviewed)
    yield from unsigned_rows(unsigned=rows.unsigned)


@rule("LOG-9")
def has_meetings(*, rows: int, month: date) -> Iterator[Finding]:
    """[LOG-9] A month without meetings has no timesheet."""
    if rows <= 0:
        yield Breach(
            "LOG-9",
            N_("In %(month)s there are no meetings, so there is no timesheet to submit."),
            N_("Say “no meetings” for this month instead."),
            {"month": month_words(month)},
            field="month",
        )


@rule("LOG-11")
def month_over(*, month: date, last_day: date, today: date) -> Iterator[Finding]:
    """[LOG-11] A month is submitted when it is over, or when the plan's last day has passed."""
    if today <= min(month_end(month), max(last_day, month.replace(day=1))):
        yield Breach(
            "LOG-11",
            N_("%(month)s is not over yet."),
            N_("It can be submitted after %(until)s."),
            {
                "month": month_words(month),
                "until": min(month_end(month), max(last_day, month.replace(day=1))),
            },
            field="month",
        )


@rule("CON-9")
def no_double_funding(*, declared: object) -> Iterator[Finding]:
    """[CON-9] With each month the mentor declares that no other project counts or pays these hours."""
    if declared is not True:
        yield Breach(
            "CON-9",
            N_("The declaration that no other project pays for these hours is missing."),
            N_("Confirm the declaration, or remove the hours that another project pays."),
            field="declared",
        )


@rule("LOG-12")
def review_before_last(*, reviewed: bool) -> Iterator[Finding]:
    """[LOG-12] The last timesheet of a plan, or of a mentor on it, carries the review of the cooperation."""
    if not reviewed:
        yield Breach(
            "LOG-12",
            N_("This is the last timesheet; the review of the cooperation is missing."),
            N_("Write the review, then submit the month."),
        )


@rule("LOG-8")
def unsigned_rows(*, unsigned: int) -> Iterator[Finding]:
    """[LOG-8] A row without both signatures goes with the month, stays visible and pays nothing."""
    if unsigned > 0:
        yield Caution(
            "LOG-8",
            N_("Meetings without both signatures: %(unsigned)s. They pay nothing until they are signed."),
            N_("Sign them first, or go on and sign them after the month is returned or reopened."),
            {"unsigned": unsigned},
        )


@rule("LOG-12", "LOG-13")
def review(*, text: object, recommendation: object) -> Iterator[Finding]:
    """[LOG-12] [LOG-13] The review says how the cooperation went and recommends to continue or to close."""
    if not read_text(text):
        yield Breach(
            "LOG-12",
            N_("The review of the cooperation is empty."),
            N_("Write a few sentences."),
            field="text",
        )
    if recommendation not in ("continue", "close"):
        yield Breach(
            "LOG-13",
            N_("The recommendation is missing."),
            N_("Choose to continue or to close."),
            field="recommendation",
        )


@rule("DUT-1")
def another_verifies(*, is_mentor: bool) -> Iterator[Finding]:
    """[DUT-1] Anyone who is the mentor of the hours does not verify, return, reopen or correct them."""
    if is_mentor:
        yield Breach(
            "DUT-1",
            N_("Nobody checks hours of their own."),
            N_("Another responsible person of the school does it."),
        )


@rule("LOG-10")
def paper_agrees(*, paper_hours: object, paper_sum: int, any_paper: bool) -> Iterator[Finding]:
    """[LOG-10] What the signed paper adds up to is typed in and equals the diary's rows that were signed on
    paper."""
    if paper_hours in (None, ""):
        if any_paper:
            yield Breach(
                "LOG-10",
                N_("Some meetings were signed on paper; the sum of the signed sheet is missing."),
                N_("Enter the hours that the signed sheet adds up to."),
                field="paper_hours",
            )
        return
    read = hours_or_none(paper_hours)
    if isinstance(read, Breach):
        yield Breach(
            "LOG-10",
            N_("The sum of the signed sheet is no whole number."),
            N_("Enter the hours that the signed sheet adds up to."),
            field="paper_hours",
        )
    elif read != paper_sum:
        yield Breach(
            "LOG-10",
            N_("The signed sheet adds up to %(paper)s hours, the diary's rows signed on paper to %(diary)s."),
            N_("Return the month, so that the mentor corrects it with a reason."),
            {"paper": read, "diary": paper_sum},
            field="paper_hours",
        )


@rule("DUT-1")
def decision_has_reason(*, reason: object) -> Iterator[Finding]:
    """[DUT-1] Returning, reopening or correcting a month says why."""
    if not read_text(reason):
        yield Breach(
            "DUT-1", N_("This decision needs a reason."), N_("Say in a few words why."), field="reason"
        )


@rule("LOG-4", "LOG-5", "LOG-8", "TG-5", "DUT-1")
def correction(
    *,
    hours: object,
    month: date,
    paid_hours: int,
    signed_hours: int,
    others_hours: int,
    hours_elsewhere: int = 0,
) -> Iterator[Finding]:
    """[LOG-4] [LOG-5] [LOG-8] [TG-5] [DUT-1] A correction says what a paid month rightly comes to: whole
    hours from zero up, within the learner's limit, upwards only with signed hours behind it.

    `paid_hours`: what the month comes to so far; `signed_hours`: those that both have signed; `others_hours`: the
    learner's hours with other mentors; `hours_elsewhere`: those that another employer has verified and not paid yet.
    """
    read = hours_or_none(hours)
    if isinstance(read, Breach):
        yield read
        return
    limit = whole("learner_hours_per_month", month)
    if read + others_hours > limit:
        yield Breach(
            "TG-5",
            N_("In %(month)s at most %(limit)s hours are allowed for the learner."),
            N_("Enter what the month rightly comes to."),
            {"month": month_words(month), "limit": limit},
            field="hours",
        )
    if read < hours_elsewhere:
        yield Breach(
            "DUT-1",
            N_(
                "Another employer has yet to pay %(hours)s hours of this month; they cannot be corrected here."
            ),
            N_("Correct the month when that employer's run is approved."),
            {"hours": hours_elsewhere},
            field="hours",
        )
    elif read == paid_hours:
        yield Breach(
            "DUT-1", N_("The month comes to these hours already; there is nothing to correct."), field="hours"
        )
    elif read > paid_hours and read > signed_hours:
        yield Breach(
            "LOG-8",
            N_("Hours that both have signed in this month: %(signed)s. More cannot be paid."),
            N_("Let the mentor enter the missing meetings and both sign them."),
            {"signed": signed_hours},
            field="hours",
        )


@rule("DUT-6")
def talk(*, day: date | None, today: date) -> Iterator[Finding]:
    """[DUT-6] A monthly talk has a day, which is not in the future; what was said is not written down."""
    if day is None or day > today:
        yield Breach(
            "DUT-6",
            N_("The day of the talk is missing or lies in the future."),
            N_("Enter the day on which you talked."),
            field="day",
        )
